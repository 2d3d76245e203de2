"""What a simulated indicator looks like in the nation: level, spread, benefit of size, yearly movement, bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from suanli.simulation.places import PLACES

_FOLDER = "profiles"


@dataclass(frozen=True, slots=True)
class Profile:
    """The shape of an indicator, or of a base that ratios stand on, over regions of which nothing is yet known.

    Attributes
    ----------
    total, mean
        National level, in the framework's unit: the sum of an amount, or about the mean of a rate. Neither for a value
        that is computed from parts or taken from official statistics.
    spread
        How far regions lie apart: standard deviation of the logarithm of an amount, of a rate in its unit.
    size
        How much of a region's place is owed to its economic size, from 0 to 1; the rest is its published standing.
    growth, change
        Yearly movement: per cent for amounts, in the unit for rates.
    low, high
        Plausible bounds of any region.
    step
        What values are whole multiples of; 0 for continuous ones. `grain` over the base `per` is a step by region.
    weight
        The base by which rates of regions combine into the national rate; empty for their plain mean.
    statistic
        The official statistic that an indicator is; times `per_area` over land area if that is given.
    like
        The official statistic that regions are roughly proportional to.
    of, over, units
        For a ratio computed from parts: numerator, denominator, and the numerator's unit and the one counted in.
    within
        The base that no region's value exceeds.
    follows
        The indicators or bases whose geometric mean regions are roughly proportional to.
    per_standing
        The ratio over this base by whose standing and spread a region has less of the base.
    nature
        What nature gives that the values are, but for a little noise.
    by
        How much of a region's place is owed to what nature or wealth gives it, by name: the more the better, or for a
        negative share the less the better. It comes off the shares of size and standing.
    scale
        How dear it is to leave the prior, relative to others: less than 1 for dearer.
    """

    total: float = 0.0
    mean: float = 0.0
    spread: float = 0.0
    size: float = 0.0
    growth: float = 0.0
    change: float = 0.0
    low: float | None = None
    high: float | None = None
    step: float = 0.0
    grain: float = 0.0
    per: str = ""
    per_area: float = 0.0
    like: str = ""
    weight: str = ""
    statistic: str = ""
    of: str = ""
    over: str = ""
    units: tuple[str, ...] = ()
    within: str = ""
    follows: tuple[str, ...] = ()
    per_standing: str = ""
    nature: str = ""
    by: Mapping[str, float] = field(default_factory=dict)
    scale: float = 1.0

    @property
    def is_rate(self) -> bool:
        """Whether values move and differ by amounts in their unit rather than in proportion."""
        return self.mean != 0.0


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles of a framework's indicators and of the bases beside them; `published` is the year of its facts."""

    published: int
    indicators: Mapping[str, Profile]
    bases: Mapping[str, Profile]


def simulated_ids() -> tuple[str, ...]:
    """Return the ids of the frameworks that values can be simulated for.

    >>> simulated_ids()
    ('ccpe-3.0', 'ccpe-3.0-city', 'cpdi-2.0')
    """
    folder = files("suanli.simulation").joinpath(_FOLDER)
    names = (entry.name for entry in folder.iterdir() if entry.name != PLACES)
    return tuple(sorted(name.removesuffix(".yaml") for name in names))


@cache
def profiles(framework_id: str) -> Profiles:
    """Return the profiles of a framework.

    Raises
    ------
    ValueError
        If values cannot be simulated for the framework.
    """
    if framework_id not in simulated_ids():
        known = ", ".join(simulated_ids())
        message = f"no simulated values for framework {framework_id!r}; there are for: {known}"
        raise ValueError(message)
    path = files("suanli.simulation").joinpath(_FOLDER).joinpath(f"{framework_id}.yaml")
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Profiles(
        published=int(document["published"]),
        indicators=_read(document["indicators"]),
        bases=_read(document["bases"]),
    )


def _read(entries: Mapping[str, Mapping[str, object]]) -> Mapping[str, Profile]:
    return MappingProxyType({code: _profile(entry) for code, entry in entries.items()})


def _profile(entry: Mapping[str, object]) -> Profile:
    parts: dict[str, object] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Profile(**parts)  # type: ignore[arg-type]
