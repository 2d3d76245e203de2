"""One cell to one judgement: whole numbers, decimals, fractions and ratios in any script, or why it is none."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from suanli.intake.reading.numbers import MISSING_MARKS
from suanli.intake.reading.workbooks import NO_RESULT

SNAPPED = range(2, 10)
"""Whole numbers for which, and for whose reciprocals, decimals near them are taken."""
TOLERANCE = 0.01
"""Relative distance within which a decimal means a whole number or a reciprocal, and two sides of a pair agree."""
LARGEST = 1e6
"""Largest ratio that is read; its reciprocal is the smallest."""
LONGEST = 60
"""Characters of the longest text that is looked at: no judgement is that long."""

Reason = Literal[
    "percent",
    "date",
    "not positive",
    "not finite",
    "extreme",
    "not a judgement",
    "formula-without-result",
    "cell-error-value",
]
"""Why a cell holds no judgement; the last two are codes of problems."""

_READ = f"{1 / LARGEST:g} … {LARGEST:,.0f}"
_SLACK = 1e-9
_ROUNDING = 1e-15
"""How far a decimal may be off for the last digits of its binary form."""
_PLACES = 2
_MOST_PLACES = 3
"""Decimals of more places are results of a computation, which stand as they are written."""
_MARKS = frozenset(
    {"", *MISSING_MARKS, "?", "??", "???", "/", "\\", "×", "*", "nan", "none", "未判断"}
)
_PLAIN = r"(?:\d+(?:\.\d*)?|\.\d+)"
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(e[+-]?\d+)?")
_RATIO = re.compile(rf"=?([+-]?{_PLAIN})\s*[/:÷∶⁄]\s*([+-]?{_PLAIN})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"({'|'.join(_MONTHS)})[a-z]*"
_DATES = (
    re.compile(r"\d{4}[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ t].*)?"),
    re.compile(r"(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}"),
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
    """Why a cell holds no judgement, and what was probably meant."""

    reason: Reason
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
    (True, None, Refused(reason='date', expected='1/3'))
    """
    written = (text or "").strip()
    if len(written) > LONGEST:
        return Refused("not a judgement")
    plain = evened(written)
    if plain in _MARKS:
        return None
    if (percent or plain.endswith("%")) and (meant := _of_percent(plain)):
        return Refused("percent", meant)
    if found := _RATIO.fullmatch(plain):
        over, under = float(found[1]), float(found[2])
        if over <= 0 or under <= 0:
            return Refused("not positive")
        return _within(Judgement(written, over / under, under / over))
    if found := _DECIMAL.fullmatch(plain):
        value = float(plain)
        if value == 0 and float(plain.partition("e")[0]) > 0:
            return Refused("extreme", _READ)
        return _number(written, value, _places(found))
    return _refused(plain)


def is_missing(text: str | None) -> bool:
    """Tell whether a cell says nothing, or that nobody judged.

    >>> is_missing(None), is_missing(" — "), is_missing("？"), is_missing("0")
    (True, True, True, False)
    """
    return text is None or (len(text.strip()) <= LONGEST and evened(text) in _MARKS)


def evened(text: str) -> str:
    """Return a text with full width, letter case and signs of minus evened out, nothing around it.

    >>> evened(" −１:Ａ ")
    '-1:a'
    """
    return unicodedata.normalize("NFKC", text).strip().casefold().replace("−", "-")


def stands_for(one: Judgement) -> tuple[float, float] | None:
    """Return the ratio that a decimal stands for, and its reciprocal; None if it is meant as written.

    That is 1/k, for k from 2 to 9, where the decimal is 1/k rounded to its places, or has at most three of them and is
    within 1 % of 1/k; or k itself where the decimal has at most three places, is within 1 % of k, and is not
    written as k. Longer decimals are results of a computation.

    >>> [stands_for(judgement(text)) for text in ("0.25", "2.99", "2.9", "3", "1/3", "0.33665")]
    [(0.25, 4.0), (3.0, 0.3333333333333333), None, None, None, None]
    """
    if whole := reciprocal_of(one):
        return 1 / whole, float(whole)
    if whole := whole_of(one):
        return float(whole), 1 / whole
    return None


def reciprocal_of(one: Judgement) -> int | None:
    """Return the whole number whose reciprocal a decimal stands for, if there is one.

    That is one from 2 to 9 whose reciprocal is, rounded to the places of the decimal, what is written, or is within
    1 % of a decimal of at most three places.

    >>> [reciprocal_of(judgement(text)) for text in ("0.33", ".1667", "0.14", "0.335", "0.3366", "1/3")]
    [3, 6, 7, 3, None, None]
    """
    if one.decimals is None:
        return None
    return next((whole for whole in SNAPPED if _is_reciprocal(one, whole)), None)


def whole_of(one: Judgement) -> int | None:
    """Return the whole number from 2 to 9 that a decimal of at most three places is within 1 % of, if not written so.

    >>> [whole_of(judgement(text)) for text in ("2.99", "9.05", "3.0", "3.1", "2.9704")]
    [3, 9, None, None, None]
    """
    if not _is_short(one) or one.value.is_integer():
        return None
    near = round(one.value)
    return near if near in SNAPPED and abs(one.value / near - 1) <= TOLERANCE + _SLACK else None


def is_rounded(one: Judgement, whole: int) -> bool:
    """Tell whether a decimal of two places or more is the reciprocal of a whole number, rounded to them.

    >>> is_rounded(judgement("0.333"), 3), is_rounded(judgement("0.335"), 3)
    (True, False)
    """
    if one.decimals is None or one.decimals < _PLACES:
        return False
    return abs(one.value - 1 / whole) <= 0.5 * 10.0**-one.decimals + _ROUNDING


def ratio_of_date(plain: str) -> str:
    """Return the ratio that Excel turned into a date or a time of day, or nothing where an evened text is neither.

    >>> ratio_of_date("2024-01-03 00:00:00"), ratio_of_date("1:03:00"), ratio_of_date("1/3")
    ('1/3', '1/3', '')
    """
    if found := _TIME.fullmatch(plain):
        return f"{int(found[1])}/{int(found[2])}"
    if found := _DAY_FIRST.fullmatch(plain):
        return f"{_MONTHS.index(found[2]) + 1}/{int(found[1])}"
    for pattern in _DATES:
        if found := pattern.fullmatch(plain):
            month = found[1] if found[1].isdigit() else str(_MONTHS.index(found[1]) + 1)
            return f"{int(month)}/{int(found[2])}"
    return ""


def _is_reciprocal(one: Judgement, whole: int) -> bool:
    # two decimals are too few for 1/6, 1/7 and 1/8 to come within 1 %
    near = _is_short(one) and abs(one.value * whole - 1) <= TOLERANCE + _SLACK
    return near or is_rounded(one, whole)


def _is_short(one: Judgement) -> bool:
    return one.decimals is not None and one.decimals <= _MOST_PLACES


def _places(found: re.Match[str]) -> int:
    """Return how many digits of a decimal stand after the point, its power of ten carried out."""
    digits = len(found[1] or found[2] or "")
    return max(0, digits - int((found[3] or "e0")[1:]))


def _number(written: str, value: float, decimals: int) -> Judgement | Refused:
    if value <= 0:
        return Refused("not positive")
    if not 1 / LARGEST <= value <= LARGEST:
        # digits so many that there is no number for them are digits all the same
        return Refused("extreme", _READ)
    if value.is_integer() and int(value) in _DAY_NUMBERS:
        return Refused("date", _of_day_number(int(value)))
    return _within(Judgement(written, value, 1 / value, decimals))


def _within(one: Judgement) -> Judgement | Refused:
    inside = 1 / LARGEST <= one.value <= LARGEST
    return one if inside else Refused("extreme", _READ)


def _refused(plain: str) -> Refused:
    if plain == NO_RESULT:
        return Refused("formula-without-result")
    if plain.startswith("#"):
        return Refused("cell-error-value")
    if plain.lstrip("+-") in ("inf", "infinity", "∞"):
        return Refused("not finite")
    if ratio := ratio_of_date(plain):
        return Refused("date", ratio)
    return Refused("not a judgement")


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
