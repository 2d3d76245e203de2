"""What must hold of scores, ranks and contributions for any data."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from suanli.scoring import changes, score
from tests.made import framework, grid, group, indicator

# whole numbers, so that a change of unit is exact and ties are real
CELLS = st.integers(-1000, 1000).map(float)
VALUES = st.integers(2, 8).flatmap(lambda regions: hnp.arrays(float, (regions, 4), elements=CELLS))
PANELS = st.integers(2, 6).flatmap(
    lambda regions: hnp.arrays(float, (2, regions, 4), elements=CELLS)
)
METHODS = st.sampled_from(["min-max", "z-score", "rank", "percentile-rank", "borda"])
DIRECTIONS = st.lists(st.sampled_from(["higher", "lower"]), min_size=4, max_size=4)
WEIGHTS = st.lists(st.integers(1, 9), min_size=2, max_size=2)


def made(method="min-max", directions=("higher",) * 4, weights=(1, 1), **fields):
    leaves = [indicator(f"i{column}", direction=directions[column]) for column in range(4)]
    top = [weight / sum(weights) for weight in weights]
    halves = {"i0": 0.5, "i1": 0.5, "i2": 0.5, "i3": 0.5}
    for leaf in leaves:
        leaf["weight"] = halves[leaf["code"]]
    return framework(
        group("a", *leaves[:2], weight=top[0]),
        group("b", *leaves[2:], weight=top[1]),
        normalisation={"method": method, "goalposts": "annual"},
        weighting={"method": "given", "renormalise_missing": True},
        **fields,
    )


@given(VALUES, METHODS, DIRECTIONS, WEIGHTS)
def test_contributions_sum_to_the_index_and_weights_to_one(values, method, directions, weights):
    scores = score(made(method, directions, weights), grid(values))
    np.testing.assert_allclose(
        scores.contributions.sum(axis=2), scores.scores[:, :, 0], rtol=1e-12, atol=1e-9
    )
    leaves = [
        position
        for position, code in enumerate(scores.nodes)
        if code.startswith("i") and code != "index"
    ]
    assert abs(scores.weights.overall[leaves].sum() - 1) < 1e-12


@given(VALUES, METHODS, DIRECTIONS, st.integers(1, 6), st.integers(-5, 5))
def test_ranks_do_not_hang_on_the_unit(values, method, directions, factor, shift):
    # powers of two rescale without rounding, so even ties survive
    other = values * 2.0**factor + (shift if method in ("rank", "borda", "percentile-rank") else 0)
    rules = made(method, directions)
    np.testing.assert_array_equal(score(rules, grid(values)).ranks, score(rules, grid(other)).ranks)


@given(VALUES, METHODS, DIRECTIONS, st.randoms(use_true_random=False))
def test_permuting_regions_permutes_the_result(values, method, directions, shuffler):
    order = list(range(len(values)))
    shuffler.shuffle(order)
    rules = made(method, directions)
    straight, permuted = score(rules, grid(values)), score(rules, grid(values[order]))
    np.testing.assert_array_equal(permuted.ranks[0, :, 0], straight.ranks[0, order, 0])
    np.testing.assert_allclose(permuted.scores[0], straight.scores[0, order], rtol=1e-12, atol=1e-9)


@given(VALUES, METHODS, st.sampled_from(["higher", "lower"]))
def test_normalisation_keeps_the_order_of_values(values, method, direction):
    scores = score(made(method, [direction] * 4), grid(values)).normalised[0]
    signed = values if direction == "higher" else -values
    for column in range(4):
        if np.ptp(values[:, column]) == 0:
            continue
        order = np.argsort(signed[:, column], kind="stable")
        assert (np.diff(scores[order, column]) >= 0).all()


@given(VALUES, WEIGHTS)
def test_a_dominated_region_never_outranks_its_dominator(values, weights):
    ranks = score(made("min-max", weights=weights), grid(values)).ranks[0, :, 0]
    for one in range(len(values)):
        for other in range(len(values)):
            if (values[one] >= values[other]).all():
                assert ranks[one] <= ranks[other]


@given(VALUES, METHODS)
def test_ranks_are_competition_ranks(values, method):
    scores = score(made(method), grid(values))
    index, ranks = scores.scores[0, :, 0], scores.ranks[0, :, 0]
    for place in range(len(index)):
        assert ranks[place] == 1 + np.sum(index > index[place])


@settings(deadline=None)
@given(PANELS, METHODS, DIRECTIONS, WEIGHTS)
def test_changes_sum_to_the_change_of_the_index(panel, method, directions, weights):
    before = score(made(method, directions), grid(panel))
    after = score(made(method, directions, weights), grid(panel))
    change = changes(before, after, period_before="2020", period_after="2021")
    np.testing.assert_allclose(
        change.amounts.sum(axis=(1, 2)), change.after - change.before, rtol=0, atol=1e-8
    )


@given(hnp.arrays(float, (5, 4), elements=st.one_of(CELLS, st.just(float("nan")))))
def test_missing_values_stay_missing_and_nothing_else_does(values):
    scores = score(made(), grid(values))
    np.testing.assert_array_equal(np.isnan(scores.normalised[0]), np.isnan(values))
    np.testing.assert_array_equal(scores.ranks[0, :, 0] == 0, np.isnan(scores.scores[0, :, 0]))
