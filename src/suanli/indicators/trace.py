"""One value back to its records: its sums, their parts, what fell back, and the records that weigh most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from suanli.framework.units import converted
from suanli.indicators.absences import zero_periods
from suanli.indicators.exact_sums import exact_sums
from suanli.indicators.kept_items import RULE, kept_items, reduced_parts, reduced_values
from suanli.indicators.native_units import native_units
from suanli.indicators.planned import Planned
from suanli.indicators.rule import ITEM_COLUMNS, Reduction, Rule
from suanli.indicators.rule_words import level_words, part_words, rule_words
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
    denominator: float
    used: int


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many of the items that count stand at a level of fallback, and their share of the weight."""

    level: str
    name: Text
    used: int
    share: float | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: the record it stands for, what it adds to the sums, its own ratio, and its share of the sum.

    The share is of Σ denominator for a ratio, whose value it pulls by that much, and of Σ numerator for a sum. The
    `ratio` is in the rule's unit.
    """

    record: str
    part: str
    numerator: float | None
    denominator: float | None
    weight: float | None
    ratio: float | None
    share: float | None
    level: str


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
    over the `used` of `eligible` items that are complete; they weigh `weight_share` of all. `zero` tells that there are
    no items, and that complete lists say so. `heaviest` are the items that weigh most, `lacking` the heaviest of those
    that do not count since a figure is missing. `beside` are further figures.
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
    above, below = native_units(one.rule, records.options)
    return Computation(
        rule=one.rule.name,
        formula=rule_words(one.rule.name) or Text(one.rule.name, one.rule.name),
        numerator_name=rule_words(one.rule.name, "numerator"),
        denominator_name=rule_words(one.rule.name, "denominator"),
        record_name=rule_words(one.rule.name, "record"),
        reduction=one.rule.reduction,
        value=_in_unit(row["value"], one),
        unit=one.indicator.unit,
        raw=row["value"],
        raw_unit=one.rule.unit,
        numerator=row["numerator"] if row["used"] else None,
        numerator_unit=above,
        denominator=row["denominator"] if row["used"] else None,
        denominator_unit=below,
        used=row["used"],
        eligible=row["eligible"],
        weight_share=row["weight_used"] / row["weight"] if row["weight"] else None,
        zero=not row["eligible"] and row["value"] == 0,
        furthest=row["level"] or 0,
        parts=_parts(reduced_parts(records, own, rules)),
        levels=_levels(records, own, one.rule),
        heaviest=_lines(records, _complete(own), one.rule, row, top),
        lacking=_lines(records, _incomplete(own), one.rule, {}, top),
        beside=_beside(one.rule, values),
    )


def _in_unit(value: float | None, one: Planned) -> float | None:
    return None if value is None else converted(value, one.rule.unit, one.indicator.unit)


def _no_items(records: Records, rule: Rule, region: str, period: str) -> dict[str, Any]:
    """Return the row of a region without items: 0 where complete lists say so, nothing otherwise."""
    known = period in zero_periods(records, rule, region)
    return {
        "value": 0.0 if known else None,
        "used": 0,
        "eligible": 0,
        **dict.fromkeys(("numerator", "denominator", "weight_used", "weight", "level")),
    }


def _complete(items: Frame) -> Frame:
    return items.filter(~nw.col("numerator").is_null() & ~nw.col("denominator").is_null())


def _incomplete(items: Frame) -> Frame:
    return items.filter(nw.col("numerator").is_null() | nw.col("denominator").is_null())


def _parts(parts: pl.DataFrame) -> tuple[PartSum, ...]:
    return tuple(
        PartSum(
            row["part"], part_words(row["part"]), row["numerator"], row["denominator"], row["used"]
        )
        for row in parts.to_dicts()
    )


def _levels(records: Records, items: Frame, rule: Rule) -> tuple[LevelCount, ...]:
    if len(rule.levels) < 2:
        return ()
    used = {"used": nw.len().cast(nw.Int64)}
    counts = exact_sums(_complete(items), ("level",), "weight", beside=used)
    rows = records.collected(counts).sort("level").to_dicts()
    total = sum(row["weight"] or 0.0 for row in rows)
    return tuple(
        LevelCount(
            name := _level(rule, row["level"]),
            level_words(name),
            row["used"],
            row["weight"] / total if total else None,
        )
        for row in rows
    )


def _lines(
    records: Records,
    items: Frame,
    rule: Rule,
    sums: Mapping[str, Any],
    top: int,
) -> tuple[ItemLine, ...]:
    """Return the heaviest items: by the denominator of a ratio, numerator of a sum, weight of incomplete ones."""
    pull = "denominator" if rule.reduction == "ratio" else "numerator"
    order = pull if sums else "weight"
    known = items.with_columns(nw.col(order).fill_null(0.0).alias("order"))
    rows = records.collected(
        known.sort("order", "record", "part", descending=[True, False, False]).head(top)
    )
    total = sums.get(pull)
    return tuple(
        ItemLine(
            record=row["record"],
            part=row["part"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            weight=row["weight"],
            ratio=_ratio(row, rule),
            share=row[pull] / total if total else None,
            level=_level(rule, row["level"] or 0),
        )
        for row in rows.sort("order", "record", "part", descending=[True, False, False]).to_dicts()
    )


def _ratio(row: Mapping[str, Any], rule: Rule) -> float | None:
    above: float | None = row["numerator"]
    below: float | None = row["denominator"]
    if rule.reduction == "sum" or above is None or not below:
        return None
    return above / below


def _level(rule: Rule, level: int) -> str:
    return rule.levels[level] if level < len(rule.levels) else str(level)


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
