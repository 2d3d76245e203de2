"""What moved the index: changes by factor and by indicator, for the terminal."""

from collections.abc import Sequence

import polars as pl
from rich.console import Group, RenderableType

from suanli.language import Language, say
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled
from suanli.report.words import node_names, region_name, signed
from suanli.result import Result

_LARGEST = 3
_NOTHING = 5e-7  # points: the residue of rounding, not a movement


def moves_of_region(
    result: Result, language: Language, *, region: str, period: str
) -> RenderableType | None:
    """Return what moved a region's index since the period before; nothing where there is none."""
    return moves_table(
        result.changes.filter(pl.col("period_to") == period), [region], result, language
    )


def moves_table(
    changes: pl.DataFrame, regions: Sequence[str], result: Result, language: Language
) -> RenderableType | None:
    """Return a row a region, in the order given: the change, its factors, and the indicators that moved it most.

    `changes` has the columns region_code, period_from, period_to, indicator, factor, amount and a single pair of
    periods. Factors and indicators stand one a line, the largest first.
    """
    kept = changes.filter(pl.col("region_code").is_in(list(regions)))
    if kept.is_empty():
        return None
    before, after = kept.select("period_from", "period_to").row(0)
    table = plain_table(
        (say("report", f"moved-{column}", language), "right" if column == "change" else "left")
        for column in ("region", "change", "factor", "indicators")
    )
    names = {region.code: region for region in result.regions}
    factors = {name: say("result", f"factor_{name}", language) for name in kept["factor"].unique()}
    indicators = node_names(result.framework, language)
    for code in regions:
        own = kept.filter(pl.col("region_code") == code)
        if own.is_empty():
            continue
        table.add_row(
            region_name(names[code], language),
            signed(float(own["amount"].sum()), result.framework.decimals),
            _amounts(_largest(own, "factor"), factors, result.framework.decimals),
            _amounts(_largest(own, "indicator")[:_LARGEST], indicators, result.framework.decimals),
        )
    key = "moved-title" if before != after else "moved-title-same"
    return titled(say("report", key, language, before=before, after=after), table)


def _largest(own: pl.DataFrame, by: str) -> list[tuple[str, float]]:
    sums = (
        own.group_by(by, maintain_order=True)
        .agg(pl.col("amount").sum())
        .filter(pl.col("amount").abs() > _NOTHING)
        .sort(pl.col("amount").abs(), descending=True, maintain_order=True)
    )
    return sums.rows()


def _amounts(
    sums: Sequence[tuple[str, float]], names: dict[str, str], decimals: int
) -> RenderableType:
    amounts = [signed(amount, decimals) for _, amount in sums]
    room = max(map(len, amounts), default=0)
    return Group(
        *(
            Prose(f"{shown:>{room}} {names.get(key, key)}", hang=room + 1)
            for (key, _), shown in zip(sums, amounts, strict=True)
        )
    )
