"""The codes of a framework under every name that data files may give them."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from suanli.framework import Framework
from suanli.intake.folder import shown
from suanli.intake.reading.headers import normal
from suanli.problems import Place, Problem, Severity

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class CodeIndex:
    """Codes of variables and indicators by spelling; `units` are those the framework declares, in its order."""

    framework: str
    by_code: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]

    def find(self, spelling: str, place: Place) -> str | Problem:
        """Return the code that a spelling stands for, or why it stands for none or for several."""
        key = normal(spelling)
        if key in self.by_code:
            return self.by_code[key]
        codes = self.by_name.get(key, ())
        if len(codes) == 1:
            return codes[0]
        if codes:
            candidates = ", ".join(codes)
            return Problem(
                "name-ambiguous", Severity.ERROR, place, found=shown(spelling), expected=candidates
            )
        return Problem(
            "name-unknown",
            Severity.ERROR,
            place,
            found=shown(spelling),
            expected=self.nearest(spelling),
            details={"framework": self.framework},
        )

    def knows(self, spelling: str) -> bool:
        """Tell whether a spelling stands for at least one code."""
        key = normal(spelling)
        return key in self.by_code or key in self.by_name

    def nearest(self, spelling: str) -> str:
        """Return the known spellings most like one that is unknown, as a list for a person; `–` if none is near."""
        known = [*self.by_code, *self.by_name]
        near = difflib.get_close_matches(normal(spelling)[:200], known, n=3, cutoff=_ALIKE)
        return (
            ", ".join(
                self.by_code.get(key) or f"{key} ({'/'.join(self.by_name[key])})" for key in near
            )
            or "–"
        )


def code_index(framework: Framework) -> CodeIndex:
    """Return the index of a framework's variables and indicators, in the framework's order."""
    units: dict[str, str] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    for variable in framework.variables:
        units[variable.code] = variable.unit
        _name(by_name, variable.code, variable.name.zh, variable.name.en)
    for indicator in framework.indicators():
        units[indicator.code] = indicator.unit
        _name(by_name, indicator.code, indicator.name.zh, indicator.name.en, *indicator.aliases)
    by_code = {normal(code): code for code in units}
    return CodeIndex(
        framework.id, MappingProxyType(by_code), MappingProxyType(by_name), MappingProxyType(units)
    )


def _name(by_name: dict[str, tuple[str, ...]], code: str, *spellings: str) -> None:
    for key in {normal(spelling) for spelling in spellings}:
        codes = by_name.get(key, ())
        if code not in codes:
            by_name[key] = (*codes, code)
