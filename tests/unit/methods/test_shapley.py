from itertools import permutations

import numpy as np
import pytest

from suanli.methods.shapley import shapley_change, shapley_values

RNG = np.random.default_rng(6)


def by_orders(worth, players):
    """Return the average of every player's step over all orders of joining."""
    parts = []
    for order in permutations(range(players)):
        members, steps = np.zeros(players, dtype=bool), np.zeros(players)
        for player in order:
            before = worth(members)
            members[player] = True
            steps[player] = worth(members) - before
        parts.append(steps)
    return np.mean(parts, axis=0)


@pytest.mark.parametrize("players", [1, 2, 3, 5])
def test_exact_values_are_averages_over_all_orders(players):
    table = RNG.normal(size=2**players)

    def worth(members):
        return table[int(members @ (1 << np.arange(players)))]

    np.testing.assert_allclose(
        shapley_values(worth, players), by_orders(worth, players), atol=1e-12
    )


def test_worth_may_be_an_array():
    gains = RNG.normal(size=(4, 2, 3))
    found = shapley_values(lambda members: np.exp(gains[members].sum(axis=0)), 4)
    assert found.shape == (4, 2, 3)
    whole = np.exp(gains.sum(axis=0)) - 1
    np.testing.assert_allclose(found.sum(axis=0), whole, rtol=1e-12)
    corner = shapley_values(lambda members: np.exp(gains[members, 1, 2].sum()), 4)
    np.testing.assert_allclose(found[:, 1, 2], corner, rtol=1e-12)


def test_twelve_players_still_sum_to_the_whole():
    scores = RNG.uniform(1, 100, 12)
    found = shapley_values(lambda members: 1e3 / np.sum(1 / np.where(members, scores, 1)), 12)
    whole = 1e3 / np.sum(1 / scores) - 1e3 / 12
    assert found.sum() == pytest.approx(whole, rel=1e-12)


def council(members):
    """Return 1 if the coalition passes a motion: all five permanent members and nine in all."""
    return float(members[:5].all() and members.sum() >= 9)


def test_sampled_values_sum_to_the_whole_and_come_near():
    found = shapley_values(council, 15, rng=np.random.default_rng(1), orderings=2000)
    assert found.sum() == pytest.approx(1, rel=1e-12)
    np.testing.assert_allclose(found[:5], 0.1963, atol=0.02)
    np.testing.assert_allclose(found[5:], 0.00186, atol=0.002)


def test_the_same_seed_gives_the_same_sample():
    first, again, other = (
        shapley_values(council, 15, rng=np.random.default_rng(seed), orderings=5)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_changes_of_factors_sum_to_the_change():
    before, after = RNG.normal(size=(2, 5, 31))

    def outcome(a, b, c, d, e):
        return (a * b + c) * d + e

    amounts = shapley_change(outcome, before, after)
    assert amounts.shape == (5, 31)
    whole = outcome(*after) - outcome(*before)
    np.testing.assert_allclose(amounts.sum(axis=0), whole, rtol=1e-11, atol=1e-12)


def test_a_factor_that_did_not_change_changed_nothing():
    amounts = shapley_change(lambda a, b: a * b, [2.0, 7.0], [2.0, 9.0])
    assert amounts.tolist() == [0, 4]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: shapley_values(council, 0), "cannot be divided among no players"),
        (lambda: shapley_values(council, 15), "15 players are too many .* needs `rng`"),
        (
            lambda: shapley_values(council, 15, rng=np.random.default_rng(), orderings=0),
            "at least 1 ordering must be drawn, not 0",
        ),
        (lambda: shapley_change(max, [1, 2], [1]), "2 factors before do not match 1 after"),
    ],
)
def test_games_that_cannot_be_solved_are_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
