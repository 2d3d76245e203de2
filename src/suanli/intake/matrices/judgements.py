"""One cell to one judgement: whole numbers, decimals, fractions and ratios in any script, or why it is none."""

import math
import re
import unicodedata
from dataclasses import dataclass

from suanli.intake.reading.numbers import MISSING_MARKS
from suanli.intake.reading.workbooks import NO_RESULT

SNAPPED = range(2, 10)
"""Whole numbers to whose reciprocals a decimal is snapped."""
TOLERANCE = 0.01
"""Relative distance from a reciprocal within which a decimal means it, and two sides of a pair agree."""
LARGEST = 1e6
"""Largest ratio that is read; its reciprocal is the smallest."""

_SLACK = 1e-9
_PLACES = 2
_MARKS = frozenset({*MISSING_MARKS, "?", "??", "???", "/", "\\", "×", "*", "nan", "none", "未判断"})
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(e[+-]?\d+)?")
_RATIO = re.compile(r"=?([+-]?\d+(?:\.\d+)?)\s*[/:÷∶⁄]\s*([+-]?\d+(?:\.\d+)?)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"({'|'.join(_MONTHS)})[a-z]*"
_DATES = (
    re.compile(r"\d{4}[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ t].*)?"),
    re.compile(r"(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}"),
    re.compile(_MONTH + r"[- .]*(\d{1,2})(?:[-, ]+\d{2,4})?"),
)
_DAY_FIRST = re.compile(r"(\d{1,2})[- .]*" + _MONTH + r"(?:[- ]+\d{2,4})?")
_TIME = re.compile(r"(?:(?:1899|1900)-\d\d-\d\d[ t])?(\d{1,2}):(\d{2}):\d{2}(?:\.\d+)?")
_DAY_NUMBERS = range(36_526, 73_051)
"""Excel's numbers of the days from 2000 to 2099."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many times one item weighs another, as a cell has it.

    `value` is the ratio and `inverse` its reciprocal, each as exact as the writing is; `decimals` counts the digits
    written after the point, None where the writing is no decimal.
    """

    written: str
    value: float
    inverse: float
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a cell holds no judgement: the code of the problem, and what was probably meant."""

    code: str
    expected: str = ""


def judgement(text: str | None, *, percent: bool = False) -> Judgement | Refused | None:
    """Return the judgement in a cell, None where it is missing, or why it is refused.

    Parameters
    ----------
    text
        The cell's text; of a cell that holds a number, its digits.
    percent
        Whether the cell's format shows the number as a percentage.

    >>> judgement("1：3").value == 1 / 3, judgement("－"), judgement("3-Jan")
    (True, None, Refused(code='matrix-date', expected='1/3'))
    """
    written = (text or "").strip()
    plain = unicodedata.normalize("NFKC", written).strip().casefold().replace("−", "-")
    if not plain or plain in _MARKS:
        return None
    if percent or plain.endswith("%"):
        return Refused("matrix-percent", _of_percent(plain))
    if found := _RATIO.fullmatch(plain):
        over, under = float(found[1]), float(found[2])
        if over <= 0 or under <= 0:
            return Refused("matrix-not-positive")
        return _within(Judgement(written, over / under, under / over))
    if found := _DECIMAL.fullmatch(plain):
        return _number(written, float(plain), len(found[1] or found[2] or ""))
    return _refused(plain)


def reciprocal_of(one: Judgement) -> int | None:
    """Return the whole number whose reciprocal a decimal stands for, if there is one.

    That is one from 2 to 9 whose reciprocal is within 1 %, or is, rounded to two decimals, what is written.

    >>> [reciprocal_of(judgement(text)) for text in ("0.33", ".1667", "0.14", "0.4", "1/3", "3")]
    [3, 6, 7, None, None, None]
    """
    if one.decimals is None:
        return None
    return next((whole for whole in SNAPPED if _stands_for(one, whole)), None)


def is_rounded(one: Judgement, whole: int) -> bool:
    """Tell whether a decimal of two places or more is the reciprocal of a whole number, rounded to them.

    >>> is_rounded(judgement("0.333"), 3), is_rounded(judgement("0.335"), 3)
    (True, False)
    """
    if one.decimals is None or one.decimals < _PLACES:
        return False
    return abs(one.value - 1 / whole) <= 0.5 * 10.0**-one.decimals + _SLACK


def _stands_for(one: Judgement, whole: int) -> bool:
    # two decimals are too few for 1/6, 1/7 and 1/8 to come within 1 %
    return abs(one.value * whole - 1) <= TOLERANCE + _SLACK or is_rounded(one, whole)


def _number(written: str, value: float, decimals: int) -> Judgement | Refused:
    if not math.isfinite(value):
        return Refused("matrix-not-finite")
    if value <= 0:
        return Refused("matrix-not-positive")
    if value in _DAY_NUMBERS:
        return Refused("matrix-date", _of_day_number(int(value)))
    return _within(Judgement(written, value, 1 / value, decimals))


def _within(one: Judgement) -> Judgement | Refused:
    inside = 1 / LARGEST <= one.value <= LARGEST
    return one if inside else Refused("matrix-extreme", f"{1 / LARGEST:g} … {LARGEST:,.0f}")


def _refused(plain: str) -> Refused:
    if plain == NO_RESULT:
        return Refused("formula-without-result")
    if plain.startswith("#"):
        return Refused("cell-error-value")
    if plain.lstrip("+-") in ("inf", "infinity", "∞"):
        return Refused("matrix-not-finite")
    if ratio := _of_date(plain):
        return Refused("matrix-date", ratio)
    return Refused("matrix-not-a-judgement")


def _of_date(plain: str) -> str:
    """Return the ratio that Excel turned into a date or a time of day, or nothing where the text is neither."""
    if found := _TIME.fullmatch(plain):
        return f"{int(found[1])}/{int(found[2])}"
    if found := _DAY_FIRST.fullmatch(plain):
        return f"{_MONTHS.index(found[2]) + 1}/{int(found[1])}"
    for pattern in _DATES:
        if found := pattern.fullmatch(plain):
            month = found[1] if found[1].isdigit() else str(_MONTHS.index(found[1]) + 1)
            return f"{int(month)}/{int(found[2])}"
    return ""


def _of_day_number(days: int) -> str:
    """Return the ratio behind the number of a day; Excel counts from the last day but one of 1899.

    >>> _of_day_number(46025)
    '1/3'
    """
    from datetime import date, timedelta

    day = date(1899, 12, 30) + timedelta(days=days)
    return f"{day.month}/{day.day}"


def _of_percent(plain: str) -> str:
    digits = plain.removesuffix("%").strip()
    if not _DECIMAL.fullmatch(digits):
        return ""
    shown = float(digits) / (100 if plain.endswith("%") else 1)
    whole = reciprocal_of(Judgement(digits, shown, 0.0, 2))
    return f"1/{whole}" if whole else f"{shown:g}"
