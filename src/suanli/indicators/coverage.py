"""How far the records reach: figures of all regions together, and notes on what is incomplete or stands in."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import polars as pl

from suanli.framework.units import converted
from suanli.indicators.kept_items import RULE, by_rule
from suanli.indicators.listing import listed
from suanli.indicators.native_units import native_units
from suanli.indicators.planned import Planned
from suanli.indicators.rule_words import level_words, rule_words
from suanli.language import Text, pair, share_text
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions

SCHEMA = MappingProxyType(
    {
        "indicator": pl.String,
        "period": pl.String,
        "rule": pl.String,
        "value": pl.Float64,
        "unit": pl.String,
        "regions": pl.Int64,
        "used": pl.Int64,
        "eligible": pl.Int64,
        "weight_share": pl.Float64,
        "fallback_regions": pl.Int64,
        "level": pl.String,
    }
)
"""Columns of the figures of all regions together; `level` is the furthest fallback that was used anywhere."""


def overall(
    planned: Sequence[Planned], values: pl.DataFrame, regions: Regions | None = None
) -> pl.DataFrame:
    """Return each indicator's figures of all regions together, a row a period.

    The value is that of all items together: Σ numerator, or Σ numerator / Σ denominator over every region. Items that
    count in several regions count once; where each region has a share in every item, there is no value of all.
    """
    frames = [pl.DataFrame(schema=dict(SCHEMA))]
    sums = by_rule(_together(planned, values, regions)) if planned else {}
    frames += [_overall(one, sums[one.rule.name]) for one in planned if one.rule.name in sums]
    return pl.concat(frames)


def _together(
    planned: Sequence[Planned], values: pl.DataFrame, regions: Regions | None
) -> pl.DataFrame:
    """Return the sums over all regions by rule and period, each item once; weights are null where any region's is."""
    times = {"one": 1, "both": 2, "every": len(regions.codes) if regions else 1}
    counted = {one.rule.name: times[one.rule.counted_in] for one in planned}
    own = values.filter(pl.col(RULE).is_in(list(counted)))
    known = pl.col("value").is_not_null()
    otherwise = pl.col("otherwise")
    alike = known & (otherwise == otherwise.filter(known).min())
    items = pl.col("eligible") > 0
    weights = (
        pl.when(pl.col(name).filter(items).null_count() == 0).then(pl.col(name).sum()).alias(name)
        for name in ("weight_used", "weight")
    )
    sums = (
        own.with_columns(otherwise=_otherwise(planned))
        .group_by(RULE, "period")
        .agg(
            pl.col("numerator").filter(alike).sum(),
            pl.col("denominator").filter(alike).sum(),
            pl.col("used", "eligible").sum(),
            *weights,
            pl.col("level").max(),
            regions=known.sum().cast(pl.Int64),
            fallback_regions=(pl.col("level") > 0).sum().cast(pl.Int64),
        )
    )
    once = pl.col("used", "eligible") // pl.col(RULE).replace_strict(counted, return_dtype=pl.Int64)
    return sums.with_columns(once).sort(RULE, "period")


def _otherwise(planned: Sequence[Planned]) -> pl.Expr:
    """Return 1 for the sums of a fallback that are in other units than the caliber's, else 0."""
    fallbacks = (
        (pl.col(RULE) == one.rule.name) & (pl.col("level") == level)
        for one in planned
        for level in range(1, len(one.rule.levels))
        if native_units(one.rule, level=level) != native_units(one.rule)
    )
    return pl.any_horizontal(pl.lit(value=False), *fallbacks).fill_null(value=False).cast(pl.Int8)


def coverage_notes(
    planned: Sequence[Planned], values: pl.DataFrame, regions: Regions
) -> list[Problem]:
    """Return a note for each indicator whose items are not all complete, and a warning for each that fell back."""
    lacking = by_rule(values.filter(pl.col("used") < pl.col("eligible")))
    fallen = by_rule(values.filter(pl.col("level") > 0, pl.col("value").is_not_null()))
    problems: list[Problem] = []
    for one in planned:
        name = one.rule.name
        if name in lacking:
            problems.append(_incomplete(one, values, lacking[name], regions))
        if name in fallen:
            problems += _fallbacks(one, fallen[name], regions)
    return problems


def _overall(one: Planned, sums: pl.DataFrame) -> pl.DataFrame:
    ratio = one.rule.reduction == "ratio"
    amount = pl.col("numerator") / pl.col("denominator") if ratio else pl.col("numerator")
    known = (pl.col("regions") > 0) & (one.rule.counted_in != "every")
    raw = sums.select(pl.when(known).then(amount).fill_null(float("nan"))).to_series().to_numpy()
    amounts = converted(raw, one.rule.unit, one.indicator.unit)
    share = pl.when(pl.col("weight") > 0).then(pl.col("weight_used") / pl.col("weight"))
    return sums.with_columns(
        pl.Series("value", amounts, dtype=pl.Float64).fill_nan(None),
        pl.lit(one.indicator.code).alias("indicator"),
        pl.lit(one.rule.name).alias("rule"),
        pl.lit(one.indicator.unit).alias("unit"),
        share.alias("weight_share"),
        pl.col("level").replace_strict(
            dict(enumerate(one.rule.levels)), default=None, return_dtype=pl.String
        ),
    ).select(*SCHEMA)


def _incomplete(
    one: Planned, values: pl.DataFrame, lacking: pl.DataFrame, regions: Regions
) -> Problem:
    """Return the note of an indicator some of whose items lack a figure, with the region that is covered least."""
    by_period = _together([one], values, regions)
    rows = by_period.filter(pl.col("used") < pl.col("eligible")).to_dicts()
    told = [_covered(row) for row in rows]
    share = (
        pl.when(pl.col("weight") > 0)
        .then(pl.col("weight_used") / pl.col("weight"))
        .otherwise(pl.col("used") / pl.col("eligible"))
    )
    lowest = lacking.with_columns(share=share).sort("share", "period", "region").to_dicts()[0]
    name = regions.by_code[lowest["region"]].name
    record = rule_words(one.rule.name, "record") or pair("tracing", "item")
    return Problem(
        "coverage-incomplete",
        Severity.NOTE,
        Place(code=one.indicator.code),
        details={
            **_both("name", one.indicator.name),
            **_both("record", record),
            "covered_zh": "；".join(text.zh for text in told),
            "covered_en": "; ".join(text.en for text in told),
            **_both("lowest", name),
            "period": lowest["period"],
            "share": share_text(lowest["share"]),
        },
    )


def _covered(row: Mapping[str, float]) -> Text:
    counts = {name: row[name] for name in ("period", "used", "eligible")}
    if not row["weight"]:
        return pair("tracing", "covered-counted", **counts)
    share = share_text(row["weight_used"] / row["weight"])
    return pair("tracing", "covered", share=share, **counts)


def _fallbacks(one: Planned, values: pl.DataFrame, regions: Regions) -> Iterator[Problem]:
    """Yield a warning for each fallback by which values were computed, as the furthest in their regions."""
    for level, name in enumerate(one.rule.levels[1:], start=1):
        fallen = values.filter(pl.col("level") == level).select("region", "period")
        if fallen.is_empty():
            continue
        found = [f"{region} {period}" for region, period in fallen.rows()]
        named = [(regions.by_code[region].name, period) for region, period in fallen.rows()]
        yield Problem(
            "fallback-used",
            Severity.WARNING,
            Place(code=one.indicator.code),
            found=listed(found),
            details={
                "count": len(found),
                "found": Text(
                    listed([f"{name.zh}{period}年" for name, period in named], "zh"),
                    listed([f"{name.en} {period}" for name, period in named]),
                ),
                **_both("name", one.indicator.name),
                **_both("level", level_words(name)),
            },
        )


def _both(key: str, words: Text) -> dict[str, str]:
    return {f"{key}_zh": words.zh, f"{key}_en": words.en}
