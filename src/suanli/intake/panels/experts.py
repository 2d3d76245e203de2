"""The members of a panel: as declared, or else as the returned files name them."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from suanli.intake.folder import shown
from suanli.intake.panels.panel import Expert
from suanli.intake.panels.rules import ExpertEntry
from suanli.intake.questionnaires.experts import is_usable_id, unusable_id
from suanli.intake.reading.headers import normal
from suanli.problems import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Experts:
    """Who may answer: the declared members under every spelling, or whoever does where none is declared."""

    declared: tuple[Expert, ...]
    spelt: Mapping[str, tuple[str, ...]]

    def find(self, spelling: str, place: Place) -> str | Problem:
        """Return the id of the expert that a spelling names, or why it names none."""
        text = spelling.strip()
        if not self.declared:
            return text if is_usable_id(text) else unusable_id(text, place)
        ids = self.spelt.get(normal(text[:300]), ())
        if len(ids) == 1:
            return ids[0]
        if ids:
            return _refused("name-ambiguous", text, place, ", ".join(ids[:10]))
        near = difflib.get_close_matches(normal(text[:200]), self.spelt, n=3, cutoff=0.6)
        closest = ", ".join(dict.fromkeys(one for key in near for one in self.spelt[key]))
        return _refused("panel-expert-unknown", text, place, closest or "–")


def declared_experts(entries: Iterable[ExpertEntry]) -> Experts:
    """Return the members that a panel.yaml declares, in its order."""
    return known_experts(
        tuple(
            Expert(entry.id, entry.name or entry.id, entry.affiliation, entry.weight)
            for entry in entries
        )
    )


def known_experts(experts: tuple[Expert, ...]) -> Experts:
    """Return experts to be found by id, or by name where no two share it."""
    by_name: dict[str, tuple[str, ...]] = {}
    for one in experts:
        by_name[normal(one.name)] = (*by_name.get(normal(one.name), ()), one.id)
    by_id = {normal(one.id): (one.id,) for one in experts}
    return Experts(experts, MappingProxyType(by_name | by_id))


def met_experts(ids: Iterable[str]) -> tuple[Expert, ...]:
    """Return experts that only the files name, each once, sorted."""
    return tuple(Expert(one, one, "", 1.0) for one in sorted(set(ids)))


def _refused(code: str, found: str, place: Place, expected: str = "") -> Problem:
    return Problem(code, Severity.ERROR, place, shown(found) or "–", expected)
