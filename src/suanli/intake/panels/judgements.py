"""What is written in a cell to a number: grades from 1 to 9 and their reciprocals, scores and points."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from suanli.intake.reading.numbers import MISSING_MARKS

HIGHEST = 9.0
"""The highest grade; the lowest is its reciprocal."""
NEAR = 0.01
"""Share by which a decimal may differ from the grade that it stands for, such as 0.33 from 1/3."""

_SLACK = 1e-9
_DECIMAL = r"(?:\d+\.?\d*|\.\d+)"
_NUMBER = re.compile(rf"[+-]?{_DECIMAL}(?:e[+-]?\d+)?", re.ASCII)
_FRACTION = re.compile(rf"([+-]?{_DECIMAL}) ?[/:⁄∶] ?({_DECIMAL})", re.ASCII)
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?.*)?|\d{1,2}月\d{1,2}日?|\d{1,2}[-/](\d{1,2}|[a-z]{3,9})[-/]\d{2,4}"
    r"|\d{1,2}-[a-z]{3,9}|[a-z]{3,9}-\d{1,2}|\d{1,2}:\d{2}:\d{2}",
    re.ASCII,
)
_LONGEST = 40
"""Characters that are looked at: no number is that long."""
_BLANK = frozenset(("", *MISSING_MARKS))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade as read: how many times one item matters as much as another, and whether it was snapped to the scale."""

    grade: float
    snapped: bool


def is_blank(text: str | None) -> bool:
    """Tell whether a cell says nothing, or that there is no answer.

    >>> is_blank(None), is_blank(" — "), is_blank("0")
    (True, True, False)
    """
    return text is None or _even(text[:_LONGEST]) in _BLANK


def judgement(text: str) -> Judgement | str:
    """Return the grade that a text stands for, or the code of the problem with it.

    Fractions are written 1/3 or 1:3. A decimal that is a whole grade or its reciprocal within 1 %, or rounded to at
    least two digits, is taken for it; other grades between 1/9 and 9 are kept as they are.

    >>> judgement("1/3"), judgement("0.17"), judgement("10")
    (Judgement(grade=0.3333333333333333, snapped=False), Judgement(grade=0.16666666666666666, snapped=True),
    'panel-judgement-off-scale')
    """
    return _judgement(_even(text[:_LONGEST]))


@lru_cache(maxsize=1024)
def _judgement(even: str) -> Judgement | str:
    number = _fraction(even) if _FRACTION.fullmatch(even) else amount(even)
    if isinstance(number, str):
        return number
    if number <= 0:
        return "panel-judgement-not-positive"
    grade = _snapped(number, _rounding(even))
    if not 1 / HIGHEST - _SLACK <= grade <= HIGHEST + _SLACK:
        return "panel-judgement-off-scale"
    return Judgement(grade, abs(grade - number) > _SLACK * grade)


def amount(text: str) -> float | str:
    """Return the number that a text stands for, or the code of the problem with it.

    >>> amount("７.5"), amount("abc"), amount("2024-01-03")
    (7.5, 'panel-not-a-number', 'panel-date')
    """
    even = _even(text[:_LONGEST])
    if _NUMBER.fullmatch(even):
        number = float(even)
        return number if abs(number) <= 1e9 else "panel-not-a-number"
    if even.startswith("="):
        return "formula-without-result"
    if even.startswith("#"):
        return "cell-error-value"
    return "panel-date" if _DATE.fullmatch(even) else "panel-not-a-number"


def same(first: float, second: float) -> bool:
    """Tell whether two numbers are the same but for the last digits of their computation."""
    return abs(first - second) <= _SLACK * max(abs(first), abs(second))


@lru_cache(maxsize=1024)
def _even(text: str) -> str:
    """Return a short text with full width and letter case evened out."""
    return unicodedata.normalize("NFKC", text).strip().lower().replace("−", "-")


def _fraction(even: str) -> float | str:
    found = _FRACTION.fullmatch(even)
    if found is None or not float(found[2]):
        return "panel-not-a-number"
    return float(found[1]) / float(found[2])


def _rounding(even: str) -> float:
    """Return half a unit of the last digit of a decimal; 0 where one digit or none tells too little."""
    digits = even.partition(".")[2]
    return 0.5 * 10.0 ** -len(digits) if digits.isdigit() and len(digits) > 1 else 0.0


def _snapped(number: float, rounding: float) -> float:
    degree = round(number) if number >= 1 else round(1 / number)
    if not 1 <= degree <= HIGHEST:
        return number
    grade = float(degree) if number >= 1 else 1 / degree
    difference = abs(number - grade)
    near = difference <= NEAR * grade + _SLACK or difference <= rounding + _SLACK
    return grade if near else number
