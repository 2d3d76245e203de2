"""Indicators from given values and from expressions over variables."""

import numpy as np
import pytest

from suanli.indicators import indicator_grid, undefined_values
from suanli.intake.grid import ORIGINS, ValueGrid
from tests.made import framework, indicator, text

NAN = np.nan


def made():
    variables = [
        {"code": "cable", "name": text("cable"), "unit": "万km"},
        {"code": "area", "name": text("area"), "unit": "km²"},
    ]
    return framework(
        indicator("density", unit="km/km²", expression="cable / area"),
        indicator("price"),
        variables=variables,
    )


def given(values, origins, sources=("", "statistics", "outlines")):
    values = np.array([values])
    return ValueGrid(
        regions=tuple(f"r{row}" for row in range(values.shape[1])),
        periods=("2020",),
        codes=("cable", "area", "density"),
        values=values,
        origins=np.array(
            [[[ORIGINS.index(name) for name in row] for row in origins]], dtype=np.int8
        ),
        source_ids=np.where(np.isnan(values), 0, [1, 2, 1]).astype(np.int32),
        sources=sources,
    )


@pytest.fixture
def grid():
    return indicator_grid(
        made(),
        given(
            [[2, 4000, NAN], [1, 0, NAN], [NAN, 5000, NAN], [3, 3000, 7]],
            [
                ["official", "estimated", "missing"],
                ["official", "estimated", "missing"],
                ["missing", "estimated", "missing"],
                ["official", "estimated", "reported"],
            ],
        ),
    )


def test_indicators_come_in_the_order_of_the_framework(grid):
    assert grid.codes == ("density", "price")


def test_expression_is_computed_in_the_declared_units(grid):
    assert grid.values[0, 0, 0] == pytest.approx(5.0)


def test_a_given_value_comes_before_the_expression(grid):
    assert grid.values[0, 3, 0] == 7
    assert ORIGINS[grid.origins[0, 3, 0]] == "reported"
    assert grid.sources[grid.source_ids[0, 3, 0]] == "statistics"


def test_zero_denominator_and_missing_input_leave_it_missing(grid):
    assert np.isnan(grid.values[0, 1:3, 0]).all()
    assert grid.origins[0, 1:3, 0].tolist() == [0, 0]


def test_origin_is_the_weakest_and_sources_are_joined(grid):
    assert ORIGINS[grid.origins[0, 0, 0]] == "estimated"
    assert grid.sources[grid.source_ids[0, 0, 0]] == "statistics; outlines"


def test_an_indicator_without_data_is_missing_everywhere(grid):
    assert np.isnan(grid.values[:, :, 1]).all()
    assert not grid.origins[:, :, 1].any()


def test_expressions_without_a_value_are_told_and_missing_inputs_are_not():
    values = given(
        [[2, 4000, NAN], [1, 0, NAN], [NAN, 0, NAN], [3, 0, 7]],
        [["official", "estimated", "missing"]] * 4,
    )
    (problem,) = undefined_values(made(), values)
    assert (problem.code, problem.place.period, problem.place.code) == (
        "expression-undefined",
        "2020",
        "density",
    )
    assert problem.found == "r1"
    assert problem.message("zh").startswith("表达式“cable / area”在1个地区没有结果")
