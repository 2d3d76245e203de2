"""Properties of tiers: they follow scores, cover every scored region and share ties."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import classes
from suanli.methods.ranks import competition_ranks

columns = arrays(
    float, st.integers(1, 40), elements=st.integers(0, 60).map(float) | st.just(np.nan)
)


def tiered(scores):
    """Return tiers of scores by every method."""
    ranks = competition_ranks(scores, axis=0)
    return (
        classes.by_thresholds(scores, [45, 30, 10]),
        classes.by_ranks(ranks, [3, 10]),
        classes.by_shares(ranks, [0.2, 0.5, 0.8], axis=0),
        classes.natural_breaks(scores, 4, axis=0),
    )


@given(columns)
def test_better_scores_never_have_worse_tiers_and_ties_share_one(scores):
    for tiers in tiered(scores):
        order = np.argsort(-scores, kind="stable")[: np.sum(~np.isnan(scores))]
        assert (np.diff(tiers[order]) >= 0).all()
        for score in scores[order]:
            assert np.unique(tiers[scores == score]).size == 1


@given(columns)
def test_just_the_regions_without_a_score_have_no_tier(scores):
    for tiers in tiered(scores):
        np.testing.assert_array_equal(tiers == 0, np.isnan(scores))
        assert tiers.dtype == np.int16
        assert (tiers <= 4).all()


@given(columns, st.integers(1, 6))
def test_natural_tiers_are_consecutive_from_1(scores, count):
    tiers = classes.natural_breaks(scores, count, axis=0)
    distinct = np.unique(scores[~np.isnan(scores)]).size
    assert sorted(set(tiers.tolist()) - {0}) == list(range(1, min(count, distinct) + 1))


@given(columns, st.integers(2, 4), st.sampled_from([0.5, 2.0, 1024.0]), st.integers(-50, 50))
def test_natural_breaks_do_not_depend_on_the_unit(scores, count, factor, shift):
    np.testing.assert_array_equal(
        classes.natural_breaks(scores * factor + shift, count, axis=0),
        classes.natural_breaks(scores, count, axis=0),
    )
