"""The nodes of a framework under every name that a returned table may give them."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from suanli.framework import Framework
from suanli.intake.folder import shown
from suanli.intake.panels.groups import with_all_enabled
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.reading.headers import normal
from suanli.language import Text
from suanli.problems import Place, Problem, Severity

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Items:
    """What a panel judges.

    `groups` are the members of every group that may have been judged, `enabled` those that count today. `names` and
    `parents` are of every node; `spelt` has the codes that a spelling may stand for.
    """

    framework: str
    groups: Mapping[str, tuple[str, ...]]
    enabled: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Text]
    parents: Mapping[str, str]
    spelt: Mapping[str, tuple[str, ...]]

    def codes(self, spelling: str, number: float | None = None) -> tuple[str, ...]:
        """Return the codes that a spelling may stand for; `number` where the cell holds a number, not text.

        A number has lost whether it was 1.1 or 1.10.
        """
        if number is None and spelling in self.names:
            return (spelling,)
        codes = self.spelt.get(normal(spelling[:300]), ())
        if number is None:
            return codes
        alike = tuple(code for code in self.names if _number(code) == number)
        return tuple(dict.fromkeys((*codes, *alike)))

    def group(self, spelling: str, number: float | None, place: Place) -> str | Problem:
        """Return the code of the group that a spelling names, or why it names none."""
        codes = self.codes(spelling, number)
        judged = tuple(code for code in codes if code in self.groups)
        if len(judged) == 1:
            return judged[0]
        if judged:
            return _ambiguous(spelling, judged, place)
        if codes:
            return self.problem("panel-group-not-judged", place, codes[0], spelling)
        return self._unknown(spelling, tuple(self.groups), place)

    def member(self, spelling: str, number: float | None, node: str, place: Place) -> str | Problem:
        """Return the code of a group's member that a spelling names, or why it names none."""
        codes = self.codes(spelling, number)
        members = tuple(code for code in codes if code in self.groups[node])
        if len(members) == 1:
            return members[0]
        if members:
            return _ambiguous(spelling, members, place)
        if codes:
            details = self.name_details(node, "group")
            expected = ", ".join(self.groups[node])
            code = "panel-item-not-in-group"
            return Problem(code, Severity.ERROR, place, shown(spelling), expected, details)
        return self._unknown(spelling, self.groups[node], place)

    def home(self, spelling: str, number: float | None, place: Place) -> str | Problem:
        """Return the group of the item that a spelling names, where the table does not say it."""
        codes = tuple(code for code in self.codes(spelling, number) if code in self.parents)
        homes = tuple(dict.fromkeys(self.parents[code] for code in codes))
        if not homes:
            return self._unknown(spelling, tuple(self.parents), place)
        if len(homes) > 1:
            return _ambiguous(spelling, codes, place)
        if homes[0] in self.groups:
            return homes[0]
        return self.problem("panel-group-not-judged", place, homes[0], spelling)

    def problem(self, code: str, place: Place, node: str, found: str) -> Problem:
        """Return an error about a node, named in both languages."""
        return Problem(
            code, Severity.ERROR, place, shown(found), details=self.name_details(node, "name")
        )

    def name_details(self, node: str, key: str) -> dict[str, str]:
        """Return a node's code and name in both languages, as details of a problem."""
        return {f"{key}_{language}": self.label(node, language) for language in ("zh", "en")}

    def label(self, node: str, language: str) -> str:
        """Return a node's code and name in a language."""
        name = self.names[node]
        return f"{node} {name.zh if language == 'zh' else name.en}"

    def _unknown(self, spelling: str, among: tuple[str, ...], place: Place) -> Problem:
        spellings = {
            normal(each): code
            for code in among
            for each in (code, self.names[code].zh, self.names[code].en)
        }
        near = difflib.get_close_matches(normal(spelling[:200]), spellings, n=3, cutoff=_ALIKE)
        codes = dict.fromkeys(spellings[each] for each in near)
        expected = ", ".join(f"{code} {self.names[code].zh}" for code in codes) or "–"
        return Problem(
            "panel-item-unknown",
            Severity.ERROR,
            place,
            shown(spelling),
            expected,
            {"framework": self.framework},
        )


def items_of(framework: Framework) -> Items:
    """Return what a panel on a framework judges, whatever of it is disabled."""
    names = {framework.code: framework.name}
    parents: dict[str, str] = {}
    for placed in framework.walk():
        names[placed.node.code] = placed.node.name
        parents[placed.node.code] = placed.parent
    spelt: dict[str, tuple[str, ...]] = {}
    for code, name in names.items():
        spellings = (code, name.zh, name.en, f"{code} {name.zh}", f"{code} {name.en}")
        for key in {normal(each) for each in spellings}:
            spelt[key] = (*spelt.get(key, ()), code)
    return Items(
        framework.id,
        MappingProxyType(dict(judged_groups(with_all_enabled(framework)))),
        MappingProxyType(dict(judged_groups(framework))),
        MappingProxyType(names),
        MappingProxyType(parents),
        MappingProxyType(spelt),
    )


def _number(code: str) -> float | None:
    try:
        return float(code)
    except ValueError:
        return None


def _ambiguous(spelling: str, codes: tuple[str, ...], place: Place) -> Problem:
    return Problem("name-ambiguous", Severity.ERROR, place, shown(spelling), ", ".join(codes[:10]))
