"""Percentages or fractions: figures under “%” that could be either are asked about, never assumed to be one."""

from collections.abc import Iterator
from types import MappingProxyType

import polars as pl

from suanli.intake.reading.tables import Table, address, capped
from suanli.problems import Problem, Severity
from suanli.regions import Regions

_HUNDRED = 100
_APART = 10.0
"""Times by which one set of figures must exceed another to be of another measure rather than of another year."""
_FAR = 20.0
"""Times by which the median of the other figures must exceed one for it to be doubted."""
_AROUND = 2.0
"""How far beyond the other figures a hundredfold may lie and still be one of them."""
_CONTRADICTED = (50.0, 200.0)
"""Times the region's own other periods: a hundred, and a factor of two for growth."""
_SEVERAL = 2
_NAMED = 10


def fraction_doubts(table: Table, cells: pl.DataFrame, regions: Regions) -> list[Problem]:
    """Return what must be asked of figures under “%” that carry no percent sign and whose unit study.yaml leaves open.

    By code, of the sizes of values other than zero:

    - all of them at most 1: an error, for the whole code;
    - all of one period at most 1, and the median of those above 1 in other periods more than 10 times theirs: an
      error for that period;
    - in a period with figures above 1, those at most 1 that the median of the former exceeds 20 times: a warning, as
      small shares are real. It is an error where the hundredfold lies among the figures above 1 (from half the least
      to twice the greatest) and, besides, either another period of the same region is 50 to 200 times as large; or
      it lies there for two regions or more, nothing is between the two sets for a factor of 10, and the figures up to 1
      either all lie there or are at least half of the period's.

    Where some figures are negative, as growth rates are, others near zero are ordinary: of these three only the last
    is told.

    `cells` are those figures, with `code`, `period`, `region_code`, `line`, `column` and `value`.
    """
    problems: dict[str, list[Problem]] = {}
    for problem in _doubts(table, cells, regions):
        problems.setdefault(problem.code, []).append(problem)
    return [problem for same in problems.values() for problem in capped(same)]


def _doubts(table: Table, cells: pl.DataFrame, regions: Regions) -> Iterator[Problem]:
    sized = cells.with_columns(size=pl.col("value").abs())
    for _, figures in sized.group_by("code", maintain_order=True):
        small = figures.filter(_is_small())
        if small.is_empty():
            continue
        if small.height == figures.filter(pl.col("size") > 0).height:
            yield _all_small(table, figures, "")
            continue
        asked = set(small["period"].unique())
        for (period,), those in figures.group_by("period", maintain_order=True):
            if period in asked:
                yield from _of_period(table, figures, those, regions)


def _is_small() -> pl.Expr:
    return (pl.col("size") > 0) & (pl.col("size") <= 1)


def _of_period(
    table: Table, figures: pl.DataFrame, those: pl.DataFrame, regions: Regions
) -> list[Problem]:
    small = those.filter(_is_small())
    large = those.filter(pl.col("size") > 1)
    if not large.is_empty():
        return list(_mixture(table, figures, (small, large), regions))
    elsewhere = _median(figures.filter(pl.col("size") > 1))
    if elsewhere <= _APART * _median(small):
        return []
    return [_all_small(table, those, str(those["period"][0]))]


def _mixture(
    table: Table, figures: pl.DataFrame, sets: tuple[pl.DataFrame, pl.DataFrame], regions: Regions
) -> Iterator[Problem]:
    small, large = sets
    typical = _median(large)
    least, most = large["size"].to_numpy().min(), large["size"].to_numpy().max()
    doubted = small.filter(pl.col("size") * _FAR < typical)
    if doubted.is_empty():
        return
    among = pl.col("size") * _HUNDRED
    likely = doubted.filter(among.is_between(least / _AROUND, most * _AROUND))
    apart = least >= _APART * small["size"].to_numpy().max()
    enough = likely.height == small.height or small.height >= large.height
    if not (apart and enough and likely["region_code"].n_unique() >= _SEVERAL):
        if bool((figures["value"] < 0).any()):
            return
        likely = likely.filter(pl.col("region_code").is_in(_contradicted(figures, likely)))
    unlikely = doubted.join(likely, on=["line", "column"], how="anti", maintain_order="left")
    for code, severity, some in (
        ("percent-and-fraction", Severity.ERROR, likely),
        ("percent-perhaps-fraction", Severity.WARNING, unlikely),
    ):
        if not some.is_empty():
            yield _cells_asked(table, code, severity, some, regions, typical)


def _contradicted(figures: pl.DataFrame, likely: pl.DataFrame) -> list[str]:
    """Return the regions another of whose periods is about a hundred times as large."""
    pairs = likely.select("region_code", "size").join(
        figures.select("region_code", pl.col("size").alias("other")), on="region_code"
    )
    times = pl.col("other") / pl.col("size")
    return sorted(pairs.filter(times.is_between(*_CONTRADICTED))["region_code"].unique())


def _median(figures: pl.DataFrame) -> float:
    return float(figures.select(pl.col("size").median()).item())


def _all_small(table: Table, figures: pl.DataFrame, period: str) -> Problem:
    first = figures.row(0, named=True)
    place = table.place(first["line"], first["column"], code=first["code"], period=period)
    largest = float(figures.select(pl.col("size").max()).item())
    details = {"count": figures.height, **_when(period)}
    return Problem(
        "percent-or-fraction",
        Severity.ERROR,
        place,
        found=f"{largest:g}",
        details=MappingProxyType(details),
    )


def _when(period: str) -> dict[str, str]:
    """Return how a sentence names the period; for all periods together it names none."""
    if not period:
        return {"when_zh": "全部", "when_en": ""}
    year = period.isdigit() and len(period) == 4
    return {"when_zh": f"{period}{'年' if year else ' '}全部", "when_en": f" of {period}"}


def _cells_asked(
    table: Table,
    code: str,
    severity: Severity,
    some: pl.DataFrame,
    regions: Regions,
    typical: float,
) -> Problem:
    shown = some.head(_NAMED)
    more = " …" if some.height > _NAMED else ""
    first = shown.row(0, named=True)
    names = [
        regions.by_code[region].name for region in shown["region_code"].unique(maintain_order=True)
    ]
    found = ", ".join(
        f"{address(table.addressing, line, column)}: {value:g}"
        for line, column, value in shown.select("line", "column", "value").iter_rows()
    )
    return Problem(
        code,
        severity,
        table.place(first["line"], first["column"], code=first["code"], period=first["period"]),
        found=f"{found}{more}",
        details=MappingProxyType(
            {
                "count": some.height,
                "typical": f"{typical:g}",
                "regions_zh": "、".join(name.zh for name in names) + more,
                "regions_en": ", ".join(name.en for name in names) + more,
            }
        ),
    )
