"""What values would be if no fact held them: by standing, size and official statistics, with noise."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from suanli.simulation.profiles import Profile
from suanli.simulation.quantities import Floats
from suanli.simulation.situation import Situation
from suanli.simulation.solving import Prior
from suanli.simulation.standing import normal_scores

_NOISE = 0.08
"""Noise of amounts, as a standard deviation of their logarithm."""

_RATE_NOISE = 0.15
"""Noise of rates, in spreads."""

_RATIO_SPREAD = 0.35
"""How far ratios over a base lie apart by standing, as a standard deviation of their logarithm."""

_UNEVEN = 0.15
_APART = 2.5
"""How unevenly regions move in a year: relative to the national movement, and in points of per cent for amounts."""

_LEAST, _MOST = 0.3, 4.0
"""Bounds of an amount relative to its prior, where the profile gives none."""

_STATISTIC_LEAST, _STATISTIC_MOST = 0.6, 1.7
"""The same for an official statistic, which is also dearer to leave."""

_STATISTIC_SCALE = 0.12

_LEAST_SCALE = 0.01
"""Scale of what is nothing, relative to the mean."""

_CHANGE_RANGE = (0.4, 1.6)
"""Rates change in proportion to the mean rate, within these bounds: low rates change less."""

_STATISTIC_RANGE = (0.85, 1.35)
"""Yearly movements of a statistic beyond these are taken for breaks in the series; regions then move as the nation."""

_NATURE_NOISE = 0.08
"""Noise of what nature gives, in spreads."""

_NATURE_LEAST, _NATURE_MOST, _NATURE_ROOM = 0.88, 1.2, 0.4
"""Bounds of what nature gives: relative to it for amounts, in spreads for rates."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a prior is made from: the regions, their size as normal scores, their standing, and their nature."""

    situation: Situation
    size: Floats
    standing: Mapping[str, Floats]
    nature: Mapping[str, Floats]
    better_lower: frozenset[str]
    seed: int

    def noise(self, *names: str) -> Floats:
        """Return standard normal noise of the regions that depends on the seed and the names only."""
        key = zlib.crc32("/".join(names).encode())
        return np.random.default_rng((self.seed, key)).standard_normal(len(self.size))


def prior_values(
    code: str, profile: Profile, given: Given, settled: Mapping[str, Floats]
) -> Floats:
    """Return the values of an indicator or a base in the published year before any fact is asked.

    `settled` are values that the profile may follow.
    """
    noise = given.noise(code)
    if profile.follows:
        leaders = np.mean([_centred(settled[name]) for name in profile.follows], axis=0)
        gdp = given.situation.statistics["gdp"][1]
        drive = (1 - profile.size) * leaders + profile.size * _centred(gdp)
        if profile.per_standing:
            drive = drive - _RATIO_SPREAD * given.standing[profile.per_standing]
        return _levelled(np.exp(drive + profile.spread * noise), profile)
    if profile.statistic:
        return _levelled(_statistic(profile, given.situation)[1], profile)
    if profile.like:
        alike = given.situation.statistics[profile.like][1]
        return _levelled(alike * np.exp(_NOISE * noise), profile)
    if profile.nature:
        found = given.nature[profile.nature]
        uncertain = _NATURE_NOISE * profile.spread * noise
        return found + uncertain if profile.is_rate else found * np.exp(uncertain)
    drive = _drive(code, profile, given)
    if profile.is_rate:
        sign = -1.0 if code in given.better_lower else 1.0
        return profile.mean + profile.spread * (sign * drive + _RATE_NOISE * noise)
    return _levelled(np.exp(profile.spread * drive + _NOISE * noise), profile)


def values_before(code: str, profile: Profile, given: Given, now: Floats) -> Floats:
    """Return what values were a year before `now` if each region moved about as the nation did."""
    noise = 1 + _UNEVEN * given.noise(code, "before")
    if profile.is_rate:
        share = np.clip(now / now.mean(), *_CHANGE_RANGE)
        return np.asarray(now - profile.change * noise * share)
    if profile.statistic:
        earlier, current = _statistic(profile, given.situation)
        rise, (least, most) = current / earlier, _STATISTIC_RANGE
        usual = float(current.sum() / earlier.sum())
        return np.asarray(now / np.where((rise < least) | (rise > most), usual, rise))
    uneven = 0.0 if profile.nature else _APART * given.noise(code, "apart")
    return now / (1 + (profile.growth * noise + uneven) / 100)


def prior(profile: Profile, values: Floats, high: Floats | None = None) -> Prior:
    """Return the prior of one indicator: values, scales and bounds; `high` are bounds by region that come on top."""
    if profile.is_rate:
        scale = np.full(len(values), 2 * profile.spread)
    else:
        scale = np.maximum(values, _LEAST_SCALE * values.mean())
    scale = scale * (_STATISTIC_SCALE if profile.statistic else profile.scale)
    low, most = _bounds(profile, values)
    if high is not None:
        most = np.minimum(most, high)
    return Prior(np.clip(values, low, most), scale, np.minimum(low, most), most)


def _bounds(profile: Profile, values: Floats) -> tuple[Floats, Floats]:
    """Return the least and the greatest value of each region: those of the profile, or about the prior."""
    if profile.is_rate:
        room = _NATURE_ROOM * profile.spread if profile.nature else np.inf
        low, most = values - room, values + room
    else:
        least, greatest = _LEAST, _MOST
        if profile.statistic:
            least, greatest = _STATISTIC_LEAST, _STATISTIC_MOST
        elif profile.nature:
            least, greatest = _NATURE_LEAST, _NATURE_MOST
        low, most = least * values, greatest * values
    if profile.low is not None:
        low = np.maximum(low, float(profile.low))
    if profile.high is not None:
        most = np.full(len(values), float(profile.high))
    return low, most


def _drive(code: str, profile: Profile, given: Given) -> Floats:
    """Return by how much regions stand out, in standard deviations: by size, by standing, by what nature gives."""
    rest = 1 - profile.size - sum(map(abs, profile.by.values()))
    drive = profile.size * given.size + rest * given.standing[code]
    for name, share in profile.by.items():
        drive = drive + share * normal_scores(given.nature[name])
    return np.asarray(drive / max(float(drive.std()), 1e-9))


def joined(priors: list[Prior]) -> Prior:
    """Return the priors of several indicators as one, in their order."""
    parts = ("values", "scale", "low", "high")
    return Prior(*(np.concatenate([getattr(one, part) for one in priors]) for part in parts))


def _statistic(profile: Profile, situation: Situation) -> Floats:
    values = situation.statistics[profile.statistic]
    if profile.per_area:
        return profile.per_area * values / situation.statistics["land_area"]
    return values


def _levelled(values: Floats, profile: Profile) -> Floats:
    return values * (profile.total / values.sum()) if profile.total else values


def _centred(amounts: Floats) -> Floats:
    logarithms = np.log(np.maximum(amounts, 1e-3 * amounts.mean()))
    return np.asarray(logarithms - logarithms.mean())
