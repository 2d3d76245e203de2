"""The items behind one value: those that weigh most, those that lack a figure, and how many stand at each level."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from suanli.indicators.exact_sums import exact_sums
from suanli.indicators.rule import Rule
from suanli.indicators.rule_words import level_words
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.language import Text


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


def level_counts(records: Records, items: Frame, rule: Rule) -> tuple[LevelCount, ...]:
    """Return how many of the complete items of a rule stand at each level; nothing for a rule of one level.

    There are no shares where an item has no weight.
    """
    if len(rule.levels) < 2:
        return ()
    complete = items.filter(_is_complete())
    beside = {
        "used": nw.len().cast(nw.Int64),
        "weighed": nw.col("weight").count().cast(nw.Int64),
    }
    counts = exact_sums(complete, ("level",), "weight", beside=beside)
    rows = records.collected(counts).sort("level").to_dicts()
    whole = all(row["weighed"] == row["used"] for row in rows)
    total = sum(row["weight"] for row in rows) if whole else 0.0
    return tuple(
        LevelCount(
            name := rule.levels[row["level"]],
            level_words(name),
            row["used"],
            row["weight"] / total if total else None,
        )
        for row in rows
    )


def heaviest_items(
    records: Records, items: Frame, rule: Rule, sums: Mapping[str, Any], top: int
) -> tuple[ItemLine, ...]:
    """Return the complete items with the largest denominators of a ratio, or numerators of a sum.

    `sums` holds Σ numerator and Σ denominator over all complete items.
    """
    pull = "denominator" if rule.reduction == "ratio" else "numerator"
    rows = _first(records, items.filter(_is_complete()), pull, top)
    return tuple(_line(row, rule, row[pull] / sums[pull] if sums[pull] else None) for row in rows)


def lacking_items(records: Records, items: Frame, rule: Rule, top: int) -> tuple[ItemLine, ...]:
    """Return the items that lack a figure and do not count, the heaviest first; those of unknown weight are last."""
    rows = _first(records, items.filter(~_is_complete()), "weight", top)
    return tuple(_line(row, rule, None) for row in rows)


def _is_complete() -> nw.Expr:
    return ~(nw.col("numerator").is_null() | nw.col("denominator").is_null())


def _first(records: Records, items: Frame, by: str, top: int) -> list[dict[str, Any]]:
    """Return the items largest by a column, of equal ones those that add most, and then the first by name."""
    keys = list(dict.fromkeys((by, "numerator", "record", "part")))
    descending = [key in (by, "numerator") for key in keys]
    first = items.sort(*keys, descending=descending, nulls_last=True).head(top)
    # engines need not keep the order
    rows = records.collected(first).sort(keys, descending=descending, nulls_last=True)
    return rows.to_dicts()


def _line(row: Mapping[str, Any], rule: Rule, share: float | None) -> ItemLine:
    above = row["numerator"]
    below = row["denominator"] if rule.reduction == "ratio" else None
    return ItemLine(
        record=row["record"],
        part=row["part"],
        numerator=above,
        denominator=below,
        weight=row["weight"],
        ratio=above / below if above is not None and below else None,
        share=share,
        level=rule.levels[row["level"]],
    )
