from itertools import combinations

import numpy as np
import pytest

from suanli.methods import classes

RNG = np.random.default_rng(4)


def spread(scores, tiers):
    return sum(np.sum((scores[tiers == t] - scores[tiers == t].mean()) ** 2) for t in set(tiers))


def least_spread(scores, count):
    """Return the least squared deviation over every way to cut the distinct scores."""
    distinct = np.unique(scores)
    return min(
        spread(scores, np.searchsorted(distinct[list(cuts)], scores, side="right"))
        for cuts in combinations(range(1, distinct.size), min(count, distinct.size) - 1)
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("size", [1, 2, 5, 9, 12])
def test_natural_breaks_agree_with_brute_force(count, size):
    for scores in (RNG.lognormal(size=size), RNG.integers(0, 6, size).astype(float)):
        tiers = classes.natural_breaks(scores, count, axis=0)
        assert spread(scores, tiers) == pytest.approx(least_spread(scores, count), abs=1e-9)


def test_natural_breaks_agree_with_plain_dynamic_programming():
    scores = np.sort(RNG.lognormal(size=200))
    first, second = (np.concatenate([[0], np.cumsum(scores**power)]) for power in (1, 2))
    start, end = np.arange(200)[:, None], np.arange(1, 201)
    with np.errstate(divide="ignore", invalid="ignore"):
        within = second[end] - second[start] - (first[end] - first[start]) ** 2 / (end - start)
    within = np.where(end > start, within, np.inf)
    cost = within[0]
    for _ in range(5):
        cost = np.min(np.concatenate([[np.inf], cost[:-1]])[:, None] + within, axis=0)
    tiers = classes.natural_breaks(scores, 6, axis=0)
    assert spread(scores, tiers) == pytest.approx(cost[-1], rel=1e-9)
    assert sorted(set(tiers.tolist())) == [1, 2, 3, 4, 5, 6]


def test_natural_tiers_follow_the_scores():
    scores = RNG.normal(size=300).round(1)
    tiers = classes.natural_breaks(scores, 4, axis=0)
    order = np.argsort(scores, kind="stable")
    assert (np.diff(tiers[order]) <= 0).all()
    for score in np.unique(scores):
        assert np.unique(tiers[scores == score]).size == 1


def test_fewer_distinct_scores_than_tiers_each_have_their_own():
    assert classes.natural_breaks([5.0, 7.0, 5.0], 4, axis=0).tolist() == [2, 1, 2]
    assert classes.natural_breaks([5.0, 5.0], 4, axis=0).tolist() == [1, 1]
    assert classes.natural_breaks([np.nan, np.nan], 4, axis=0).tolist() == [0, 0]


def test_of_equal_partitions_the_lower_breaks_are_taken():
    assert classes.natural_breaks([1.0, 2.0, 3.0], 2, axis=0).tolist() == [2, 1, 1]


def test_columns_are_classed_apart():
    scores = RNG.lognormal(size=(2, 30, 3))
    scores[0, 3, 1] = np.nan
    tiers = classes.natural_breaks(scores, 3)
    assert tiers.dtype == np.int16
    np.testing.assert_array_equal(
        tiers[0, :, 1], classes.natural_breaks(scores[0, :, 1], 3, axis=0)
    )


def test_thresholds_take_any_shape():
    tiers = classes.by_thresholds([[[91.0, np.nan], [59.0, 60.0]]], cuts=[90.0, 60.0])
    assert tiers.dtype == np.int16
    assert tiers.tolist() == [[[1, 0], [3, 2]]]


def test_shares_count_only_ranked_regions_in_each_column():
    ranks = np.array([[1, 1], [2, 0], [3, 2], [4, 0], [5, 0]])
    tiers = classes.by_shares(ranks, [0.4, 1.0])
    assert tiers[:, 0].tolist() == [1, 1, 2, 2, 2]
    assert tiers[:, 1].tolist() == [2, 0, 2, 0, 0]


def test_rounding_does_not_lose_a_rank_at_the_edge_of_a_share():
    assert 0.29 * 100 < 29
    ranks = np.arange(1, 101)
    assert (classes.by_shares(ranks, [0.29], axis=0) == 1).sum() == 29


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: classes.by_thresholds([1.0], [60, 90]), "thresholds must be finite and fall"),
        (lambda: classes.by_thresholds([1.0], []), "thresholds must be finite and fall"),
        (lambda: classes.by_ranks([1], [10, 10]), "last ranks must be finite and rise"),
        (lambda: classes.by_shares([1], [0.5, 0.2], axis=0), "shares must be finite and rise"),
        (lambda: classes.by_shares([1], [0.5, 1.2], axis=0), "above 0 and at most 1"),
        (lambda: classes.by_shares([1], [0.0, 0.2], axis=0), "above 0 and at most 1"),
        (lambda: classes.natural_breaks([1.0], 0, axis=0), "cannot be put into 0 tiers"),
        (lambda: classes.natural_breaks([np.inf], 2, axis=0), "natural breaks need finite scores"),
    ],
)
def test_cuts_that_make_no_tiers_are_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
