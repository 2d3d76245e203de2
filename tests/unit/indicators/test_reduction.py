"""Items to values."""

import polars as pl
import pytest

from suanli.indicators.reduction import VALUE_COLUMNS, parts_of
from suanli.indicators.rule import ITEM_COLUMNS
from tests.reduced import reduced
from tests.unit.indicators.made_families import opened


def reduced_rows(tmp_path, rows, reduction="ratio", function=None):
    """Return values of items (region, part, numerator, denominator, weight, level) by region."""
    frame = pl.DataFrame(
        [(row[0], "2023", str(place), *row[1:]) for place, row in enumerate(rows)],
        schema=dict(
            zip(ITEM_COLUMNS, [*[pl.String] * 4, *[pl.Float64] * 3, pl.Int64], strict=True)
        ),
        orient="row",
    )
    with opened(tmp_path, {}) as records:
        items = records.engine.frame(frame)
        return records.collected(function(items) if function else reduced(items, reduction))


def test_a_ratio_is_of_sums_over_complete_items_and_says_what_it_rests_on(tmp_path):
    rows = [
        ("110000", "", 120.0, 100.0, 100.0, 0),
        ("110000", "", 20.0, 10.0, 10.0, 1),
        ("110000", "", None, 40.0, 40.0, 3),
        ("110000", "", 7.0, None, 50.0, 3),
    ]
    found = reduced_rows(tmp_path, rows)
    assert tuple(found.columns) == VALUE_COLUMNS
    row = found.to_dicts()[0]
    assert row["value"] == pytest.approx(140 / 110, rel=1e-15)
    assert (row["numerator"], row["denominator"]) == (140.0, 110.0)
    assert (row["used"], row["eligible"]) == (2, 4)
    assert (row["weight_used"], row["weight"]) == (110.0, 200.0)
    assert row["level"] == 1
    assert row["median"] == pytest.approx(1.6, rel=1e-15)
    assert row["p95"] == pytest.approx(1.2 + 0.95 * 0.8, rel=1e-15)


def test_zero_over_zero_and_nothing_complete_are_missing(tmp_path):
    rows = [("110000", "", 5.0, 0.0, 1.0, 0), ("120000", "", None, 4.0, 1.0, 0)]
    values = reduced_rows(tmp_path, rows).sort("region")["value"].to_list()
    assert values == [None, None]


def test_a_sum_of_nothing_known_is_missing_and_one_of_zeros_is_zero(tmp_path):
    rows = [("110000", "", None, 1.0, 1.0, 0), ("120000", "", 0.0, 1.0, 1.0, 0)]
    found = reduced_rows(tmp_path, rows, "sum").sort("region")
    assert found["value"].to_list() == [None, 0.0]
    assert found["median"].to_list() == [None, None]
    assert found["p95"].to_list() == [None, None]


def test_parts_are_those_that_are_named(tmp_path):
    rows = [
        ("110000", "FP16", 1.0, 1.0, 1.0, 0),
        ("110000", "FP16", 2.0, 1.0, 1.0, 0),
        ("110000", "FP32", 4.0, 1.0, 1.0, 0),
        ("110000", "", 8.0, 1.0, 1.0, 0),
    ]
    found = reduced_rows(tmp_path, rows, function=parts_of).sort("part")
    assert found.select("part", "numerator", "used").rows() == [("FP16", 3.0, 2), ("FP32", 4.0, 1)]
