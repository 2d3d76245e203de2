"""Every filling marks what it filled and where from."""

import numpy as np
import pytest

from suanli.framework import MissingData
from suanli.intake.grid import ORIGINS
from suanli.scoring.impute import FILLINGS, imputed
from suanli.scoring.tree import tree_of
from tests.made import flat, framework, grid, indicator

NAN = np.nan
VALUES = [[[1.0, 10], [2, 20], [3, 30], [9, 90]], [[NAN, 11], [3, 21], [4, 31], [11, 91]]]


def test_every_method_of_the_schema_is_covered():
    names = set(MissingData.model_fields["method"].annotation.__args__)
    assert names == {"none", *FILLINGS}


@pytest.mark.parametrize(
    ("rule", "expected", "source"),
    [
        ({"method": "carry-forward"}, 1.0, "沿用2020年数据 / carried forward from 2020"),
        (
            {"method": "group-mean"},
            3.0,
            "以同组地区均值填补 / filled by the mean of the region's group",
        ),
        (
            {"method": "group-median"},
            3.0,
            "以同组地区中位数填补 / filled by the median of the region's group",
        ),
        (
            {"method": "regression"},
            1.9,
            "以回归预测值填补 / filled by regression on other indicators",
        ),
        (
            {"method": "knn", "neighbours": 2},
            3.5,
            "以最相近的2个地区均值填补 / filled by the mean of the 2 most similar regions",
        ),
    ],
)
def test_filled_value_origin_and_source(rule, expected, source):
    tree = tree_of(flat(2, missing=rule))
    groups = {"r0": "a", "r1": "a", "r2": "b", "r3": "b"}
    complete = imputed(tree, grid(VALUES), groups)
    assert complete.grid.values[1, 0, 0] == pytest.approx(expected, abs=0.15)
    assert complete.filled.sum() == 1
    assert complete.filled[1, 0, 0]
    assert ORIGINS[complete.grid.origins[1, 0, 0]] == "imputed"
    assert complete.grid.sources[complete.grid.source_ids[1, 0, 0]] == source
    assert (complete.grid.origins != ORIGINS.index("imputed")).sum() == 15


def test_none_fills_nothing():
    complete = imputed(tree_of(flat(2)), grid(VALUES), None)
    assert np.isnan(complete.grid.values[1, 0, 0])
    assert not complete.filled.any()


def test_a_value_is_not_carried_beyond_its_age_and_names_its_own_period():
    values = [[[1.0, 5]], [[NAN, NAN]], [[NAN, 7]]]
    tree = tree_of(flat(2, missing={"method": "carry-forward", "max_age": 1}))
    complete = imputed(tree, grid(values), None)
    np.testing.assert_equal(complete.grid.values[:, 0, 0], [1, 1, NAN])
    assert complete.grid.origins[2, 0, 0] == 0


def test_group_without_any_value_keeps_its_gap():
    values = [[NAN, 1.0], [2, 1]]
    tree = tree_of(flat(2, missing={"method": "group-mean"}))
    complete = imputed(tree, grid(values), {"r0": "a", "r1": "b"})
    assert np.isnan(complete.grid.values[0, 0, 0])


def test_a_region_outside_every_group_has_no_group_to_be_filled_from():
    values = [[NAN, 1.0], [2, 1], [4, 1]]
    tree = tree_of(flat(2, missing={"method": "group-mean"}))
    complete = imputed(tree, grid(values), {"r1": "a", "r2": "a"})
    assert np.isnan(complete.grid.values[0, 0, 0])


def test_a_filled_value_outside_the_plausible_range_is_refused():
    made = framework(
        indicator("i0", bounds=[0, None]), indicator("i1"), missing={"method": "regression"}
    )
    values = [[1.0, 10], [2, 20], [3, 30], [4.1, 40], [NAN, -90]]
    complete = imputed(tree_of(made), grid(values), None)
    assert np.isnan(complete.grid.values[0, 4, 0])
    assert complete.refused[0, 4, 0]
    assert not complete.filled.any()
    assert complete.grid.origins[0, 4, 0] == 0
