"""Units as people write them: known or not, converted, and named in both languages.

The registry is built when it is first needed, so that importing this module costs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from suanli.framework.spelling import Factor, UnitError, taken_apart
from suanli.framework.vocabulary import DEFINITIONS
from suanli.language import Language, entries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Values = TypeVar("Values", "float", "NDArray[np.float64]")

__all__ = ["Measure", "UnitError", "canonical", "converted", "is_known", "label", "measure"]

_REMEMBERED = 4096  # spellings; files bring new ones, and memory must not grow with them


@dataclass(frozen=True, slots=True)
class Measure:
    """What a unit amounts to: base units = value × `factor` + `offset`, exactly.

    `powers` holds the base units with their powers, in alphabetical order; `precision` is that of
    computing power (`FP32`), or empty where the unit does not say.
    """

    factor: Fraction
    powers: tuple[tuple[str, int], ...] = ()
    precision: str = ""
    offset: Fraction = Fraction(0)

    def times(self, other: "Measure", power: int = 1) -> "Measure":
        """Return the measure of a product, or of a quotient where `power` is -1."""
        powers = dict(self.powers)
        for name, exponent in other.powers:
            powers[name] = powers.get(name, 0) + power * exponent
        kept = tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent))
        precision = self.precision or other.precision
        return Measure(self.factor * other.factor**power, kept, precision)


@lru_cache(maxsize=_REMEMBERED)
def measure(unit: str) -> Measure:
    """Return what a unit amounts to in base units.

    Raises
    ------
    UnitError
        If the unit is unknown.

    >>> measure("万台").factor
    Fraction(10000, 1)
    """
    spelling = taken_apart(unit)
    parts = [_known(factor, unit) for factor in spelling.factors]
    if len(parts) == 1 and spelling.factors[0] == Factor(Fraction(1), spelling.factors[0].name, 1):
        return replace(parts[0], precision=spelling.precision)
    product = Measure(Fraction(1), precision=spelling.precision)
    for part, factor in zip(parts, spelling.factors, strict=True):
        # A ratio such as °C/年 holds a difference of temperatures, which has no offset.
        product = product.times(replace(part, offset=Fraction(0)), factor.power)
        product = product.times(Measure(factor.scale))
    return product


def is_known(unit: str) -> bool:
    """Return whether a unit is understood.

    >>> is_known("亿元"), is_known("亿圆")
    (True, False)
    """
    if unit in entries("units"):
        return True
    try:
        measure(unit)
    except UnitError:
        return False
    return True


def converted(values: Values, unit: str, to: str) -> Values:
    """Return values in another unit; a missing value (NaN) stays missing.

    Raises
    ------
    UnitError
        If a unit is unknown, or the two measure different things.

    >>> converted(2.5, "万台", "台")
    25000.0
    """
    if unit == to:
        return values if not isinstance(values, int) else float(values)
    slope, intercept = _conversion(unit, to)
    scaled: Any = values
    if slope.numerator != 1:
        scaled = scaled * float(slope.numerator)
    if slope.denominator != 1:  # dividing by ten is exact to the last bit; times 0.1 is not
        scaled = scaled / float(slope.denominator)
    return scaled + float(intercept)  # type: ignore[no-any-return]


def canonical(unit: str) -> str:
    """Return the one spelling of a unit: the catalogue's, or the unit itself if it has none.

    >>> canonical("EFlops"), canonical("Mbps")
    ('EFLOPS', 'Mbit/s')
    """
    if entry := entries("units").get(unit):
        return entry.get("canonical", unit)
    try:
        return _canonical_measures().get(measure(unit), unit)
    except UnitError:
        return unit


def label(unit: str, language: Language) -> str:
    """Return a unit as it is shown to people, or the unit itself if the catalogue has no name.

    >>> label("万台", "en")
    '10,000 units'
    """
    names = entries("units")
    entry = names.get(unit) or names.get(canonical(unit))
    return entry[language] if entry else unit


@lru_cache(maxsize=_REMEMBERED)
def _conversion(unit: str, to: str) -> tuple[Fraction, Fraction]:
    before, after = measure(unit), measure(to)
    differ = before.precision and after.precision and before.precision != after.precision
    if before.powers != after.powers or differ:
        raise UnitError("framework-unit-incompatible", unit, to)
    return before.factor / after.factor, (before.offset - after.offset) / after.factor


def _known(factor: Factor, unit: str) -> Measure:
    """Return the measure of one factor's name, without its scale and power."""
    known = _named(factor.name) if factor.name else Measure(Fraction(1))
    if known is None or (known.offset and factor.scale != 1):
        raise UnitError("framework-unit-unknown", unit)
    return known


@lru_cache(maxsize=_REMEMBERED)
def _named(name: str) -> Measure | None:
    """Return the measure of one name with its prefix, or none if the registry has no such unit."""
    registry = _registry()
    candidates = registry.parse_unit_name(name)
    if not candidates or candidates[0][2]:  # a plural "s" is not how units are written
        return None
    unit = registry.Unit("".join(candidates[0][:2]))
    factor, base = registry.get_root_units(unit, check_nonmult=False)
    powers = tuple(sorted((key, int(power)) for key, power in base._units.items()))
    zero = registry.convert(Fraction(0), unit, base) if powers == (("kelvin", 1),) else 0
    return Measure(Fraction(factor), powers, offset=Fraction(zero))


@cache
def _registry() -> Any:  # noqa: ANN401
    from pint import UnitRegistry

    registry: Any = UnitRegistry(None, non_int_type=Fraction, on_redefinition="raise")
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry


@cache
def _canonical_measures() -> Mapping[Measure, str]:
    """Return the catalogue's units by what they amount to; the first of equals comes first."""
    return MappingProxyType({measure(unit): unit for unit in reversed(entries("units"))})
