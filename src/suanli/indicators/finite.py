"""Whether what records add up to is a number: amounts may be so large that their sums are infinite."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework.units import converted
from suanli.indicators.kept_items import RULE, by_rule
from suanli.indicators.listing import listed
from suanli.indicators.planned import Planned
from suanli.indicators.rule import Rule
from suanli.language import Text, pair
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions

_SUMS = ("numerator", "denominator", "weight_used", "weight")
_IN_UNITS = ("value", "median", "p95")

_SMALL = 1e200
"""No unit is so much larger than another that what is below this becomes infinite."""

_Cell = tuple[str, tuple[str, ...]]
"""A period, and a region of it, the two of a pair, or none for all regions together."""


def check_finite(
    planned: Sequence[Planned], values: pl.DataFrame, parts: pl.DataFrame, regions: Regions
) -> list[Problem]:
    """Return an error for each indicator of which a figure is beyond the largest number, or rests on a sum that is.

    `values` and `parts` are those of the kept items, by the rule's key. A figure that is null is missing; one that is
    infinite, or not a number since infinities cancel, is looked for, after its conversion and for all regions together
    too.
    """
    figures = pl.concat([values, parts, _together(values)], how="diagonal")
    large = ~(pl.col(*_SUMS, *_IN_UNITS).abs() < _SMALL)
    if not figures.select(pl.any_horizontal(large).any()).item():
        return []
    every = by_rule(figures)
    found = ((one.indicator, _beyond(one, every)) for one in planned)
    return [
        _problem(Place(code=indicator.code), indicator.name, cells, regions)
        for indicator, cells in found
        if cells
    ]


def check_finite_pairs(pairs: pl.DataFrame, regions: Regions) -> list[Problem]:
    """Return an error if a figure of the matrix of regions is beyond the largest number."""
    figures = [name for name, kind in pairs.schema.items() if kind == pl.Float64]
    lost = pairs.filter(_not_finite(figures)).select("period", "region_code", "other_code")
    cells = [(period, ends) for period, *ends in lost.iter_rows()]
    found = [(period, tuple(dict.fromkeys(ends))) for period, ends in cells]
    return (
        [_problem(Place(), pair("result", "title_region_pairs"), found, regions)] if found else []
    )


def _together(values: pl.DataFrame) -> pl.DataFrame:
    """Return the sums over all regions by rule and period; their region is null."""
    sums = values.group_by(RULE, "period", maintain_order=True).agg(pl.col(_SUMS).sum())
    return sums.with_columns(region=pl.lit(None, dtype=pl.String))


def _beyond(one: Planned, every: Mapping[str, pl.DataFrame]) -> list[_Cell]:
    """Return where a figure of an indicator is no number; all regions only where no single one is told."""
    cells: dict[_Cell, None] = {}
    for key, rule in one.rules.items():
        if key in every:
            rows = every[key]
            unit = one.indicator.unit if rule is one.rule else rule.unit
            lost = rows.filter(_not_finite((*_SUMS, *_IN_UNITS)) | _overflowing(rows, rule, unit))
            at = lost.select("period", "region").iter_rows()
            cells |= {(period, (region,) if region else ()): None for period, region in at}
    told = {period for period, at in cells if at}
    return sorted(cell for cell in cells if cell[1] or cell[0] not in told)


def _not_finite(columns: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(~pl.col(columns).is_finite())


def _overflowing(rows: pl.DataFrame, rule: Rule, unit: str) -> pl.Series:
    """Return whether a figure is infinite in a unit that it is converted to."""
    # the value of a sum is its numerator, which all regions together have too
    names = ("numerator",) if rule.reduction == "sum" else _IN_UNITS
    with np.errstate(over="ignore"):
        figures = [converted(rows[name].to_numpy(), rule.unit, unit) for name in names]
    infinite: NDArray[np.bool_] = np.any(np.isinf(figures), axis=0)
    return pl.Series(infinite)


def _problem(place: Place, name: Text, cells: Sequence[_Cell], regions: Regions) -> Problem:
    every = pair("tracing", "indicators-overall")
    found, zh, en = [], [], []
    for period, at in cells:
        names = [regions.by_code[region].name for region in at] or [every]
        found.append(f"{'–'.join(at) or every.en} {period}")
        zh.append(f"{'—'.join(name.zh for name in names)}{period}年")
        en.append(f"{'–'.join(name.en for name in names)} {period}")
    details = {
        "name_zh": name.zh,
        "name_en": name.en,
        "count": len(cells),
        "found": Text(listed(zh, "zh"), listed(en)),
    }
    return Problem("figure-too-large", Severity.ERROR, place, listed(found), details=details)
