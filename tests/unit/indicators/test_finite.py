"""Numbers so large that sums, ratios or conversions are infinite: errors that say where."""

import polars as pl
import pytest

from suanli.indicators.recorded import recorded
from suanli.problems import Severity, StudyError
from tests.made import framework, indicator
from tests.spark_ready import needs_spark, spark  # noqa: F401
from tests.unit.indicators.fakes import RULES, centre, records
from tests.unit.indicators.test_inter_network import centre as standing
from tests.unit.indicators.test_inter_network import probe, tables

HUGE = 1e308
SHARE = framework(indicator("u", unit="%", rule="racks"))
SUM = framework(indicator("t", unit="万个", rule="built"))
POWER = framework(indicator("p", unit="EFLOPS(FP32)", rule="power"))
DELAY = framework(indicator("d", unit="ms", rule="delay_between_regions"))
LOSS = framework(indicator("l", unit="%", rule="loss_between_regions"))
TWICE = [centre("a", 2022, "广东", HUGE, 1.0), centre("b", 2022, "广东", HUGE, 1.0)]
APART = [centre("a", 2022, "广东", HUGE), centre("b", 2022, "贵州", HUGE)]


def trouble(tmp_path, asked, found, *, engine=None, **how):
    """Return the problems for which no values come from records."""
    with (
        records(tmp_path / "r", found, engine=engine, **how) as opened,
        pytest.raises(StudyError, match="so large") as stopped,
    ):
        recorded(asked, opened, rules=RULES)
    return stopped.value.problems


CASES = {
    "a product": (SUM, [centre("a", 2022, "广东", HUGE)], "440000 2022"),
    "a sum": (POWER, TWICE, "440000 2022"),
    "a weight": (
        SHARE,
        [*TWICE[:1], centre("b", 2022, "广东", HUGE), centre("c", 2021, "贵州", 3.0, 1.0)],
        "440000 2022",
    ),
    "a quotient": (SHARE, [centre("a", 2022, "贵州", 1e-10, HUGE)], "520000 2022"),
    "a conversion": (SHARE, [centre("a", 2022, "贵州", 1.0, 1e307)], "520000 2022"),
    "all regions": (POWER, APART, "All regions together 2022"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_infinite_is_an_error(case, tmp_path):
    asked, rows, found = CASES[case]
    (problem,) = trouble(tmp_path, asked, {"facilities": rows})
    assert (problem.code, problem.severity) == ("figure-too-large", Severity.ERROR)
    (code,) = (each.code for each in asked.indicators())
    assert (problem.place.code, problem.found, problem.details["count"]) == (code, found, 1)


@needs_spark
@pytest.mark.parametrize("case", CASES)
def test_spark_tells_the_same(case, spark, tmp_path):  # noqa: F811
    asked, rows, _ = CASES[case]
    on_duckdb = trouble(tmp_path / "one", asked, {"facilities": rows})
    assert trouble(tmp_path / "two", asked, {"facilities": rows}, engine=spark) == on_duckdb


def test_every_place_is_told_in_both_languages(tmp_path):
    rows = [
        centre("a", 2022, "贵州", HUGE),
        centre("b", 2022, "广东", HUGE),
        centre("c", 2021, "广东", HUGE),
    ]
    (problem,) = trouble(tmp_path, SUM, {"facilities": rows})
    assert problem.found == "440000 2021, 440000 2022, 520000 2022"
    assert "（3处）：广东省2021年、广东省2022年、贵州省2022年。" in problem.message("zh")
    assert "(3): Guangdong 2021, Guangdong 2022, Guizhou 2022." in problem.message("en")


def test_a_denominator_of_zero_is_no_error(tmp_path):
    rows = [centre("a", 2022, "贵州", 0.0, 5.0), centre("b", 2022, "广东", None, HUGE)]
    with records(tmp_path / "r", {"facilities": rows}) as opened:
        made = recorded(SHARE, opened, rules=RULES)
    assert made.overall["value"].to_list() == [None]
    assert made.measures.filter(pl.col("value").is_infinite()).is_empty()


def between(delay, sent):
    centres = [standing("a", "广东"), standing("b", "贵州")]
    return tables(centres, [probe("a", "b", delay, sent=sent)])


@pytest.mark.parametrize(
    ("asked", "codes"),
    [(DELAY, ["d", ""]), (LOSS, [""])],
)
def test_the_matrix_of_regions(asked, codes, tmp_path):
    with (
        records(tmp_path / "r", between(HUGE, 10.0), periods=("2023",)) as opened,
        pytest.raises(StudyError, match="so large") as stopped,
    ):
        recorded(asked, opened)
    problems = stopped.value.problems
    assert [problem.place.code for problem in problems] == codes
    assert problems[-1].found == "440000–520000 2023"
    assert "“区域间和区域内的时延与丢包”" in problems[-1].message("zh")
    assert "广东省—贵州省2023年" in problems[-1].message("zh")
    assert "Guangdong–Guizhou 2023" in problems[-1].message("en")
