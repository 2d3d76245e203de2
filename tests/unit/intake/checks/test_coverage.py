import numpy as np

from suanli.intake.checks import check_indicator_coverage, check_region_coverage
from suanli.problems import Severity

NONE = np.nan


def complete(periods: int = 1) -> dict[str, np.ndarray]:
    """All nine indicators, the derived one through its variables."""
    given = ("revenue", "sales", "pue", "share", "warmth", "free", "compute", "flops")
    return {code: np.ones((periods, 10)) for code in (*given, "machines", "area")}


def test_complete_data_pass(evidence):
    given = evidence(**complete())
    assert check_region_coverage(given) == []
    assert check_indicator_coverage(given) == []


def test_a_region_below_the_floor_is_told_once_with_counts_of_each_period(evidence, regions):
    columns = complete(2)
    for code in ("revenue", "sales", "pue", "share"):
        columns[code][:, 3] = NONE
    columns["free"][1, 3] = NONE
    (problem,) = check_region_coverage(evidence(**columns))
    assert problem.severity is Severity.WARNING
    assert problem.place.region == regions.codes[3]
    assert problem.place.period == "2018–2019"
    assert (problem.found, problem.expected) == ("2018: 5/9, 2019: 4/9", "≥ 65%")
    assert "in 2019, 4 of 9 indicators (44%)" in problem.message("en")


def test_a_region_on_the_floor_passes(evidence, framework):
    columns = complete()
    for code in ("revenue", "sales", "pue"):
        columns[code][:, 3] = NONE
    assert check_region_coverage(evidence(**columns)) == []


def test_a_missing_variable_leaves_the_derived_indicator_uncovered(evidence):
    columns = complete()
    columns["area"][:, :5] = NONE
    (problem,) = check_indicator_coverage(evidence(**columns))
    assert (problem.place.code, problem.found) == ("density", "2018: 5/10")


def test_a_value_given_outright_covers_a_derived_indicator(evidence):
    columns = complete() | {"density": np.ones((1, 10))}
    columns["area"][:] = NONE
    assert check_indicator_coverage(evidence(**columns)) == []


def test_what_has_no_value_at_all_is_not_told_here(evidence):
    columns = complete(2)
    del columns["flops"]  # an indicator that nobody has
    for column in columns.values():
        column[:, 9] = NONE  # a region without data
        column[1] = NONE  # a period without data
    columns["sales"][0, :5] = NONE
    given = evidence(**columns)
    (indicator,) = check_indicator_coverage(given)
    assert (indicator.place.code, indicator.found) == ("sales", "2018: 4/10")
    assert check_region_coverage(given) == []


def test_a_period_in_which_one_indicator_is_missing_is_told(evidence):
    columns = complete(2)
    columns["flops"][1] = NONE
    (problem,) = check_indicator_coverage(evidence(**columns))
    assert (problem.place.code, problem.found) == ("flops", "2019: 0/10")
