import numpy as np
import pytest
from scipy import stats

from suanli.methods.ranks import borda, competition_ranks, percentile_ranks, rank_scores

ROUNDED = np.random.default_rng(7).normal(size=(3, 31, 4)).round(1)


def test_ranks_agree_with_scipy_on_whole_panels():
    expected = stats.rankdata(-ROUNDED, method="min", axis=1)
    found = competition_ranks(ROUNDED)
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, expected)


def test_ascending_ranks_and_borda_points_agree_with_scipy():
    np.testing.assert_array_equal(
        rank_scores(ROUNDED), stats.rankdata(ROUNDED, method="min", axis=1)
    )
    np.testing.assert_array_equal(
        borda(ROUNDED), stats.rankdata(ROUNDED, method="average", axis=1) - 1
    )


def test_missing_scores_have_no_rank_and_do_not_count():
    scores = [[3.0], [np.nan], [1.0], [3.0]]
    np.testing.assert_array_equal(competition_ranks(scores).ravel(), [1, 0, 3, 1])
    np.testing.assert_array_equal(rank_scores(scores).ravel(), [2, np.nan, 1, 2])
    np.testing.assert_array_equal(borda(scores).ravel(), [1.5, np.nan, 0, 1.5])


@pytest.mark.parametrize("function", [rank_scores, percentile_ranks, borda])
def test_a_column_without_scores_stays_missing(function):
    assert np.isnan(function([[np.nan], [np.nan]])).all()
    assert (competition_ranks([[np.nan], [np.nan]]) == 0).all()


def test_a_lone_value_has_no_percentile():
    np.testing.assert_array_equal(percentile_ranks([[4.0], [np.nan]]).ravel(), [np.nan, np.nan])


def test_only_exact_equality_ties():
    assert competition_ranks([0.3, 0.1 + 0.2, 0.3], axis=0).tolist() == [2, 1, 2]
    assert competition_ranks([0.0, -0.0], axis=0).tolist() == [1, 1]


def test_the_axis_of_the_regions_is_the_callers_to_name():
    scores = ROUNDED[0]
    np.testing.assert_array_equal(competition_ranks(scores.T, axis=-1), competition_ranks(scores).T)
    assert competition_ranks(np.empty((0, 3))).shape == (0, 3)
