"""All rules that a framework asks for, run on a study's records: values by region with what they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from suanli.framework import Framework
from suanli.framework.units import converted
from suanli.indicators import coverage, measures
from suanli.indicators.absences import zeros
from suanli.indicators.finite import check_finite, check_finite_pairs
from suanli.indicators.kept_items import by_rule, kept_items, reduced_parts, reduced_values
from suanli.indicators.passes import in_turn
from suanli.indicators.planned import Plan, Planned, plan_of
from suanli.indicators.region_pairs import no_pairs, pair_table
from suanli.indicators.rule import Rule
from suanli.indicators.rule_words import level_words
from suanli.indicators.rules import RULES
from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records
from suanli.problems import Problem, StudyError

_ESTIMATED = ORIGINS.index("estimated")


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What records gave.

    Attributes
    ----------
    grid
        Values of the indicators that have a rule and its tables, in the framework's order and units.
    measures
        What each value rests on; columns `measures.SCHEMA`.
    pairs
        Delay and loss between regions, and inside them, where the study has probes; columns `region_pairs.SCHEMA`.
    overall
        Figures of all regions together; columns `coverage.SCHEMA`.
    problems
        Rules that are unknown or do not fit, tables that are absent, records that are incomplete, fallbacks.
    """

    grid: ValueGrid
    measures: pl.DataFrame
    pairs: pl.DataFrame
    overall: pl.DataFrame
    problems: tuple[Problem, ...]


def recorded(
    framework: Framework,
    records: Records,
    *,
    origin: str = "reported",
    source: str = "",
    rules: Mapping[str, Rule] = RULES,
) -> Recorded:
    """Return what the records give for every indicator of a framework that names a rule.

    Parameters
    ----------
    framework
        Its indicators' `rule` says how each is computed; an indicator without one is left alone.
    records
        The tables, on the engine that computes. Items of all rules are computed once and kept there.
    origin
        Of the records; a value that rests on a fallback is `estimated` if that ranks after it.
    source
        Of the records, as text; the fallback's name is added to it.
    rules
        Known rules by name.

    Raises
    ------
    StudyError
        If numbers of the records are so large that a figure is infinite, with every indicator, region and period.
    """
    plan = plan_of(framework, records, rules)
    axes = (records.periods, records.regions.codes)
    if not plan.planned:
        return _nothing(axes, plan.problems)
    values, parts, pairs = _computed(records, plan)
    infinite = check_finite(plan.planned, values, parts, records.regions)
    infinite += check_finite_pairs(pairs, records.regions)
    if infinite:
        raise StudyError(infinite)
    every = pl.concat([values, zeros(records, plan.planned, values)])
    codes = [one.indicator.code for one in plan.planned]
    table = measures.measure_table(plan.planned, every, parts, records.options)
    return Recorded(
        grid=_grid(plan.planned, every, axes, _Said(origin, source)),
        measures=measures.in_order(table, *axes, codes),
        pairs=pairs,
        overall=coverage.overall(plan.planned, every, records.regions),
        problems=(
            *plan.problems,
            *coverage.coverage_notes(plan.planned, values, records.regions),
        ),
    )


def _nothing(axes: tuple[Sequence[str], Sequence[str]], problems: tuple[Problem, ...]) -> Recorded:
    """Return what there is where no rule can be run."""
    nothing = pl.DataFrame()
    return Recorded(
        grid=_grid((), nothing, axes, _Said("reported", "")),
        measures=measures.measure_table((), nothing, nothing, CaliberOptions()),
        pairs=no_pairs(),
        overall=coverage.overall((), nothing),
        problems=problems,
    )


def value_origin(origin: str, level: int) -> str:
    """Return the origin of a value from records of an origin: `estimated` by a fallback, unless the records rank after.

    >>> value_origin("reported", 0), value_origin("reported", 1), value_origin("simulated", 1)
    ('reported', 'estimated', 'simulated')
    """
    position = ORIGINS.index(origin)
    return ORIGINS[max(position, _ESTIMATED) if level > 0 else position]


def value_source(source: str, rule: Rule, level: int) -> str:
    """Return the source of a value: that of the records, and the name of a fallback in Chinese."""
    if not 0 < level < len(rule.levels):
        return source
    fallback = level_words(rule.levels[level]).zh
    return f"{source}（{fallback}）" if source else fallback


@dataclass(frozen=True, slots=True)
class _Said:
    """What the study says of its records."""

    origin: str
    source: str


def _computed(records: Records, plan: Plan) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the values and the parts of all rules that have their tables, and the matrix of regions."""
    rules = {
        key: rule
        for one in plan.planned
        for key, rule in one.rules.items()
        if all(map(records.has, rule.tables))
    }
    values, parts = [], []
    pairs = no_pairs()
    for own in in_turn(records, rules):
        items = kept_items(records, own)
        values.append(reduced_values(records, items, own))
        parts.append(reduced_parts(records, items, own))
        # where any rule waits for probes, while meters are still counted
        if any(rule.awaits == "probes" for rule in own.values()):
            pairs = pair_table(records)
    return pl.concat(values), pl.concat(parts), pairs


def _grid(
    planned: Sequence[Planned],
    values: pl.DataFrame,
    axes: tuple[Sequence[str], Sequence[str]],
    said: _Said,
) -> ValueGrid:
    """Return the values as a grid in the indicators' units, each with its origin and source."""
    periods, regions = axes
    shape = (len(periods), len(regions), len(planned))
    filled = np.full(shape, np.nan)
    origins, ids = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int32)
    sources = [""]
    known = by_rule(values.filter(pl.col("value").is_not_null())) if planned else {}
    for column, one in enumerate(planned):
        if one.rule.name not in known:
            continue
        own = known[one.rule.name]
        at = (_places(own["period"], periods), _places(own["region"], regions), column)
        filled[at] = converted(own["value"].to_numpy(), one.rule.unit, one.indicator.unit)
        levels = own["level"].fill_null(0).to_list()
        origins[at] = [ORIGINS.index(value_origin(said.origin, level)) for level in levels]
        texts = [value_source(said.source, one.rule, level) for level in levels]
        sources += sorted(set(texts) - set(sources))
        ids[at] = [sources.index(text) for text in texts]
    codes = tuple(one.indicator.code for one in planned)
    return ValueGrid(tuple(regions), tuple(periods), codes, filled, origins, ids, tuple(sources))


def _places(labels: pl.Series, axis: Sequence[str]) -> np.ndarray:
    return labels.cast(pl.Enum(list(axis))).to_physical().cast(pl.Int64).to_numpy()
