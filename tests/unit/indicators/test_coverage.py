"""Figures of all regions together, and how much of the records they rest on."""

import polars as pl
import pytest

from suanli.indicators.coverage import coverage_notes, overall
from suanli.indicators.planned import Planned
from suanli.indicators.rules import RULES as EVERY
from tests.made import framework, indicator
from tests.unit.indicators.fakes import FRAMEWORK, REGIONS, RULES

(ASKED,) = (one for one in FRAMEWORK.indicators() if one.code == "u")
RATIO = Planned(ASKED, RULES["racks"])
PUE = EVERY["pue"]
SCHEMA = {
    **dict.fromkeys(("rule", "region", "period"), pl.String),
    **dict.fromkeys(("value", "numerator", "denominator"), pl.Float64),
    **dict.fromkeys(("used", "eligible", "level"), pl.Int64),
    **dict.fromkeys(("weight_used", "weight"), pl.Float64),
}
NOTHING = {
    "rule": "racks",
    "period": "2022",
    "used": 0,
    "eligible": 1,
    "numerator": 0.0,
    "denominator": 0.0,
    "weight_used": 0.0,
    "weight": 1.0,
}


def values(*stated):
    """Return a row of values for each of the first regions: what is stated, else one item without figures."""
    rows = [
        {**NOTHING, "region": region, **row}
        for region, row in zip(REGIONS.codes, stated, strict=False)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def whole(numerator, denominator, **more):
    value = numerator / denominator if denominator else None
    sums = {"value": value, "numerator": numerator, "denominator": denominator, "used": 1}
    return {**sums, "level": 0, "weight_used": 1.0, **more}


def test_a_region_without_a_value_adds_nothing_to_the_figure_of_all():
    of_nothing = whole(3.0, 0.0)
    (row,) = overall([RATIO], values(whole(5.0, 10.0), of_nothing), REGIONS).to_dicts()
    assert row["value"] == 50.0
    assert (row["regions"], row["used"], row["eligible"]) == (1, 2, 2)


def test_means_of_pues_are_not_added_to_energy():
    pue = Planned(next(iter(framework(indicator("p", unit="1", rule="pue")).indicators())), PUE)
    metered, mean = whole(130.0, 100.0, rule="pue"), whole(2.7, 2.0, rule="pue", level=3)
    (both,) = overall([pue], values(metered, mean), REGIONS).to_dicts()
    assert (both["value"], both["regions"], both["fallback_regions"]) == (1.3, 2, 1)
    (means,) = overall([pue], values(mean, mean), REGIONS).to_dicts()
    assert means["value"] == pytest.approx(1.35)


def test_without_any_value_there_is_none_of_all():
    (row,) = overall([RATIO], values({}, whole(3.0, 0.0)), REGIONS).to_dicts()
    assert (row["value"], row["regions"]) == (None, 0)


@pytest.mark.parametrize(
    ("known", "told"),
    [(0.99999, "99.9"), (0.999, "99.9"), (0.5, "50"), (0.123456, "12.3"), (0.0, "0")],
)
def test_a_share_is_never_rounded_up_to_all(known, told):
    lacking = whole(5.0, 10.0, eligible=2, weight_used=known)
    (note,) = coverage_notes([RATIO], values(lacking), REGIONS)
    assert note.details["share"] == f"{told}%"
    assert f"{told}%" in note.details["covered_en"]


def test_all_of_the_weight_is_all_of_it_even_where_an_item_of_no_weight_is_lacking():
    lacking = whole(5.0, 10.0, eligible=2, weight_used=1.0)
    (note,) = coverage_notes([RATIO], values(lacking), REGIONS)
    assert note.details["share"] == "100%"


def test_a_fallback_is_told_where_it_gave_a_value():
    found = values(whole(1.0, 2.0, level=1), whole(1.0, 2.0), whole(3.0, 0.0, level=1))
    (warning,) = coverage_notes([RATIO], found, REGIONS)
    assert warning.code == "fallback-used"
    assert (warning.found, warning.details["count"]) == (f"{REGIONS.codes[0]} 2022", 1)
