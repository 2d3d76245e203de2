"""What is written in a cell to a number: grades from 1 to 9 and their reciprocals, scores and points."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from suanli.intake.reading import judgements
from suanli.intake.reading.judgements import LONGEST, Reason, evened, ratio_of_date, stands_for
from suanli.methods.pairwise.judgement_scales import LAST_GRADE

_SLACK = 1e-9
_MOST = 1e9
"""Largest number, sign apart, that is read as a score or as points."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII)
GRADES = "1/9–9"
"""The grades from the lowest to the highest, in words."""
_CODES: Mapping[Reason, str] = MappingProxyType(
    {
        "percent": "panel-percent",
        "date": "panel-date",
        "not positive": "panel-judgement-not-positive",
        "not finite": "panel-not-a-number",
        "extreme": "panel-judgement-off-scale",
        "not a judgement": "panel-not-a-number",
        "formula-without-result": "formula-without-result",
        "cell-error-value": "cell-error-value",
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade as read: how many times one item matters as much as another, and whether it was snapped to the scale."""

    grade: float
    snapped: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The code of the problem with a cell, and what was probably meant, if anything can be told."""

    code: str
    expected: str = ""


@lru_cache(maxsize=1024)
def judgement(text: str, *, percent: bool = False) -> Judgement | Refused:
    """Return the grade that a text which is not blank stands for, or what is wrong with it.

    It is read as any judgement, decimals that stand for a grade as that grade; others from 1/9 to 9 are kept as they
    are. `percent` tells that the cell's format shows its number as a percentage.

    >>> judgement("1/3"), judgement("0.17")
    (Judgement(grade=0.3333333333333333, snapped=False), Judgement(grade=0.16666666666666666, snapped=True))
    >>> judgement("10")
    Refused(code='panel-judgement-off-scale', expected='')
    """
    read = judgements.judgement(text, percent=percent)
    if read is None:
        return Refused("panel-not-a-number")
    if isinstance(read, judgements.Refused):
        meant = read.expected if read.reason in ("percent", "date") else ""
        return Refused(_CODES[read.reason], meant)
    grade = (stands_for(read) or (read.value,))[0]
    if not 1 / LAST_GRADE - _SLACK <= grade <= LAST_GRADE + _SLACK:
        return Refused("panel-judgement-off-scale")
    return Judgement(grade, not same(grade, read.value))


def amount(text: str) -> float | Refused:
    """Return the number that a text stands for, or what is wrong with it.

    >>> amount("７.5"), amount("abc"), amount("2024-01-03")
    (7.5, Refused(code='panel-not-a-number', expected=''), Refused(code='panel-date', expected='1/3'))
    """
    even = evened(text[: LONGEST + 1])
    if len(even) > LONGEST:
        return Refused("panel-not-a-number")
    if _NUMBER.fullmatch(even):
        number = float(even)
        return (
            number if abs(number) <= _MOST else Refused("panel-amount-too-large", f"{_MOST:,.0f}")
        )
    if even.startswith("="):
        return Refused("formula-without-result")
    if even.startswith("#"):
        return Refused("cell-error-value")
    ratio = ratio_of_date(even)
    return Refused("panel-date", ratio) if ratio else Refused("panel-not-a-number")


def same(first: float, second: float) -> bool:
    """Tell whether two numbers are the same but for the last digits of their computation."""
    return abs(first - second) <= _SLACK * max(abs(first), abs(second))
