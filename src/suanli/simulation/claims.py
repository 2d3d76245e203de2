"""From a published fact to what it demands of a model: orders, places, figures, growth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from suanli.framework.units import converted
from suanli.result.fact_catalogue import Fact
from suanli.result.fact_figures import figures
from suanli.simulation.constraints import (
    Constraints,
    Gap,
    above,
    between,
    each,
    ordered,
    share,
    total,
)
from suanli.simulation.quantities import Floats, Quantity

_INSIDE = 0.8
"""How much of the room for rounding of a printed figure is used."""

_ABOUT = 0.01
"""How far, relative to the figure, a figure given with ≈ may be off; readers allow 5 %."""

_BEYOND = 0.005
"""How far beyond a threshold values lie at least, relative to it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is about, in numbers: in the fact's year and, if it speaks of growth, the year before.

    `weights` combine rates into the nation's and are None for amounts, which add up; amounts are whole multiples of
    `step`. `months` is how many months the published figure adds up.
    """

    current: Quantity
    earlier: Quantity | None
    gap: Gap
    unit: str
    lower: bool = False
    weights: Floats | None = None
    months: int = 1
    step: float = 0.0


@dataclass(frozen=True, slots=True)
class Named:
    """The regions of a fact by position: those it names, in its order, and those that stand ahead of them."""

    regions: tuple[int, ...]
    ahead: tuple[int, ...] = ()


def interval(op: str, published: float) -> tuple[float, float]:
    """Return between which numbers a value agrees with a published figure, well inside what a reader allows.

    >>> interval("=", 58), interval(">", 200), interval("≈", 1200)
    ((57.6, 58.4), (201.0, inf), (1188.0, 1212.0))
    """
    decimals = len(f"{published:.10g}".partition(".")[2])
    half = _INSIDE * 0.5 * 10.0**-decimals
    size = abs(published)
    bounds = {
        "=": (published - half, published + half),
        "≈": (published - _ABOUT * size, published + _ABOUT * size),
        ">": (published + _BEYOND * size, np.inf),
        ">=": (published + _BEYOND * size, np.inf),
        "≈>=": (published, np.inf),
    }
    return bounds[op]


def ranking(fact: Fact, subject: Subject, named: Named) -> Iterator[Constraints]:
    """Yield the order and the places that a fact states."""
    quantity = subject.current.times(-1.0) if subject.lower else subject.current
    chained = fact.order in ("explicit", "listed") and len(named.regions) > 1
    if chained:
        yield ordered(quantity, named.regions, subject.gap, fact.id)
    if fact.first is None:
        return
    best = named.regions[:1] if chained else named.regions
    worst = named.regions[-1:] if chained else named.regions
    apart = set(named.regions) | set(named.ahead)
    behind = [region for region in range(len(quantity.constant)) if region not in apart]
    pairs = [(ahead, region) for ahead in named.ahead for region in best]
    pairs += [(region, other) for region in worst for other in behind]
    if pairs:
        yield above(quantity, pairs, subject.gap, fact.id)


def values(fact: Fact, subject: Subject, named: Sequence[int]) -> Iterator[Constraints]:
    """Yield what the figures of a fact demand of the numbers of its year."""
    if fact.statement == "growth":
        return
    for value, unit in figures(fact):
        if fact.statement == "share" and unit == "%":
            yield share(subject.current, named, *interval(fact.op, value), fact.id)
            continue
        low, high = in_unit(subject, fact.op, value, unit)
        if named:
            shown = named[: fact.applies_to]
            yield each(subject.current, shown, low, high, fact.id)
        elif subject.weights is not None:
            row = csr_array(subject.weights[np.newaxis, :])
            yield between(subject.current, row, low, high, fact.id)
        else:
            yield total(subject.current, low, high, fact.id)


def growths(fact: Fact, subject: Subject, named: Sequence[int]) -> Iterator[Constraints]:
    """Yield what growth demands of the year before, the numbers of the fact's year being settled."""
    stated = list(fact.growths) if not named else []
    if fact.statement == "growth":
        stated += [(fact.op, value) for value, unit in figures(fact) if unit in ("%", "%/yr")]
        yield from _rises(fact, subject, named)
    for op, rate in stated:
        yield grown(fact.id, subject, named or range(len(subject.current.constant)), op, rate)


def grown(fact: str, subject: Subject, named: Sequence[int], op: str, rate: float) -> Constraints:
    """Return that the sum over regions, settled for the current year, grew in per cent as stated."""
    assert subject.earlier is not None
    assert subject.current.is_known
    low, high = interval(op, rate)
    now = float(subject.current.constant[list(named)].sum())
    least = now / (1 + high / 100) if np.isfinite(high) else -np.inf
    return total(subject.earlier, least, now / (1 + low / 100), fact, named)


def each_grown(fact: Fact, subject: Subject, named: Sequence[int]) -> Iterator[Constraints]:
    """Yield that each region named grew, in per cent, as the fact states."""
    for value, _ in figures(fact):
        for region in named:
            yield grown(fact.id, subject, [region], fact.op, value)


def changed(fact: Fact, subject: Subject, named: Sequence[int]) -> Iterator[Constraints]:
    """Yield the order of the changes since the year before; the current numbers are settled."""
    assert subject.earlier is not None
    rise = subject.earlier.times(-1.0).plus(subject.current.constant)
    better = rise.times(-1.0) if subject.lower else rise
    yield ordered(better, named, subject.gap, fact.id)


def in_unit(subject: Subject, op: str, value: float, unit: str) -> tuple[float, float]:
    """Return the interval of a figure in the subject's own unit."""
    if unit.startswith("points"):
        return interval(op, value)
    if unit == "EB" and subject.unit.startswith("EB"):
        # the reports count storage in the EB of the indicator, 2^60 bytes
        factor = 1.0 / subject.months
    else:
        factor = float(converted(1.0, unit or "1", subject.unit)) / subject.months
    low, high = (bound * factor for bound in interval(op, value))
    if subject.step >= 1:
        return np.ceil(low / subject.step) * subject.step, np.floor(
            high / subject.step
        ) * subject.step
    return low, high


def _rises(fact: Fact, subject: Subject, named: Sequence[int]) -> Iterator[Constraints]:
    assert subject.earlier is not None
    for value, unit in figures(fact):
        if unit not in ("%", "%/yr") and named:
            low, high = in_unit(subject, fact.op, value, unit)
            rise = subject.earlier.times(-1.0).plus(subject.current.constant)
            yield each(rise, named, low, high, fact.id)
