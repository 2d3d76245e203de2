import numpy as np
import pytest

from suanli.methods import gaps

RNG = np.random.default_rng(5)


def test_without_a_limit_the_oldest_value_is_carried():
    values = np.array([[[7.0]], [[np.nan]], [[np.nan]], [[np.nan]]])
    filled, age = gaps.carried_forward(values)
    assert filled.ravel().tolist() == [7, 7, 7, 7]
    assert age.ravel().tolist() == [0, 1, 2, 3]
    assert np.isnan(values[1:]).all()


def test_nothing_is_carried_backwards():
    filled, age = gaps.carried_forward([[np.nan], [4.0]])
    np.testing.assert_array_equal(filled.ravel(), [np.nan, 4])
    assert age.ravel().tolist() == [-1, 0]


def test_a_carried_value_is_at_least_one_period_old():
    with pytest.raises(ValueError, match="must be at least 1, not 0"):
        gaps.carried_forward([[1.0]], max_age=0)


@pytest.mark.parametrize(
    ("function", "centre"), [(gaps.group_means, np.nanmean), (gaps.group_medians, np.nanmedian)]
)
def test_groups_fill_from_their_own_period_and_indicator(function, centre):
    values = RNG.lognormal(size=(2, 12, 3))
    values[RNG.random(values.shape) < 0.2] = np.nan
    labels = np.repeat([0, 1, 2], 4)
    filled, mask = function(values, labels)
    for cell in zip(*np.nonzero(np.isnan(values)), strict=True):
        period, region, column = cell
        donors = values[period, labels == labels[region], column]
        assert filled[cell] == pytest.approx(centre(donors), rel=1e-12)
    np.testing.assert_array_equal(mask, np.isnan(values))
    assert mask.any()


@pytest.mark.parametrize("function", [gaps.group_means, gaps.group_medians])
def test_a_group_without_values_keeps_its_gaps(function):
    filled, mask = function([[np.nan], [5.0], [np.nan]], ["a", "b", "b"])
    np.testing.assert_array_equal(filled.ravel(), [np.nan, 5, 5])
    assert mask.ravel().tolist() == [False, False, True]


def test_every_region_needs_a_group_label():
    with pytest.raises(ValueError, match=r"2 group labels do not fit an array of shape \(3, 1\)"):
        gaps.group_means([[1.0], [2.0], [3.0]], ["a", "b"])


def test_neighbours_at_equal_distance_come_in_order():
    values = [[0.1, np.nan], [0.3, 7.0], [-0.1, 8.0], [0.3, 9.0]]
    assert gaps.nearest_neighbours_fill(values, 1)[0][0, 1] == 7
    assert gaps.nearest_neighbours_fill(values[:1] + values[2:], 1)[0][0, 1] == 8


def test_neighbours_without_the_indicator_are_passed_over():
    values = [[1.0, np.nan], [1.1, np.nan], [5.0, 3.0], [9.0, 4.0]]
    filled, mask = gaps.nearest_neighbours_fill(values, 1)
    assert filled[:2, 1].tolist() == [3, 3]
    assert mask[:, 1].tolist() == [True, True, False, False]


def test_fewer_donors_than_neighbours_are_all_averaged():
    values = [[1.0, np.nan], [5.0, 3.0], [9.0, 4.0]]
    assert gaps.nearest_neighbours_fill(values, 10)[0][0, 1] == 3.5


def test_regions_with_nothing_in_common_do_not_help():
    values = [[np.nan, 1.0, np.nan], [5.0, np.nan, 3.0], [6.0, np.nan, 4.0]]
    filled, mask = gaps.nearest_neighbours_fill(values, 2)
    np.testing.assert_array_equal(filled, values)
    assert not mask.any()


def test_neighbours_do_not_depend_on_units_or_constant_indicators():
    values = RNG.lognormal(size=(15, 4))
    values[3, 1] = values[8, 2] = np.nan
    filled, _ = gaps.nearest_neighbours_fill(values, 3)
    units = np.array([1000.0, 0.01, 3.0, 1.0])
    rescaled, _ = gaps.nearest_neighbours_fill(values * units, 3)
    np.testing.assert_allclose(rescaled, filled * units, rtol=1e-12)
    padded, _ = gaps.nearest_neighbours_fill(np.column_stack([values, np.full(15, 0.1)]), 3)
    np.testing.assert_array_equal(padded[:, :4], filled)


def test_periods_have_their_own_neighbours():
    values = RNG.lognormal(size=(2, 9, 3))
    values[:, 4, 1] = np.nan
    filled, _ = gaps.nearest_neighbours_fill(values, 2)
    for period in range(2):
        np.testing.assert_array_equal(
            filled[period], gaps.nearest_neighbours_fill(values[period], 2)[0]
        )


def test_at_least_one_neighbour_is_averaged():
    with pytest.raises(ValueError, match="at least 1 neighbour must be averaged, not 0"):
        gaps.nearest_neighbours_fill([[1.0]], 0)
