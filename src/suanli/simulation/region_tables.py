"""Regional statistics, graduates, and where the leading firms are."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.shares import Floats, stream

LEADING, GRADUATES = "3.4.2.1", "3.4.2.2"
_FIRMS = (50, 200)
"""Least and most leading firms of the nation."""
_FOLLOWERS, _PRESENT = 40, 0.1
"""Other firms of the nation, and the share of regions where each of them is."""
_COMPUTING = (0.06, 0.14)
"""Share of graduates in computing."""


def region_statistics(aims: Aims) -> pl.DataFrame:
    """Return the table of regional statistics."""
    columns = {name: aims.base(name) for name in ("population", "area", "gdp")}
    for name, code, unit in (
        ("industry_digitalisation", "2.5.2.1", "亿元"),
        ("open_data_index", "2.4.3.1", "/"),
    ):
        if aims.has(code):
            columns[name] = aims.of(code, unit)
    return pl.DataFrame(
        {
            **aims.region_years(),
            **{name: values.ravel() for name, values in columns.items()},
        }
    )


def graduates(aims: Aims) -> pl.DataFrame:
    """Return the table of graduates: all, and the part in computing and in other fields."""
    rng = stream(aims.seed, "graduates")
    totals = np.rint(aims.of(GRADUATES, "人"))
    share = rng.uniform(*_COMPUTING, len(aims.regions))
    computing = np.rint(totals * share)
    amounts = {"all": totals, "computing": computing, "other": totals - computing}
    frames = [
        pl.DataFrame({**aims.region_years(), "graduates": amount.ravel()}).select(
            "region_code", "year", pl.lit(field).alias("field"), "graduates"
        )
        for field, amount in amounts.items()
    ]
    return pl.concat(frames).sort("year", "region_code", "field")


def firms(aims: Aims) -> pl.DataFrame:
    """Return the table of firms: every leading firm of a year is in some region, and others are there as well."""
    rng = stream(aims.seed, "firms")
    shares = aims.of(LEADING, "1")
    nation = _nation(shares)
    order = np.argsort(rng.random((len(aims.regions), nation)), axis=1)
    others = rng.random((len(aims.regions), _FOLLOWERS)) < _PRESENT
    rows: list[tuple[str, int, str, bool]] = []
    for period, year in enumerate(aims.years):
        present = _present(shares[period], order)
        for region, code in enumerate(aims.regions):
            leading = np.flatnonzero(present[region])
            rows += [(f"F{firm + 1:04d}", year, code, True) for firm in leading]
            rows += [
                (f"N{firm + 1:04d}", year, code, False) for firm in np.flatnonzero(others[region])
            ]
    schema = {
        "firm_id": pl.String,
        "year": pl.Int64,
        "region_code": pl.String,
        "leading": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _nation(shares: Floats) -> int:
    """Return the number of leading firms that regions can hold and whose whole numbers come nearest to the shares."""
    counts = np.arange(_FIRMS[0], _FIRMS[1] + 1)
    whole = np.rint(shares * counts[:, None, None])
    held = (whole.sum(axis=2) >= counts[:, None]).all(axis=1)
    off = np.abs(whole / counts[:, None, None] - shares).sum(axis=(1, 2))
    return int(counts[int(np.argmin(np.where(held, np.round(off, 9), np.inf)))])


def _present(shares: Floats, order: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which firms are in which region: regions × firms, every firm in at least one if the shares allow it."""
    regions, nation = order.shape
    counts = np.rint(shares * nation).astype(np.int64)
    present = np.zeros((regions, nation), dtype=np.bool_)
    for region in range(regions):
        present[region, order[region, : counts[region]]] = True
    for firm in np.flatnonzero(~present.any(axis=0)):
        # a firm that is nowhere takes the place of one that is in several regions
        spare = np.argwhere(present & (present.sum(axis=0) > 1))
        if not spare.size:
            break  # shares that do not add up to 1: the others are in no region of the study
        region, other = spare[int(np.argmax(counts[spare[:, 0]]))]
        present[region, other], present[region, firm] = False, True
    return present
