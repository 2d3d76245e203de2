"""How people write units: multiples in Chinese and English, names, powers and ratios."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import prod

from suanli.framework.vocabulary import NAMES, WHOLE_UNITS
from suanli.problems import Place, Problem, Severity

LONGEST = 64
"""Characters in the longest unit that is read."""


class UnitError(ValueError):
    """A unit that is unknown, or units that cannot be converted into one another.

    `code` names the entry of the `problems` catalogue; `found` and `expected` are its evidence.
    """

    def __init__(self, code: str, found: str, expected: str = "") -> None:
        self.code, self.found, self.expected = code, found, expected
        super().__init__(self.problem(Place()).message("en"))

    def problem(self, place: Place) -> Problem:
        """Return the trouble as a problem at `place`."""
        return Problem(self.code, Severity.ERROR, place, self.found, self.expected)


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of a unit: `scale` × `name` ** `power`; the name of a bare number is empty.

    The scale stands outside the power: 万km² is ten thousand square kilometres.
    """

    scale: Fraction
    name: str
    power: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A unit taken apart; `precision` is that of an annotation such as `(FP32)`, or empty."""

    factors: tuple[Factor, ...]
    precision: str


_NUMERALS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
}
_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PRECISION = re.compile(r"\s*\((FP64|FP32|FP16|BF16|FP8|INT8)\)", re.IGNORECASE)
# "EB (2^60 B)": the exponent must be the one that the prefix stands for.
_BINARY = re.compile(r"\b([KMGTPEZY])i?B\s*\(2\^(\d\d)\s*(?:B|bytes?|字节)\)", re.IGNORECASE)
_BINARY_POWERS = {prefix: 10 * place for place, prefix in enumerate("KMGTPEZY", start=1)}
_RAISED = str.maketrans({"²": "^2", "³": "^3", "⁻": "^-", "¹": "1", "−": "-"})
_OPERATIONS = re.compile(r"flops|flop/s", re.IGNORECASE)
_PER_SECOND = re.compile(r"(?<![a-z])([kKMGTPE]?[bB])ps\b")
_FACTOR = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,18}(?:\.\d{1,18})?)?(?:\^(?P<tens>\d{1,2}))?\s*"
    r"(?P<word>thousand|million|billion|trillion)?\s*(?P<numeral>[十百千万萬亿億]{1,4})?\s*"
    r"(?P<name>[^\W\d](?:CO2e?|[^\d^])*|[%‰‱°][A-Za-z]?)?(?:\^?(?P<power>-?[1-4]))?"
)


@lru_cache(maxsize=4096)
def taken_apart(unit: str) -> Spelling:
    """Return a unit's factors.

    Raises
    ------
    UnitError
        If the unit is not spelt as a unit is. Whether the names are known is another question.

    >>> [(str(f.scale), f.name, f.power) for f in taken_apart("亿kWh/万人").factors]
    [('100000000', 'kWh', 1), ('1/10000', '人', -1)]
    """
    if len(unit) > LONGEST:
        raise UnitError("framework-unit-unknown", unit[:LONGEST] + "…")
    cleaned = " ".join(unicodedata.normalize("NFKC", unit.translate(_RAISED)).split())
    precision = _PRECISION.search(cleaned)
    bare = _BINARY.sub(_binary_prefix, _PRECISION.sub("", cleaned, count=1))
    bare = _PER_SECOND.sub(r"\1/s", _OPERATIONS.sub("FLOPS", bare))
    whole = WHOLE_UNITS.get(bare, bare)
    if whole == "1":
        factors: tuple[Factor, ...] = (Factor(Fraction(1), "", 1),)
    else:
        factors = tuple(_factor(part, denominator=over, unit=unit) for part, over in _parts(whole))
    return Spelling(factors, precision.group(1).upper() if precision else "")


def _binary_prefix(match: re.Match[str]) -> str:
    prefix, power = match.group(1).upper(), int(match.group(2))
    return f"{prefix}iB" if _BINARY_POWERS[prefix] == power else match.group(0)


def _parts(unit: str) -> list[tuple[str, bool]]:
    """Return the parts between signs, each with whether it is divided by."""
    pieces = re.split(r"\s*(/|每|\bper\b|\*|·|⋅|×)\s*", unit)
    parts = [(pieces[0], False)]
    for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append((piece, sign in ("/", "每", "per")))
    return parts


def _factor(part: str, *, denominator: bool, unit: str) -> Factor:
    text = WHOLE_UNITS.get(part, part)
    if "/" in text:  # such as 百亿亿次 inside a ratio
        raise UnitError("framework-unit-unknown", unit)
    match = _FACTOR.fullmatch(text)
    if match is None or not text:
        raise UnitError("framework-unit-unknown", unit)
    name = (match["name"] or "").strip()
    power = int(match["power"] or 1)
    multiple = _multiple(match)
    if denominator and not multiple:
        raise UnitError("framework-unit-unknown", unit)
    scale = multiple ** (-1 if denominator else 1)
    return Factor(scale, NAMES.get(name, name), -power if denominator else power)


def _multiple(match: re.Match[str]) -> Fraction:
    number = Fraction((match["number"] or "1").replace(",", "")) ** int(match["tens"] or 1)
    return (
        number
        * _WORDS.get(match["word"] or "", 1)
        * prod(_NUMERALS[sign] for sign in match["numeral"] or "")
    )
