"""Properties of decompositions: parts sum to the whole; like players get like parts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import means, shares

rows = st.integers(1, 6).flatmap(
    lambda size: st.tuples(
        arrays(float, (4, size), elements=st.floats(1, 1000) | st.just(np.nan)),
        arrays(float, size, elements=st.floats(0.01, 1)),
    )
)
tables = st.integers(1, 5).flatmap(
    lambda players: arrays(float, 2**players, elements=st.integers(-50, 50).map(float))
)


def game(table):
    """Return the worth function that looks coalitions up in a table, and its number of players."""
    players = table.size.bit_length() - 1
    return lambda members: table[int(members @ (1 << np.arange(players)))], players


@given(rows)
def test_additive_and_logarithmic_parts_sum_to_the_mean(given_rows):
    scores, weights = given_rows
    for parts, whole in (
        (
            shares.arithmetic_shares(scores, weights, missing="renormalise"),
            means.arithmetic(scores, weights, missing="renormalise"),
        ),
        (
            shares.geometric_shares(scores, weights, 1.0, missing="renormalise"),
            means.geometric(scores, weights, missing="renormalise"),
        ),
    ):
        np.testing.assert_allclose(parts.sum(axis=-1), whole, rtol=1e-12)
        assert (parts[~np.isnan(parts)] >= 0).all()


@settings(max_examples=30)
@given(rows, st.sampled_from([means.harmonic, means.weighted_median, means.copeland]))
def test_substitution_parts_sum_to_the_aggregate(given_rows, mean):
    scores, weights = given_rows

    def aggregate(values):
        return mean(values, weights, missing="renormalise")

    parts = shares.substitution_shares(aggregate, scores, weights, baseline=1.0)
    np.testing.assert_allclose(parts.sum(axis=-1), aggregate(scores), rtol=1e-12, atol=1e-13)


@given(tables)
def test_shapley_values_divide_the_whole(table):
    worth, players = game(table)
    found = shares.shapley_values(worth, players)
    assert found.sum() == pytest.approx(table[-1] - table[0], rel=1e-12, abs=1e-10)


@given(tables, st.randoms(use_true_random=False))
def test_renaming_players_renames_their_values(table, random):
    worth, players = game(table)
    order = list(range(players))
    random.shuffle(order)

    def renamed(members):
        original = np.zeros(players, dtype=bool)
        original[order] = members
        return worth(original)

    np.testing.assert_allclose(
        shares.shapley_values(renamed, players),
        shares.shapley_values(worth, players)[order],
        atol=1e-10,
    )


@given(tables)
def test_players_who_add_the_same_get_the_same_and_idle_ones_nothing(table):
    worth, players = game(table)

    def widened(members):
        """Give the first player a twin, either of whom will do, and add one idle player."""
        first = members[0] or members[players]
        return worth(np.array([first, *members[1:players]]))

    found = shares.shapley_values(widened, players + 2)
    assert found[0] == pytest.approx(found[players], abs=1e-10)
    assert found[players + 1] == pytest.approx(0, abs=1e-10)


@given(arrays(float, (2, 4), elements=st.floats(-100, 100)))
def test_amounts_of_factors_sum_to_the_change(parts):
    before, after = parts.tolist()

    def outcome(a, b, c, d):
        return np.array([a * b * c + d, a + b * d])

    amounts = shares.shapley_change(outcome, before, after)
    whole = outcome(*after) - outcome(*before)
    np.testing.assert_allclose(amounts.sum(axis=0), whole, rtol=1e-12, atol=1e-7)
