import numpy as np
import pytest

from suanli.weighting.resampling import Connection, moved_logarithms, moved_scores, resample
from tests.made_panels import matrix


def connection(graders, *, together=True, counting=None):
    """Experts by the pairs of four items that each compared."""
    known = np.zeros((len(graders), 4, 4), dtype=bool)
    for row, pairs in enumerate(graders):
        for i, j in pairs:
            known[row, i, j] = known[row, j, i] = True
    able = np.array([len(pairs) >= 3 for pairs in graders])
    counted = np.ones(len(graders), dtype=bool) if counting is None else np.array(counting)
    return Connection(known, able & counted, counted, together)


CHAIN = [(0, 1), (1, 2), (2, 3)]


def drawn(*connections, draws=400, seed=5):
    return resample(connections, draws, np.random.default_rng(seed))


def test_a_draw_has_as_many_experts_as_count():
    taken = drawn(connection([CHAIN] * 5, counting=[True, True, False, True, True]))
    assert (taken.times.sum(axis=1) == 4).all()
    assert (taken.times[:, 2] == 0).all()
    assert (taken.repeated, taken.replaced) == (0, 0)
    assert abs(taken.times[:, 0].mean() - 1) < 0.15


def test_one_whole_expert_is_enough():
    need = connection([CHAIN, [(0, 1)], []])
    assert need.holds(np.array([[1, 0, 0], [0, 2, 1], [0, 0, 3]])).tolist() == [True, False, False]


def test_experts_may_connect_the_items_together_where_judgements_are_aggregated():
    graders = [[(0, 1), (2, 3)], [(1, 2)], [(0, 1)]]
    times = np.array([[1, 1, 1], [2, 0, 1], [0, 1, 2]])
    assert connection(graders).holds(times).tolist() == [True, False, False]
    assert connection(graders, together=False).holds(times).tolist() == [False] * 3


def test_resamples_without_weights_are_drawn_again_and_counted():
    taken = drawn(connection([CHAIN, [], [], []]), draws=200)
    assert taken.repeated > 20
    assert taken.replaced == 0
    assert (taken.times[:, 0] > 0).all()
    assert (taken.times.sum(axis=1) == 4).all()


def test_the_whole_panel_stands_in_where_no_resample_will_do():
    # a chain of forty items, each link known to one expert only: nobody may be left out
    known = np.zeros((39, 40, 40), dtype=bool)
    for row in range(39):
        known[row, row, row + 1] = known[row, row + 1, row] = True
    nobody, everyone = np.zeros(39, dtype=bool), np.ones(39, dtype=bool)
    taken = drawn(Connection(known, nobody, everyone, together=True), draws=3)
    assert taken.replaced == 3
    assert taken.repeated == 300
    assert (taken.times == 1).all()


def test_the_same_seed_draws_the_same_experts():
    need = connection([CHAIN] * 6)
    np.testing.assert_array_equal(drawn(need).times, drawn(need).times)
    assert (drawn(need).times != drawn(need, seed=6).times).any()


def test_judgements_move_evenly_within_half_a_step():
    grades = matrix(3, [3, 1, 1 / 5])[None]
    moved = np.exp(moved_logarithms(grades, "saaty", 20_000, np.random.default_rng(1)))
    assert moved.shape == (20_000, 1, 3)
    first, middle, last = moved[:, 0, :].T
    assert 2.5 <= first.min() < 2.51
    assert 3.49 < first.max() <= 3.5
    assert first.mean() == pytest.approx(3, abs=0.01)
    assert middle.min() == pytest.approx(1 / 1.5, abs=0.002)
    assert middle.max() == pytest.approx(1.5, abs=0.002)
    assert (1 / last).mean() == pytest.approx(5, abs=0.01)


def test_the_end_of_the_scale_is_the_end():
    moved = np.exp(moved_logarithms(matrix(2, [9])[None], "saaty", 4000, np.random.default_rng(1)))
    assert moved.max() == pytest.approx(9)
    assert (moved == moved.max()).mean() == pytest.approx(0.5, abs=0.03)


def test_moved_judgements_follow_the_scale_and_stay_missing():
    grades = matrix(3, [3, None, 2])[None]
    moved = np.exp(moved_logarithms(grades, "power", 2000, np.random.default_rng(1)))
    assert 2.5**2 <= moved[:, 0, 0].min() < moved[:, 0, 0].max() <= 3.5**2
    assert np.isnan(moved[:, 0, 1]).all()
    assert np.isfinite(moved[:, 0, 2]).all()


def test_scores_move_by_half_a_point_and_stay_above_zero():
    moved = moved_scores(np.array([[8.0, 0.4, np.nan]]), 5000, np.random.default_rng(1))
    assert 7.5 <= moved[:, 0, 0].min() < moved[:, 0, 0].max() <= 8.5
    assert 0.2 <= moved[:, 0, 1].min() < moved[:, 0, 1].max() <= 0.6
    assert np.isnan(moved[:, 0, 2]).all()
