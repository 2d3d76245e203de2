"""All rules of a framework on records: values, origins, measures, figures of all regions, and what is told."""

import numpy as np
import polars as pl
import pytest

from suanli.framework import bundled
from suanli.indicators.recorded import recorded, value_source
from suanli.indicators.rules import RULES as ALL_RULES
from suanli.intake.grid import ORIGINS
from suanli.problems import Severity
from tests.made import framework, indicator
from tests.spark_ready import needs_spark, spark  # noqa: F401
from tests.unit.indicators.fakes import (
    FRAMEWORK,
    PERIODS,
    REGIONS,
    RULES,
    TABLES,
    centre,
    records,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with records(tmp_path_factory.mktemp("records") / "r") as opened:
        return recorded(FRAMEWORK, opened, source="统计报表", rules=RULES)


def test_values_in_the_indicators_units(made):
    assert made.grid.codes == ("u", "n", "x", "t")
    assert made.grid.periods == PERIODS
    assert made.grid.regions == REGIONS.codes
    nan = np.nan
    np.testing.assert_allclose(
        made.grid.values,
        [
            [[nan, nan, 0, nan], [nan, nan, 1, nan], [nan, nan, 0, nan]],
            [[50, 2, 0, 40], [200 / 3, 1, 1, 30], [nan, 0, 0, nan]],
        ],
    )


def test_a_fallback_is_an_estimate_and_named_in_the_source(made):
    at = (1, slice(0, 2), 0)
    assert [ORIGINS[code] for code in made.grid.origins[at]] == ["reported", "estimated"]
    assert [made.grid.sources[place] for place in made.grid.source_ids[at]] == [
        "统计报表",
        "统计报表（guessed）",
    ]
    assert ORIGINS[made.grid.origins[1, 2, 0]] == "missing"


@pytest.mark.parametrize(("level", "expected"), [(0, "表"), (1, "表（guessed）"), (5, "表")])
def test_source(level, expected):
    assert value_source("表", RULES["racks"], level) == expected
    assert value_source("", RULES["racks"], 1) == "guessed"


def test_simulated_records_stay_simulated(tmp_path):
    with records(tmp_path / "r") as opened:
        made = recorded(FRAMEWORK, opened, origin="simulated", rules=RULES)
    assert set(np.unique(made.grid.origins)) == {0, ORIGINS.index("simulated")}


def test_measures(made):
    rows = made.measures.filter(region_code="440000", indicator="u", period="2022")
    assert [row[3:] for row in rows.rows()] == [
        ("numerator", "", 5.0, ""),
        ("denominator", "", 10.0, ""),
        ("used", "", 1.0, "1"),
        ("eligible", "", 2.0, "1"),
        ("weight_share", "", 0.25, "1"),
        ("level", "stated", 0.0, "1"),
        ("median", "", 50.0, "%"),
        ("p95", "", 50.0, "%"),
        ("part", "data_centre", 5.0, ""),
        ("n", "", 2.0, "个"),
    ]


def test_parts_add_up_to_the_numerator_in_its_unit(made):
    own = made.measures.filter(region_code="440000", indicator="t", period="2022")
    assert own.filter(measure="part")["value"].to_list() == [100_000.0, 300_000.0]
    assert own.filter(measure="numerator").row(0)[-2:] == (400_000.0, "个")
    empty = made.measures.filter(region_code="630000", indicator="n", period="2022")
    assert empty.select("measure", "value").rows() == [("used", 0.0), ("eligible", 0.0)]


def test_the_units_of_the_sums_go_by_the_fallback_of_the_region(tmp_path):
    rows = [
        centre("p", 2022, "贵州", None, reported_pue=1.5),
        centre("q", 2022, "贵州", None, reported_pue=1.2),
        centre("r", 2022, "广东", None, 10.0, reported_pue=1.3),
    ]
    asked = framework(indicator("p", unit="1", rule="pue"))
    with records(tmp_path / "r", {"facilities": rows}) as opened:
        made = recorded(asked, opened)
    year = 10.0 * 2.5 * 365 * 24
    sums = made.measures.filter(pl.col("measure").is_in(["numerator", "denominator", "level"]))
    assert sums.select("region_code", "measure", "part", "value", "unit").rows() == [
        ("440000", "numerator", "", pytest.approx(1.3 * year), "kWh"),
        ("440000", "denominator", "", year, "kWh"),
        ("440000", "level", "by_racks", 2.0, "1"),
        ("520000", "numerator", "", pytest.approx(2.7), "1"),
        ("520000", "denominator", "", 2.0, "个"),
        ("520000", "level", "plain_mean", 3.0, "1"),
    ]


def test_measures_stand_in_the_order_of_the_study(made):
    order = made.measures.select("period", "region_code", "indicator").unique(maintain_order=True)
    codes = ["u", "n", "x", "t"]
    expected = sorted(
        order.rows(),
        key=lambda row: (row[0], REGIONS.codes.index(row[1]), codes.index(row[2])),
    )
    assert order.rows() == expected


def test_all_regions_together(made):
    row = made.overall.filter(indicator="u", period="2022").row(0, named=True)
    assert row["value"] == pytest.approx(100 * 25 / 40)
    assert (row["used"], row["eligible"], row["regions"], row["fallback_regions"]) == (2, 3, 2, 1)
    assert row["weight_share"] == pytest.approx(4 / 7)
    assert row["level"] == "guessed"
    assert made.overall.filter(indicator="t", period="2022")["value"].to_list() == [70.0]


def test_what_is_told(made):
    told = {problem.code: problem for problem in made.problems}
    assert set(told) == {"coverage-incomplete", "fallback-used"}
    note = told["coverage-incomplete"]
    assert note.severity is Severity.NOTE
    assert "2022年2/3，按权重57.1%；最低为广东省（2022年，25%）" in note.message("zh")
    assert "2022: 2 of 3, 57.1% by weight; the lowest is Guangdong" in note.message("en")
    assert told["fallback-used"].severity is Severity.WARNING
    assert told["fallback-used"].found == "520000 2022"


def test_rows_outside_the_study_count_nowhere(made):
    assert "310000" not in made.measures["region_code"]
    assert set(made.measures["period"]) == {"2021", "2022"}


def test_rules_that_do_not_fit_are_told_and_left_out(tmp_path):
    odd = framework(
        indicator("a", rule="rack"),
        indicator("b", unit="km", rule="count"),
        indicator(
            "c", unit="EFLOPS", rule="power", caliber={"side": "device", "precision": "FP32"}
        ),
        indicator("d", unit="个", rule="chips"),
        indicator("e", unit="个", rule="count"),
    )
    with records(tmp_path / "r") as opened:
        made = recorded(odd, opened, rules=RULES)
    assert made.grid.codes == ("e",)
    told = {problem.code: problem for problem in made.problems}
    assert {code for code, each in told.items() if each.severity is Severity.ERROR} == {
        "rule-unknown",
        "rule-unit",
        "rule-caliber",
    }
    assert "racks" in told["rule-unknown"].expected
    assert told["rule-caliber"].found == "infrastructure FP32"
    assert told["rule-tables-absent"].found == "chips: d"


def test_nothing_to_compute(tmp_path):
    with records(tmp_path / "r") as opened:
        made = recorded(framework(indicator("a")), opened, rules=RULES)
    assert made.grid.codes == ()
    assert made.grid.values.shape == (2, 3, 0)
    assert made.measures.is_empty()
    assert made.pairs.is_empty()
    assert made.overall.is_empty()
    assert made.problems == ()


def test_every_rule_of_the_package_runs_on_a_register_alone(tmp_path):
    tables = {"facilities": TABLES["facilities"]}
    with records(tmp_path / "r", tables) as opened:
        made = recorded(bundled("ccpe-3.0"), opened)
    assert {problem.code for problem in made.problems} <= {
        "rule-tables-absent",
        "coverage-incomplete",
        "fallback-used",
    }
    rate = made.grid.values[1, 0, made.grid.codes.index("3.1.2.1")]
    assert rate == pytest.approx(50.0)
    assert made.measures.filter(pl.col("value").is_nan()).is_empty()


def test_every_indicator_of_the_bundled_frameworks_has_a_rule_that_fits():
    from suanli.indicators.planned import plan_of

    class Everything:
        def has(self, table):
            return True

    for name in ("cpdi-2.0", "ccpe-3.0"):
        plan = plan_of(bundled(name), Everything(), ALL_RULES)
        assert plan.problems == ()
        assert len(plan.planned) == len(bundled(name).indicators())


@needs_spark
def test_spark_gives_the_same(made, spark, tmp_path):  # noqa: F811
    with records(tmp_path / "r", engine=spark) as opened:
        found = recorded(FRAMEWORK, opened, source="统计报表", rules=RULES)
    np.testing.assert_allclose(found.grid.values, made.grid.values, rtol=1e-12)
    np.testing.assert_array_equal(found.grid.origins, made.grid.origins)
    assert found.measures.drop("value").equals(made.measures.drop("value"))
    np.testing.assert_allclose(found.measures["value"], made.measures["value"], rtol=1e-12)
    assert found.problems == made.problems
