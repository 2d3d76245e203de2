"""Properties of ranks: a valid competition ranking that moves with its regions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods.ranks import borda, competition_ranks, percentile_ranks, rank_scores

columns = arrays(
    float, st.integers(1, 30), elements=st.integers(-5, 5).map(float) | st.just(np.nan)
)


@given(columns)
def test_a_rank_is_one_more_than_the_number_of_better_regions(scores):
    ranks = competition_ranks(scores, axis=0)
    for score, rank in zip(scores, ranks, strict=True):
        assert rank == (0 if np.isnan(score) else 1 + np.sum(scores > score))


@given(columns, st.randoms(use_true_random=False))
def test_ranks_move_with_their_regions(scores, random):
    order = list(range(scores.size))
    random.shuffle(order)
    for function in (competition_ranks, rank_scores, percentile_ranks, borda):
        np.testing.assert_array_equal(
            function(scores[order], axis=0), function(scores, axis=0)[order]
        )


@given(columns)
def test_percentile_ranks_lie_between_0_and_1(scores):
    found = percentile_ranks(scores, axis=0)
    present = found[~np.isnan(found)]
    assert ((present >= 0) & (present <= 1)).all()
    if present.size:
        assert present.min() == 0


@given(columns)
def test_borda_points_add_up_to_the_number_of_pairs(scores):
    points = borda(scores, axis=0)
    count = np.sum(~np.isnan(scores))
    assert np.nansum(points) == count * (count - 1) / 2


@given(columns)
def test_ranks_only_heed_order(scores):
    stretched = np.exp(scores) + 3 * scores
    for function in (competition_ranks, rank_scores, percentile_ranks, borda):
        np.testing.assert_array_equal(function(stretched, axis=0), function(scores, axis=0))
