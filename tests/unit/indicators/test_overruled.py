"""What is told of values that say something else than the one that is taken."""

import pytest

from suanli.indicators import overruled_by_records, overruled_expressions, overruled_records
from tests.made import grid
from tests.unit.indicators.mixed_grids import MADE, NAN, REGIONS, given_grid, recorded_grid


@pytest.fixture
def given():
    return given_grid()


@pytest.fixture
def recorded():
    return recorded_grid()


def test_a_thousandth_apart_is_the_same_and_more_is_told(given, recorded):
    (problem,) = overruled_records(given, recorded)
    assert problem.code == "records-overruled"
    assert (problem.place.code, problem.place.period, problem.found) == ("a", "2020", "r2")


def test_records_before_an_expression_that_says_otherwise(given, recorded):
    (problem,) = overruled_by_records(MADE, given, recorded)
    assert problem.code == "expression-overruled-by-records"
    assert (problem.place.code, problem.found) == ("b", "r1")


def test_a_given_value_silences_records_against_expressions(recorded):
    both = grid([[10.0, 20.0], [20.0, 40.0], [NAN, NAN]], ("v", "b"), regions=REGIONS)
    assert overruled_by_records(MADE, both, recorded) == []
    assert [each.found for each in overruled_records(both, recorded)] == ["r1"]


def test_a_given_value_that_differs_from_the_expression_is_told():
    values = [[1.0, 2.0005], [2.0, 4.5], [3.0, NAN], [NAN, 4.0]]
    both = grid(values, ("v", "b"), regions=(*REGIONS, "r3"))
    (problem,) = overruled_expressions(MADE, both)
    assert (problem.code, problem.place.code, problem.found) == ("expression-overruled", "b", "r1")
    assert problem.message("en").endswith("the given value is taken: r1.")


def test_without_the_variables_there_is_nothing_to_differ_from():
    assert overruled_expressions(MADE, grid([[4.5]], ("b",), regions=("r0",))) == []


def test_long_lists_are_cut_and_counted():
    regions = tuple(f"r{place}" for place in range(13))
    both = grid([[1.0, 9.0]] * 13, ("v", "b"), regions=regions)
    (problem,) = overruled_expressions(MADE, both)
    assert problem.found.endswith("r10, r11 …")
    assert problem.details["count"] == 13
