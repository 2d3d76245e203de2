"""Which indicator of a result's framework a fact about another framework's indicator can be held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from suanli.framework import Framework, IndicatorDifference, bundled, difference
from suanli.language import Text

_UNCHANGED = ("same", "moved")
"""Relations that leave the indicator what it is; one that moved only stands under another parent."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An indicator that a framework relates to one of another; `same` tells whether it is that indicator."""

    code: str
    name: Text
    same: bool
    note: Text | None


def counterparts(
    framework: Framework, others: Iterable[str]
) -> Mapping[tuple[str, str], Counterpart]:
    """Return the framework's own indicator by each bundled framework's id and indicator code.

    An indicator to which several are the same has none that is: no one of them is meant.

    >>> found = counterparts(bundled("open-1.0"), ["cpdi-2.0"])
    >>> found["cpdi-2.0", "2.2.3.1"].code, found["cpdi-2.0", "2.4.2.1"].same
    ('O2.1.1', False)
    """
    found: dict[tuple[str, str], Counterpart] = {}
    for other in sorted(set(others) - {framework.id}):
        for related in difference(bundled(other), framework).indicators:
            if related.before and related.after:
                key = (other, related.before)
                same = related.relation in _UNCHANGED and key not in found
                found[key] = _counterpart(framework, related, related.after, same=same)
    return found


def _counterpart(
    framework: Framework, related: IndicatorDifference, code: str, *, same: bool
) -> Counterpart:
    return Counterpart(code, framework.node(code).name, same, related.note)
