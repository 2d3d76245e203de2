import numpy as np
import pytest
from scipy import stats
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from suanli.methods.pairwise.agreement import (
    CONSENSUS_WORDS,
    clusters,
    consensus,
    consensus_word,
    kendall_w,
    outliers,
    similarity,
)

DRAWN = np.random.default_rng(8)
WEIGHTS = DRAWN.dirichlet(np.ones(6) * 3, 12)
SILENT = np.full(6, np.nan)


def extreme(items, chosen, largest=9.0):
    weights = np.full((len(chosen), items), 1 / (items + largest - 1))
    weights[np.arange(len(chosen)), chosen] *= largest
    return weights


@pytest.mark.parametrize("items", [2, 3, 4, 9, 11])
@pytest.mark.parametrize("times", [1, 2, 5])
def test_no_consensus_if_experts_choose_all_items_equally_often(items, times):
    assert consensus(extreme(items, list(range(items)) * times)) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("experts", [1, 2, 3, 40])
def test_full_consensus_if_experts_agree(experts):
    assert consensus([WEIGHTS[0]] * experts) == pytest.approx(1, abs=1e-14)


def test_the_scale_sets_what_disagreement_is():
    opposed = extreme(3, [0, 1, 2], largest=3)
    assert consensus(opposed) > 0.5
    assert consensus(opposed, largest=3) == pytest.approx(0, abs=1e-12)


def test_fewer_experts_than_items():
    opposed = extreme(6, [0, 1])
    assert consensus(opposed) > 0.3


def test_beyond_the_scale_there_is_no_consensus_below_none():
    assert consensus([[0.999, 0.001], [0.001, 0.999]]) == 0
    assert consensus([[1.0, 0.0], [0.0, 1.0]]) == 0


def test_consensus_does_not_depend_on_order_or_on_doubling_the_panel():
    found = consensus(WEIGHTS)
    assert 0 < found < 1
    assert consensus(WEIGHTS[::-1, ::-1]) == pytest.approx(found, abs=1e-13)
    assert consensus(np.vstack([WEIGHTS, WEIGHTS])) == pytest.approx(found, abs=1e-13)
    assert consensus(WEIGHTS * 7) == pytest.approx(found, abs=1e-13)


def test_who_is_silent_does_not_count():
    panel = np.vstack([SILENT, WEIGHTS, SILENT])
    assert consensus(panel) == consensus(WEIGHTS)
    assert kendall_w(panel) == kendall_w(WEIGHTS)
    assert np.isnan(consensus([SILENT, SILENT]))
    assert consensus([SILENT, WEIGHTS[0]]) == 1
    assert consensus([[1.0], [1.0]]) == 1


def test_words_begin_at_their_limits():
    values = [0, 0.4999, 0.5, 0.6499, 0.65, 0.7499, 0.75, 0.8499, 0.85, 1]
    words = [consensus_word(value) for value in values]
    assert words == [word for word in CONSENSUS_WORDS for _ in range(2)]
    with pytest.raises(ValueError, match="between 0 and 1, not nan"):
        consensus_word(float("nan"))
    with pytest.raises(ValueError, match=r"between 0 and 1, not 1\.5"):
        consensus_word(1.5)


def test_similarity_is_the_consensus_of_two():
    found = similarity(WEIGHTS)
    for first in range(12):
        for second in range(12):
            pair = WEIGHTS[[first, second]]
            assert found[first, second] == pytest.approx(consensus(pair), abs=1e-13)
    np.testing.assert_array_equal(found, found.T)
    assert (found.diagonal() == 1).all()
    assert similarity(WEIGHTS, largest=50)[0, 1] > found[0, 1]


def test_similarity_of_silent_experts_is_missing():
    found = similarity(np.vstack([WEIGHTS[:2], SILENT, WEIGHTS[2:]]))
    assert np.isnan(found[2]).all()
    assert np.isnan(found[:, 2]).all()
    kept = np.delete(np.delete(found, 2, axis=0), 2, axis=1)
    np.testing.assert_array_equal(kept, similarity(WEIGHTS))
    assert similarity([[1.0], [1.0]]).tolist() == [[1, 1], [1, 1]]


@pytest.mark.parametrize("threshold", [0.3, 0.6, 0.75, 0.9])
def test_clusters_are_those_of_complete_linkage(threshold):
    found = similarity(DRAWN.dirichlet(np.ones(5), 30))
    tree = linkage(squareform(1 - found, checks=False), method="complete")
    expected = fcluster(tree, 1 - threshold, criterion="distance")
    got = clusters(found, threshold)
    same = expected[:, None] == expected
    np.testing.assert_array_equal(got[:, None] == got, same)
    first = [int(np.flatnonzero(got == number)[0]) for number in range(got.max() + 1)]
    assert first == sorted(first)
    assert got[0] == 0


def test_clusters_at_the_ends():
    found = similarity(np.vstack([WEIGHTS[:3], SILENT]))
    assert clusters(found, 0).tolist() == [0, 0, 0, -1]
    assert clusters(found, 1.1).tolist() == [0, 1, 2, -1]
    assert clusters([[1.0]], 0.5).tolist() == [0]
    assert clusters(np.empty((0, 0)), 0.5).tolist() == []
    np.testing.assert_array_equal(found.diagonal(), [1, 1, 1, np.nan])


def test_a_chain_is_no_cluster():
    chain = [[1, 0.9, 0.1], [0.9, 1, 0.8], [0.1, 0.8, 1]]
    assert clusters(chain, 0.75).tolist() == [0, 0, 1]
    # equals: the pair that comes first
    assert clusters([[1, 0.8, 0.1], [0.8, 1, 0.8], [0.1, 0.8, 1]], 0.75).tolist() == [0, 0, 1]
    with pytest.raises(ValueError, match=r"\(experts, experts\)"):
        clusters([[1, 0.5]], 0.5)


def noisy_panel(experts, spread):
    logs = np.log([0.4, 0.3, 0.2, 0.1]) + DRAWN.normal(0, spread, (experts, 4))
    return np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)


def test_an_expert_who_answers_upside_down_stands_outside():
    panel = np.vstack([noisy_panel(9, 0.1), [[0.1, 0.2, 0.3, 0.4]]])
    assert outliers(panel).tolist() == [False] * 9 + [True]
    assert outliers(np.vstack([panel, np.full(4, np.nan)])).tolist() == [False] * 9 + [True, False]


def test_two_outsiders_do_not_hide_each_other():
    panel = np.vstack([noisy_panel(9, 0.1), [[0.02, 0.02, 0.02, 0.94], [0.02, 0.02, 0.94, 0.02]]])
    assert outliers(panel).tolist() == [False] * 9 + [True, True]


def test_a_panel_in_agreement_casts_out_nobody_for_a_trifle():
    panel = np.array([[0.4, 0.3, 0.2, 0.1]] * 8)
    assert not outliers(panel).any()
    panel[3] = [0.42, 0.29, 0.19, 0.1]
    assert not outliers(panel).any()
    panel[3] = [0.1, 0.2, 0.3, 0.4]
    assert outliers(panel).tolist() == [False] * 3 + [True] + [False] * 4


def test_a_scattered_panel_has_no_outsiders_by_scatter():
    found = [outliers(DRAWN.dirichlet(np.ones(5) * 4, 15)).sum() for _ in range(40)]
    assert np.mean(found) < 0.5


def test_three_experts_are_too_few_to_stand_outside():
    assert not outliers([[0.9, 0.1], [0.9, 0.1], [0.01, 0.99]]).any()


def test_concordance_agrees_with_friedmans_statistic():
    scores = DRAWN.integers(1, 5, (9, 6)).astype(float)
    weights = scores / scores.sum(axis=1, keepdims=True)
    statistic = stats.friedmanchisquare(*scores.T).statistic
    assert kendall_w(weights) == pytest.approx(statistic / (9 * 5), abs=1e-12)


def test_concordance_at_the_ends():
    assert kendall_w([WEIGHTS[0]] * 5) == pytest.approx(1, abs=1e-14)
    assert kendall_w([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]) == 0
    assert np.isnan(kendall_w(WEIGHTS[:1]))
    assert np.isnan(kendall_w([[1.0], [1.0]]))
    assert np.isnan(kendall_w([[0.5, 0.5], [0.5, 0.5]]))


def test_weights_equal_to_rounding_are_tied():
    third = 1 / 3
    assert np.isnan(kendall_w([[third, third, third + 1e-15]] * 2))


@pytest.mark.parametrize("function", [consensus, similarity, kendall_w])
def test_wrong_weights_are_refused(function):
    with pytest.raises(ValueError, match=r"\(experts, items\)"):
        function([0.5, 0.5])
    for bad in ([1.5, -0.5], [0.0, 0.0], [np.inf, 1.0]):
        with pytest.raises(ValueError, match="finite and not negative, and not all 0"):
            function([[0.5, 0.5], bad])


def test_a_scale_must_reach_above_one():
    for function in (consensus, similarity):
        with pytest.raises(ValueError, match="above 1, not 1"):
            function(WEIGHTS, largest=1)
