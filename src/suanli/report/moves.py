"""What moved the index: changes by factor and by indicator, for the terminal."""

from collections.abc import Sequence

import polars as pl
from rich.console import RenderableType
from rich.table import Table

from suanli.language import Language, say
from suanli.report.words import listed, node_names, signed
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
) -> Table | None:
    """Return a row a region, in the order given: the change, its factors, and the indicators that moved it most.

    `changes` has the columns region_code, period_from, period_to, indicator, factor, amount and a single pair of
    periods.
    """
    kept = changes.filter(pl.col("region_code").is_in(list(regions)))
    if kept.is_empty():
        return None
    before, after = kept.select("period_from", "period_to").row(0)
    table = Table(
        title=say("report", "moved-title", language, before=before, after=after),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for column in ("region", "change", "factor", "indicators"):
        justify = "right" if column == "change" else "left"
        table.add_column(say("report", f"moved-{column}", language), justify=justify)
    names = {region.code: region for region in result.regions}
    for code in regions:
        own = kept.filter(pl.col("region_code") == code)
        if own.is_empty():
            continue
        table.add_row(
            names[code].short if language == "zh" else names[code].en,
            signed(own["amount"].sum(), result.framework.decimals),
            _largest(own, "factor", result, language),
            _largest(own, "indicator", result, language),
        )
    return table


def _largest(own: pl.DataFrame, by: str, result: Result, language: Language) -> str:
    sums = (
        own.group_by(by, maintain_order=True)
        .agg(pl.col("amount").sum())
        .filter(pl.col("amount").abs() > _NOTHING)
        .sort(pl.col("amount").abs(), descending=True, maintain_order=True)
    )
    names = node_names(result.framework, language)
    rows = sums.rows() if by == "factor" else sums.head(_LARGEST).rows()
    return listed(
        tuple(
            f"{say('result', f'factor_{key}', language) if by == 'factor' else names.get(key, key)} "
            f"{signed(amount, result.framework.decimals)}"
            for key, amount in rows
        ),
        language,
    )
