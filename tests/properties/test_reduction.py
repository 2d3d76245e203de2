"""Six years of shipments by recurrence and by direct sum, and sums of regions that add up."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.indicators.rule import ITEM_COLUMNS
from suanli.indicators.rules import RULES
from tests.reduced import reduced
from tests.unit.indicators.made_families import opened, values

WINDOW = 6
FIRST = 2010
LAST = 2024
YEARS = range(FIRST, LAST + 1)
REGION = "440000"

quantities = st.floats(0, 1e6).map(lambda number: round(number, 3))
shipped = st.dictionaries(st.sampled_from(YEARS), st.tuples(quantities, quantities), min_size=7)
numbers = st.none() | st.floats(0, 1e6)
amounts = st.lists(
    st.tuples(st.sampled_from(["110000", "120000"]), numbers, numbers), min_size=1, max_size=12
)


def accumulated(years, periods):
    rows = [
        {"region_code": REGION, "year": year, "kind": "general", "model": "m", "units": units}
        | {"precision": "FP32", "mean_compute": mean}
        for year, (units, mean) in years.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        tables = {"server_shipments": rows}
        with opened(Path(folder), tables, [str(period) for period in periods]) as records:
            found = values(records, RULES["server_compute"])
    return {int(period): value for (_, period), value in found.items()}


@settings(max_examples=8)
@given(years=shipped)
def test_the_sum_of_six_years_moves_on_by_what_comes_and_goes(years):
    """S(t) = S(t−1) + q(t)a(t) − q(t−6)a(t−6) where neither window lacks a year, and none is filled where one does."""
    found = accumulated(years, YEARS)
    for period in YEARS:
        window = range(period - WINDOW + 1, period + 1)
        whole = all(year in years for year in window)
        assert (found.get(period) is not None) == whole
        if not whole:
            continue
        direct = sum(years[year][0] * years[year][1] for year in window) / 1e6
        assert found[period] == pytest.approx(direct, rel=1e-12, abs=1e-12)
        before = found.get(period - 1)
        if before is not None:
            units, mean = years[period]
            gone_units, gone_mean = years[period - WINDOW]
            recurrence = before + (units * mean - gone_units * gone_mean) / 1e6
            assert found[period] == pytest.approx(recurrence, rel=1e-9, abs=1e-6)


def reduced_values(rows, reduction):
    """Return values and coverage of items (region, numerator, denominator) by region."""
    schema = dict(zip(ITEM_COLUMNS, [*[pl.String] * 4, *[pl.Float64] * 3, pl.Int64], strict=True))
    full = [(region, "2023", "r", "", above, below, 1.0, 0) for region, above, below in rows]
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), {}) as records:
        items = records.engine.frame(pl.DataFrame(full, schema=schema, orient="row"))
        found = records.collected(reduced(items, reduction)).to_dicts()
    return {row["region"]: row for row in found}


@settings(max_examples=25)
@given(rows=amounts)
def test_a_ratio_lies_between_the_ratios_of_its_items_and_a_sum_is_that_of_complete_items(rows):
    ratios, sums = reduced_values(rows, "ratio"), reduced_values(rows, "sum")
    for region in {region for region, _, _ in rows}:
        own = [(above, below) for name, above, below in rows if name == region]
        complete = [(above, below) for above, below in own if None not in (above, below)]
        assert ratios[region]["used"] == sums[region]["used"] == len(complete)
        assert ratios[region]["eligible"] == len(own)
        total = sum(above for above, _ in complete)
        assert sums[region]["value"] == (pytest.approx(total, rel=1e-12) if complete else None)
        below = sum(below for _, below in complete)
        assert (ratios[region]["value"] is None) == (below == 0)
        if complete and all(below > 1e-3 for _, below in complete):
            each = [above / below for above, below in complete]
            slack = 1e-9 * max(each) + 1e-12
            assert min(each) - slack <= ratios[region]["value"] <= max(each) + slack
