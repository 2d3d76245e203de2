"""Everything that the published facts demand of the models of two consecutive periods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from suanli.framework import Indicator
from suanli.regions import Regions, grouping
from suanli.result.fact_catalogue import Fact, Metric, published_facts
from suanli.result.fact_figures import figures
from suanli.simulation import claims
from suanli.simulation.claims import Named, Subject
from suanli.simulation.constraints import Constraints, Gap, above, between, each, total
from suanli.simulation.fact_readings import READINGS, Reading
from suanli.simulation.model import Model
from suanli.simulation.quantities import Floats, summed
from suanli.simulation.standing import listings, positions, stated_facts

_SCOPES = ("CN", "CN-province", "CN-province-mean", "CN-city", "CN-东部", "CN-中西部")

_RELATIVE_GAP = 0.012
_RATE_GAP = 0.06
_CHANGE_GAP = 0.08
_POINTS_GAP = 0.25
"""Least gaps in a ranking: relative for amounts, in spreads for rates and changes, in points for scores."""

_LEVEL_ROOM, _LEVEL_COST = 0.04, 150.0
"""How far a nation's total may leave its level, relative to it, and what it costs to leave it farther by all of it."""

_MISSED_POINT = 25.0
"""Cost of a score that misses what a fact states of it by one point."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The models of the published year and of the year before; only one of them has unknowns.

    While the published year is solved for there is no model of the year before. `size` settles who else is ahead of
    regions that a fact places further down.
    """

    regions: Regions
    periods: tuple[str, str]
    now: Model
    before: Model | None
    size: Floats

    @property
    def open(self) -> Model:
        """The model that has unknowns."""
        return self.now if self.before is None else self.before

    def models(self, year: str) -> tuple[Model, Model | None] | None:
        """Return the model of a year and that of the year before it; None if the year is of neither."""
        if year == self.periods[1]:
            return self.now, self.before
        if year == self.periods[0] and self.before is not None:
            return self.before, None
        return None


def demands(scene: Scene) -> Iterator[Constraints]:
    """Yield what every fact that bears on the unknowns demands of them: softly of scores, firmly of values."""
    framework = scene.now.framework.id
    for fact, metric in stated_facts(framework):
        if fact.scope in _SCOPES:
            for piece, of in _pieces(fact, metric):
                yield from _of_node(piece, of, scene)
    for fact in published_facts().facts:
        if fact.scope in _SCOPES and not fact.forecast:
            for reading in READINGS.get((framework, fact.metric), ()):
                yield from _of_reading(fact, reading, scene)


def levels(model: Model) -> Iterator[Constraints]:
    """Yield that the nation's total of each unknown amount stays about where its profile has it: softly."""
    for code in model.unknowns:
        level = model.profiles.indicators[code].total
        if level:
            low, high = (1 - _LEVEL_ROOM) * level, (1 + _LEVEL_ROOM) * level
            yield total(model.quantity(code), low, high, code).softened(_LEVEL_COST / level)


def _pieces(fact: Fact, metric: Metric) -> Iterator[tuple[Fact, Metric]]:
    """Yield the fact without amounts of other indicators, then each of those amounts as a fact of its own."""
    given = figures(fact)
    own = [(value, unit) for value, unit in given if unit not in metric.amounts]
    yield _with_figures(fact, own), metric
    for value, unit in given:
        if unit in metric.amounts:
            amount = metric.amounts[unit]
            piece = replace(_with_figures(fact, [(value, amount.unit)]), order="", first=None)
            yield piece, replace(metric, node=amount.node, kind="value", amounts={})


def _with_figures(fact: Fact, given: Sequence[tuple[float, str]]) -> Fact:
    return replace(
        fact, values=tuple(value for value, _ in given), units=tuple(unit for _, unit in given)
    )


def _of_node(fact: Fact, metric: Metric, scene: Scene) -> Iterator[Constraints]:
    models = scene.models(fact.year)
    if models is None:
        return
    model, earlier = models
    named = positions(scene.regions, fact.regions)
    if metric.kind in ("value", "mean", "change"):
        if model.covers(metric.node) and (earlier is None or earlier.covers(metric.node)):
            subject = _subject(metric, model, earlier)
            yield from _of_values(fact, metric, subject, Named(named, _ahead(fact, metric, scene)))
    elif model.has_scores(metric.node):
        for rows in _of_scores(fact, metric, scene, named):
            yield rows.softened(_MISSED_POINT)


def _of_values(fact: Fact, metric: Metric, subject: Subject, named: Named) -> Iterator[Constraints]:
    if metric.kind == "change":
        if subject.earlier is not None:
            yield from claims.changed(fact, subject, named.regions)
        return
    if not subject.current.is_known:
        yield from claims.ranking(fact, subject, named)
        yield from claims.values(fact, subject, named.regions)
    elif subject.earlier is not None:
        yield from claims.growths(fact, subject, named.regions)


def _subject(metric: Metric, model: Model, earlier: Model | None) -> Subject:
    indicator = model.framework.node(metric.node)
    assert isinstance(indicator, Indicator)
    profile = model.profiles.indicators[metric.node]
    gap = Gap(_RELATIVE_GAP, 2 * profile.step)
    if profile.is_rate:
        gap = Gap(amount=(_CHANGE_GAP if metric.kind == "change" else _RATE_GAP) * profile.spread)
    weights = None
    if metric.kind == "mean":
        weights = np.full(model.regions, 1 / model.regions)
    elif indicator.kind != "extensive":
        weights = model.weights(metric.node)
    return Subject(
        current=model.quantity(metric.node),
        earlier=earlier.quantity(metric.node) if earlier else None,
        gap=gap,
        unit=indicator.unit,
        lower=indicator.direction == "lower",
        weights=weights,
        months=metric.months,
        step=profile.step,
    )


def _of_scores(
    fact: Fact, metric: Metric, scene: Scene, named: tuple[int, ...]
) -> Iterator[Constraints]:
    models = scene.models(fact.year)
    assert models is not None
    model, earlier = models
    current = model.scores(metric.node)
    then = earlier.scores(metric.node) if earlier else None
    subject = Subject(current, then, Gap(amount=_POINTS_GAP), "points")
    if then is not None and current.is_known:
        if metric.kind == "growth" and fact.statement != "growth":
            yield from claims.each_grown(fact, subject, named)
        return
    if metric.kind == "tier" and model.framework.tiers.cuts and not current.is_known:
        best = float(model.framework.tiers.cuts[0])
        others = [region for region in range(model.regions) if region not in named]
        yield each(current, named, best + _POINTS_GAP, np.inf, fact.id)
        yield each(current, others, -np.inf, best - _POINTS_GAP, fact.id)
    elif metric.kind == "rank" and not current.is_known:
        yield from claims.ranking(fact, subject, Named(named, _ahead(fact, metric, scene)))
        points = [pair for pair in figures(fact) if pair[1].startswith("points")]
        yield from claims.values(_with_figures(fact, points), subject, named)


def _ahead(fact: Fact, metric: Metric, scene: Scene) -> tuple[int, ...]:
    """Return the regions ahead of those that a fact places further down: first those that other facts place there."""
    if fact.first is None or fact.first == 1:
        return ()
    own = set(positions(scene.regions, fact.regions))
    places: dict[int, int] = {}
    for listing in listings(scene.now.framework.id, scene.regions):
        if (listing.node, listing.kind, listing.year) == (metric.node, metric.kind, fact.year):
            places |= {region: listing.first + at for at, region in enumerate(listing.named)}
    known = {region for region, place in places.items() if place < fact.first} - own
    likely = scene.open.guesses.get(metric.node, scene.size)
    free = [r for r in np.argsort(-likely, kind="stable") if r not in places and r not in own]
    return (*sorted(known), *(int(region) for region in free[: fact.first - 1 - len(known)]))


def _of_reading(fact: Fact, reading: Reading, scene: Scene) -> Iterator[Constraints]:
    year = fact.year if fact.year.isdigit() else scene.periods[1]
    models = scene.models(year)
    if models is None or (fact.metric == "innovation" and fact.statement != "share"):
        return
    model, earlier = models
    if not all(model.covers(code) for code in reading.codes):
        return
    given = figures(fact)
    chosen = [given[at] for at in reading.figures] if reading.figures else given
    stated = replace(
        _with_figures(fact, chosen),
        statement=reading.statement or fact.statement,
        first=reading.first or (fact.first if reading.ranked else None),
        order=fact.order if reading.ranked else "",
    )
    if reading.form != "sum" or reading.over:
        yield from _special(stated, reading, model, scene)
        return
    subject = _summed_subject(reading, model, earlier)
    named = Named(_reading_regions(stated, reading, scene))
    metric = Metric(fact.document, model.framework.id, reading.codes[0], "value")
    yield from _of_values(stated, metric, subject, named)


def _summed_subject(reading: Reading, model: Model, earlier: Model | None) -> Subject:
    indicator = model.framework.node(reading.codes[0])
    assert isinstance(indicator, Indicator)
    sums = []
    for one in (model, earlier):
        if one is not None:
            factors = one.bases[reading.times] if reading.times else np.ones(one.regions)
            parts = summed(one.quantity(code) for code in reading.codes)
            sums.append(parts.times(factors * reading.factor))
    return Subject(
        current=sums[0],
        earlier=sums[1] if earlier else None,
        gap=Gap(_RELATIVE_GAP),
        unit=reading.unit or indicator.unit,
    )


def _reading_regions(fact: Fact, reading: Reading, scene: Scene) -> tuple[int, ...]:
    if not reading.group:
        return positions(scene.regions, fact.regions)
    belts = {group.code: group.members for group in grouping("economic-belts").groups}
    codes = [code for group in reading.group for code in belts[group]]
    return tuple(scene.regions.codes.index(code) for code in codes)


def _special(fact: Fact, reading: Reading, model: Model, scene: Scene) -> Iterator[Constraints]:
    code = reading.codes[0]
    quantity = model.quantity(code)
    if quantity.is_known:
        return
    if reading.over:
        value, _ = figures(fact)[0]
        row = np.full((1, model.regions), reading.factor / model.bases[reading.over].sum())
        yield between(quantity, csr_array(row), *claims.interval(fact.op, value), fact.id)
    elif reading.form == "dearest":
        named = positions(scene.regions, fact.regions)
        yield from _dearest(fact, code, model, named)
    else:
        wanted = fact.more.get(reading.form)
        if isinstance(wanted, int | float):
            row = model.weights(code)[np.newaxis, :]
            low, high = claims.interval(">", float(wanted))
            yield between(quantity, csr_array(row), low, high, fact.id)


def _dearest(fact: Fact, code: str, model: Model, named: tuple[int, ...]) -> Iterator[Constraints]:
    """Yield that the region named has a given share of the greatest value, which the likeliest region has."""
    quantity = model.quantity(code)
    value, _ = figures(fact)[0]
    greatest = int(np.argmax(model.guesses[code]))
    low, high = claims.interval(fact.op, value)
    weights = np.zeros((2, model.regions))
    weights[:, list(named)] = 1.0
    weights[:, greatest] = (-low / 100, -high / 100)
    yield between(quantity, csr_array(weights[:1]), 0.0, np.inf, fact.id)
    yield between(quantity, csr_array(weights[1:]), -np.inf, 0.0, fact.id)
    others = [region for region in range(model.regions) if region != greatest]
    yield above(quantity, [(greatest, other) for other in others], Gap(), fact.id)
