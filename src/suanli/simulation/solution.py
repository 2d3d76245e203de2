"""The values of the published year and of the year before, solved in passes that each settle what the next needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from suanli.framework import Framework
from suanli.simulation.bases import needed_bases, official_bases, profiled_bases
from suanli.simulation.between_years import linked
from suanli.simulation.constraints import GOLDEN, Constraints, each, together
from suanli.simulation.demands import Scene, demands, levels
from suanli.simulation.model import Model, ratio_factor
from suanli.simulation.nature import natural
from suanli.simulation.priors import Given, joined, prior, prior_values, values_before
from suanli.simulation.profiles import Profile, Profiles, profiles
from suanli.simulation.quantities import Floats
from suanli.simulation.rounding import in_parts, in_steps
from suanli.simulation.situation import Situation, situation
from suanli.simulation.solving import Prior, solved
from suanli.simulation.standing import named_codes, normal_scores, standing

_WIDENED = 1e-7
"""How far, relative to its range, a ratio may leave the range it had when the ends were set."""

_COARSE = 60.0
"""Mean below which rounding a count moves scores noticeably."""

_LEAST_GROWTH = 0.2
"""Of the national growth of an amount, how much every region has at least."""

_INSIDE = (0.002, 0.02)
"""How far inside each end of an indicator, relative to its range, other regions stay at most, so that none tie."""

Values = Mapping[str, Floats]

Ranges = Mapping[str, tuple[Floats, Floats]]
"""By indicator, between which values each region's lies."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Values by indicator, ratios included, and bases: (2, regions) each, of the year before and the published year."""

    framework: Framework
    profiles: Profiles
    situation: Situation
    values: Values
    bases: Values


def solution(framework: Framework, seed: int) -> Solution:
    """Return the values of a framework's published year and the year before that agree with what is published."""
    shapes = profiles(framework.id)
    everywhere = situation(framework, shapes.published, named_codes(framework))
    size = normal_scores(everywhere.statistics["gdp"][1])
    given = Given(
        situation=everywhere,
        size=size,
        standing=standing(framework, everywhere.regions, everywhere.statistics["gdp"][1]),
        nature=natural(everywhere),
        better_lower=frozenset(i.code for i in framework.indicators() if i.direction == "lower"),
        seed=seed,
    )
    return _Work(framework, shapes, given).solution()


@dataclass(frozen=True, slots=True)
class _Work:
    """The passes, for one framework, its profiles and the regions."""

    framework: Framework
    profiles: Profiles
    given: Given

    def solution(self) -> Solution:
        first = _first(self.profiles)
        guesses = {
            code: prior_values(code, profile, self.given, {})
            for code, profile in self.profiles.indicators.items()
            if not profile.of
        }
        official = official_bases(self.given)
        empty = Model(self.framework, self.profiles, len(self.given.size), _at(official, 1))
        settled = self._now(replace(empty, guesses=guesses), first, {})
        needed = needed_bases(self.profiles)
        bases = {**official, **profiled_bases(self.profiles, self.given, settled, needed)}
        divisors = {profile.over for profile in self.profiles.indicators.values()}
        kept = {code: values for code, values in settled.items() if code in divisors}
        likely = {**guesses, **settled}
        model = replace(empty, guesses=likely, bases=_at(bases, 1), settled=kept)
        now = self._published(model, guesses)
        others = frozenset(self.profiles.bases) - needed
        bases |= profiled_bases(self.profiles, self.given, {**now, **_at(bases, 1)}, others)
        now = self._grained(now, _at(bases, 1))
        before = self._grained(self._before(now, bases), _at(bases, 0))
        values = {code: np.stack([before[code], now[code]]) for code in self.profiles.indicators}
        return Solution(self.framework, self.profiles, self.given.situation, values, bases)

    def _published(self, model: Model, guesses: Values) -> Values:
        """Return the values of the published year.

        Scores by min-max are linear only between settled ends: firm facts alone give the first ends, and the values
        that scores move between these give the ends that stay, with the regions that have them.
        """
        free = tuple(code for code in guesses if code not in model.settled)
        if self.framework.normalisation.method != "min-max":
            return self._in_rounds(model, free, {})
        firm = {**model.settled, **self._now(model, free, {})}
        whole = self._with_ratios(firm, model)
        ends = {code: (float(row.min()), float(row.max())) for code, row in whole.items()}
        model = replace(model, guesses=firm, ends=ends)
        scored = self._now(model, free, _ranges(firm))
        parts = {profile.of for profile in self.profiles.indicators.values()}
        held = {code: firm[code] if code in parts else scored[code] for code in free}
        pinned = {code: _pinned(held[code]) for code in free}
        ends |= {code: (float(held[code].min()), float(held[code].max())) for code in free}
        return self._in_rounds(replace(model, ends=ends), free, pinned)

    def _in_rounds(self, model: Model, free: tuple[str, ...], ranges: Ranges) -> Values:
        """Return the values, counts settled a few at a time so that what is still free makes up for their rounding."""
        for codes in (*self._rounds(free), ()):
            found = self._now(model, free, ranges)
            settled = {**model.settled, **{code: found[code] for code in codes}}
            model = replace(model, settled=settled)
            free = tuple(code for code in free if code not in codes)
        return self._with_ratios({**model.settled, **found}, model)

    def _rounds(self, codes: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the counts in the rounds in which they are settled: one of each group at a time, large ones first."""
        counts = [code for code in codes if self.profiles.indicators[code].step]
        coarse = [code for code in counts if self.guess(code).mean() < _COARSE]
        seen: dict[str, int] = {}
        rounds: list[list[str]] = [[code for code in counts if code not in coarse]]
        for code in coarse:
            group = code.rpartition(".")[0]
            seen[group] = seen.get(group, -1) + 1
            rounds += [[]] if len(rounds) <= seen[group] else []
            rounds[seen[group]].append(code)
        return [tuple(codes) for codes in rounds if codes]

    def _now(self, model: Model, codes: tuple[str, ...], ranges: Ranges) -> Values:
        """Return the values of these indicators in the published year, each region's within its range if it has one."""
        if not codes:
            return {}
        model = model.solved_for(codes)
        situation = self.given.situation
        scene = Scene(situation.regions, situation.periods, model, None, self.given.size)
        rows = [
            *demands(scene),
            *linked(model, situation.regions, situation.periods),
            *levels(model),
        ]
        if ranges:
            rows += self._ratio_ends(model)
        parts = [self._prior(code, self.guess(code), model.bases) for code in codes]
        start = joined(
            [
                _within(part, *ranges[code]) if code in ranges else part
                for code, part in zip(codes, parts, strict=True)
            ]
        )
        return self._counted(codes, solved(start, together(rows, model.count)))

    def guess(self, code: str) -> Floats:
        """Return the values of an indicator before any fact is asked."""
        return prior_values(code, self.profiles.indicators[code], self.given, {})

    def _before(self, now: Values, bases: Values) -> Values:
        codes = tuple(code for code, profile in self.profiles.indicators.items() if not profile.of)
        guesses = {
            code: values_before(code, self.profiles.indicators[code], self.given, now[code])
            for code in codes
        }
        regions = len(self.given.size)
        before = Model(
            self.framework, self.profiles, regions, _at(bases, 0), guesses=guesses
        ).solved_for(codes)
        current = Model(self.framework, self.profiles, regions, _at(bases, 1), settled=now)
        situation = self.given.situation
        scene = Scene(
            situation.regions, situation.periods, current.beside(before), before, self.given.size
        )
        parts = [
            _grown(
                self._prior(code, guesses[code], before.bases),
                self.profiles.indicators[code],
                now[code],
            )
            for code in codes
        ]
        found = solved(joined(parts), together(demands(scene), before.count))
        return self._with_ratios(self._counted(codes, found), before)

    def _prior(self, code: str, values: Floats, bases: Values) -> Prior:
        profile = self.profiles.indicators[code]
        return prior(profile, values, bases.get(profile.within) if profile.within else None)

    def _counted(self, codes: tuple[str, ...], found: Floats) -> Values:
        values = found.reshape(len(codes), -1)
        steps = [self.profiles.indicators[code].step for code in codes]
        return {
            code: in_steps(row, step) if step else row
            for code, row, step in zip(codes, values, steps, strict=True)
        }

    def _grained(self, values: Values, bases: Values) -> Values:
        found = dict(values)
        for code, profile in self.profiles.indicators.items():
            if profile.per:
                found[code] = in_parts(values[code], bases[profile.per], profile.grain)
        return found

    def _with_ratios(self, values: Values, model: Model) -> Values:
        """Return the values with the ratios that are computed from them, in the framework's order."""
        found = {**values, **ratios(self.profiles, values, model.bases)}
        return {code: found[code] for code in self.profiles.indicators}

    def _ratio_ends(self, model: Model) -> list[Constraints]:
        """Return that ratios keep the ends that firm facts gave them, at the regions that have them."""
        rows = []
        for code, profile in self.profiles.indicators.items():
            if profile.of in model.unknowns:
                low, high = model.ends[code]
                slack = _WIDENED * (high - low)
                ratio = model.guesses[profile.of] * model.factor(profile)
                ends = ((int(np.argmin(ratio)), low), (int(np.argmax(ratio)), high))
                quantity = model.quantity(code)
                rows.append(each(quantity, range(len(ratio)), low - slack, high + slack, code))
                rows += [each(quantity, [at], end - slack, end + slack, code) for at, end in ends]
        return rows


def ratios(shapes: Profiles, values: Values, bases: Values) -> Values:
    """Return the ratios that are computed from parts: numerators in `values`, denominators there or in `bases`."""
    return {
        code: values[profile.of] * ratio_factor(profile, {**bases, **values})
        for code, profile in shapes.indicators.items()
        if profile.of
    }


def _first(shapes: Profiles) -> tuple[str, ...]:
    """Return the indicators to settle first: those that others are divided by, or that needed bases follow."""
    leaders = {one.over for one in shapes.indicators.values()}
    leaders |= {name for base in needed_bases(shapes) for name in shapes.bases[base].follows}
    return tuple(code for code in shapes.indicators if code in leaders)


def _ranges(values: Values) -> Ranges:
    return {
        code: (np.full(len(row), row.min()), np.full(len(row), row.max()))
        for code, row in values.items()
    }


def _pinned(values: Floats) -> tuple[Floats, Floats]:
    """Return the range of each region: between the least and the greatest of `values`, whose regions keep them."""
    least, greatest = int(np.argmin(values)), int(np.argmax(values))
    inside = (values[greatest] - values[least]) * (np.arange(len(values)) * GOLDEN % 1)
    low, high = values[least] + _INSIDE[0] * inside, values[greatest] - _INSIDE[1] * inside
    low[least] = high[least] = values[least]
    low[greatest] = high[greatest] = values[greatest]
    return low, high


def _grown(part: Prior, profile: Profile, now: Floats) -> Prior:
    """Return the prior of the year before with every region some way below `now` where an amount grows by the year."""
    if profile.is_rate or profile.statistic or profile.growth <= 0:
        return part
    most = now / (1 + _LEAST_GROWTH * profile.growth / 100)
    return _within(part, np.minimum(part.low, most), most)


def _within(part: Prior, low: Floats, high: Floats) -> Prior:
    """Return the prior with bounds drawn in to the ranges of the regions."""
    least, most = np.clip(part.low, low, high), np.clip(part.high, low, high)
    return Prior(np.clip(part.values, least, most), part.scale, least, most)


def _at(bases: Values, period: int) -> Values:
    return {name: values[period] for name, values in bases.items()}
