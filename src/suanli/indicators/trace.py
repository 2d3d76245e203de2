"""One value back to its records: its formula, sums, coverage and parts, and the items behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from suanli.framework.units import converted
from suanli.indicators.absences import zero_periods
from suanli.indicators.kept_items import RULE, kept_items, reduced_parts, reduced_values
from suanli.indicators.native_units import native_units, weighed_by_racks
from suanli.indicators.planned import Planned
from suanli.indicators.rule import ITEM_COLUMNS, Reduction, Rule
from suanli.indicators.rule_words import part_words, rule_words
from suanli.indicators.traced_items import (
    ItemLine,
    LevelCount,
    heaviest_items,
    lacking_items,
    level_counts,
)
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.language import Text

_FIRST = 0
"""Place of an indicator's own rule: figures beside it come after."""


@dataclass(frozen=True, slots=True)
class PartSum:
    """A component of a value: its sums, and how many items it has."""

    part: str
    name: Text
    numerator: float
    denominator: float | None
    used: int


@dataclass(frozen=True, slots=True)
class BesideValue:
    """A further figure shown beside a value."""

    rule: str
    name: Text
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Computation:
    """How a value follows from records.

    `value` is in the indicator's `unit`, `raw` in the rule's `raw_unit`. `numerator` and `denominator` are the sums
    over the `used` of `eligible` items that are complete, which weigh `weight_share` of all; a sum has no denominator.
    `zero` tells that there are no items, and that complete lists say so. `missing_years` are those of the `years` that
    a period's items are of that the whole list lacks, so that the period has no value. `heaviest` are the items that
    weigh most, `lacking` the heaviest of those that do not count since a figure is missing. `beside` are further
    figures.
    """

    rule: str
    formula: Text
    numerator_name: Text | None
    denominator_name: Text | None
    record_name: Text | None
    reduction: Reduction
    value: float | None
    unit: str
    raw: float | None
    raw_unit: str
    numerator: float | None
    numerator_unit: str
    denominator: float | None
    denominator_unit: str
    used: int
    eligible: int
    weight_share: float | None
    zero: bool
    years: int
    missing_years: tuple[str, ...]
    furthest: int
    parts: tuple[PartSum, ...]
    levels: tuple[LevelCount, ...]
    heaviest: tuple[ItemLine, ...]
    lacking: tuple[ItemLine, ...]
    beside: tuple[BesideValue, ...]


def computation(
    one: Planned, records: Records, *, region: str, period: str, top: int = 10
) -> Computation:
    """Return how the value of an indicator follows from the records in a region and period.

    `one` is the indicator with its rule, whose tables the records have. At most `top` items come back, and never all.
    """
    rules = {key: rule for key, rule in one.rules.items() if all(map(records.has, rule.tables))}
    items = kept_items(records, rules, columns=ITEM_COLUMNS)
    here = items.filter((nw.col("region") == region) & (nw.col("period") == period))
    own = here.filter(nw.col(RULE) == _FIRST)
    values = {row[RULE]: row for row in reduced_values(records, here, rules).to_dicts()}
    row = values.get(one.rule.name) or _no_items(records, one.rule, region, period)
    level = row["level"] or 0
    above, below = native_units(one.rule, records.options, level)
    racks = ("racks",) if weighed_by_racks(one.rule, records.options) else ()
    ways = (one.rule.levels[level], *racks)
    divides = one.rule.reduction == "ratio"
    return Computation(
        rule=one.rule.name,
        formula=rule_words(one.rule.name) or Text(one.rule.name, one.rule.name),
        numerator_name=_sum_name("numerator", one.rule, ways),
        denominator_name=_sum_name("denominator", one.rule, ways),
        record_name=rule_words(one.rule.name, "record"),
        reduction=one.rule.reduction,
        value=_in_unit(row["value"], one),
        unit=one.indicator.unit,
        raw=row["value"],
        raw_unit=one.rule.unit,
        numerator=row["numerator"] if row["used"] else None,
        numerator_unit=above,
        denominator=row["denominator"] if row["used"] and divides else None,
        denominator_unit=below,
        used=row["used"],
        eligible=row["eligible"],
        weight_share=row["weight_used"] / row["weight"] if row["weight"] else None,
        zero=not row["eligible"] and row["value"] == 0,
        years=one.rule.years,
        missing_years=_missing_years(records, items, one.rule, period),
        furthest=level,
        parts=_parts(reduced_parts(records, own, rules), one.rule),
        levels=level_counts(records, own, one.rule),
        heaviest=heaviest_items(records, own, one.rule, row, top),
        lacking=lacking_items(records, own, one.rule, top),
        beside=_beside(one.rule, values),
    )


def _missing_years(records: Records, items: Frame, rule: Rule, period: str) -> tuple[str, ...]:
    """Return the years of a rule's window that the whole list lacks; none where no region of the study has items.

    A region with items has one for each year that the list has, whatever the region of the year's rows.
    """
    if rule.years == 1:
        return ()
    own = items.filter((nw.col("period") == period) & (nw.col(RULE) == _FIRST))
    listed = set(records.collected(own.select("part").unique())["part"])
    wanted = range(int(period) - rule.years + 1, int(period) + 1)
    return tuple(str(year) for year in wanted if listed and str(year) not in listed)


def _in_unit(value: float | None, one: Planned) -> float | None:
    return None if value is None else converted(value, one.rule.unit, one.indicator.unit)


def _sum_name(aspect: str, rule: Rule, ways: Sequence[str]) -> Text | None:
    """Return what a sum is called, by a name of its own where a fallback or a choice adds up other things.

    `ways` are the fallback and the choice, if any: the first that has a name of its own counts.
    """
    own = (rule_words(rule.name, f"{aspect}-{way}") for way in ways)
    return next(filter(None, own), None) or rule_words(rule.name, aspect)


def _no_items(records: Records, rule: Rule, region: str, period: str) -> dict[str, Any]:
    """Return the row of a region without items: 0 where complete lists say so, nothing otherwise."""
    known = period in zero_periods(records, rule, region)
    return {
        "value": 0.0 if known else None,
        "used": 0,
        "eligible": 0,
        **dict.fromkeys(("numerator", "denominator", "weight_used", "weight", "level")),
    }


def _parts(parts: pl.DataFrame, rule: Rule) -> tuple[PartSum, ...]:
    divides = rule.reduction == "ratio"
    return tuple(
        PartSum(
            part=row["part"],
            name=part_words(row["part"]),
            numerator=row["numerator"],
            denominator=row["denominator"] if divides else None,
            used=row["used"],
        )
        for row in parts.to_dicts()
    )


def _beside(rule: Rule, values: Mapping[str, Mapping[str, Any]]) -> tuple[BesideValue, ...]:
    return tuple(
        BesideValue(
            name,
            rule_words(beside.name) or Text(name, name),
            values[f"{rule.name}/{name}"]["value"],
            beside.unit,
        )
        for name, beside in rule.beside.items()
        if f"{rule.name}/{name}" in values
    )
