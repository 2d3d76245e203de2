import numpy as np
import pytest
from scipy.optimize import minimize

from suanli.methods.pairwise import incomplete
from suanli.methods.pairwise.complete import geometric_weights, principal
from suanli.methods.pairwise.incomplete import harker, least_lambda, least_squares_weights
from tests.unit.methods.pairwise.made import connected_gaps, consistent, random_grades, with_gaps

RNG = np.random.default_rng(33)


def links(n, *pairs):
    table = np.zeros((n, n), dtype=bool)
    for pair in pairs:
        table[pair] = True
    return table


@pytest.mark.parametrize(
    ("table", "groups"),
    [
        (links(1), ((0,),)),
        (links(3), ((0,), (1,), (2,))),
        (links(5, (4, 0), (1, 3)), ((0, 4), (1, 3), (2,))),
        (links(6, (0, 1), (1, 2), (2, 3), (3, 4), (4, 5)), ((0, 1, 2, 3, 4, 5),)),
        (np.zeros((0, 0), dtype=bool), ()),
    ],
)
def test_components_are_what_comparisons_connect(table, groups):
    assert incomplete.components(table) == groups
    assert incomplete.components(table.T) == groups


def test_a_table_of_comparisons_is_square():
    with pytest.raises(ValueError, match=r"square table, not of shape \(2, 3\)"):
        incomplete.components(np.ones((2, 3)))


def test_least_squares_minimises_the_logarithmic_errors():
    gapped = connected_gaps(RNG, random_grades(RNG, 6), 7)
    weights = least_squares_weights(gapped)
    known = ~np.isnan(gapped)

    def loss(logarithms):
        return np.square((np.log(gapped) - logarithms[:, None] + logarithms)[known]).sum()

    best = minimize(loss, np.zeros(6), tol=1e-14)
    assert loss(np.log(weights)) <= best.fun * (1 + 1e-12)
    np.testing.assert_allclose(weights, np.exp(best.x) / np.exp(best.x).sum(), rtol=1e-5)


def test_least_squares_of_a_complete_matrix_is_the_geometric_mean():
    matrices = random_grades(RNG, 7, (5,))
    np.testing.assert_array_equal(least_squares_weights(matrices), geometric_weights(matrices))
    np.testing.assert_allclose(
        least_squares_weights(matrices, np.full((7, 7), 3.0)),
        geometric_weights(matrices),
        rtol=1e-13,
    )


def test_least_squares_with_strengths_by_hand():
    # three items in a triangle; the pair 0-2 counts c: w_0 / w_1 from the two ways between them
    matrix = random_grades(RNG, 3)
    strength = np.array([[0, 1, 2.5], [1, 0, 1], [2.5, 1, 0]])
    direct = np.log(matrix[0, 1])
    around = np.log(matrix[0, 2] * matrix[2, 1])
    # ways in parallel count by their strengths, in series by the harmonic sum
    series = 1 / (1 / 2.5 + 1)
    weights = least_squares_weights(matrix, strength)
    wanted = (direct + series * around) / (1 + series)
    assert np.log(weights[0] / weights[1]) == pytest.approx(wanted, rel=1e-13)


def test_strengths_may_come_in_draws_and_count_nothing_where_a_pair_is_missing():
    gapped = connected_gaps(RNG, random_grades(RNG, 5), 3)
    draws = RNG.uniform(0.5, 2, size=(4, 5, 5))
    draws = draws + draws.swapaxes(1, 2)
    together = least_squares_weights(gapped, draws)
    assert together.shape == (4, 5)
    for weights, draw in zip(together, draws, strict=True):
        known_only = np.where(np.isnan(gapped), 0.0, draw)
        np.testing.assert_allclose(weights, least_squares_weights(gapped, known_only), rtol=1e-14)
        np.testing.assert_allclose(weights, least_squares_weights(gapped, draw * 1e6), rtol=1e-12)


@pytest.mark.parametrize(
    ("strengths", "message"),
    [
        (np.ones((3, 3)), r"strengths are \(..., 4, 4\), not of shape \(3, 3\)"),
        (-np.ones((4, 4)), "not below 0"),
        (np.full((4, 4), np.inf), "finite"),
        (np.triu(np.ones((4, 4))), "the same in both directions"),
        (np.eye(4), r"do not connect all items; the groups are \[0\], \[1\], \[2\], \[3\]"),
    ],
)
def test_strengths_that_do_not_fit_are_refused(strengths, message):
    with pytest.raises(ValueError, match=message):
        least_squares_weights(random_grades(RNG, 4), strengths)


@pytest.mark.parametrize("solve", [least_squares_weights, least_lambda, harker])
def test_disconnected_comparisons_are_refused_with_their_groups(solve):
    apart = with_gaps(random_grades(RNG, 5), [0, 0, 0, 1, 2, 4], [1, 2, 4, 3, 3, 3])
    with pytest.raises(ValueError, match=r"the groups are \[0, 3\], \[1, 2, 4\]"):
        solve(apart)


def test_one_disconnected_matrix_in_a_batch_is_found():
    batch = random_grades(RNG, 3, (4,))
    batch[2] = with_gaps(batch[2], [0, 0], [1, 2])
    with pytest.raises(ValueError, match=r"the groups are \[0\], \[1, 2\]"):
        least_squares_weights(batch)


@pytest.mark.parametrize("n", [3, 4, 5, 8, 12])
def test_no_other_completion_has_a_lower_lambda(n):
    gapped = connected_gaps(RNG, random_grades(RNG, n), (n - 1) * (n - 2) // 4 + 1)
    filled = least_lambda(gapped)
    known = ~np.isnan(gapped)
    np.testing.assert_array_equal(filled[known], gapped[known])
    np.testing.assert_allclose(filled * filled.T, 1, rtol=1e-15)
    rows, columns = np.nonzero(np.triu(~known))
    lowest = principal(filled).lambda_max
    for _ in range(50):
        other = filled.copy()
        other[rows, columns] *= np.exp(
            RNG.normal(scale=10.0 ** RNG.integers(-3, 1), size=len(rows))
        )
        other[columns, rows] = 1 / other[rows, columns]
        assert principal(other).lambda_max > lowest


def test_the_minimum_is_found_to_the_last_digits():
    for missing in (1, 5, 12, 20):
        gapped = connected_gaps(RNG, random_grades(RNG, 9), missing)
        filled = least_lambda(gapped)
        right, left = principal(filled).weights, principal(filled.T).weights
        flow = left[:, None] * filled * right / (left @ right)
        assert np.abs((flow - flow.T)[np.isnan(gapped)]).max() < 1e-13


@pytest.mark.parametrize("n", [3, 6, 30, 100])
def test_consistent_judgements_are_completed_exactly(n):
    weights = np.exp(RNG.normal(size=n))
    weights /= weights.sum()
    gapped = connected_gaps(RNG, consistent(weights), (n - 1) * (n - 2) // 2)
    np.testing.assert_allclose(least_lambda(gapped), consistent(weights), rtol=1e-11)
    np.testing.assert_allclose(harker(gapped).weights, weights, rtol=1e-11)
    np.testing.assert_allclose(least_squares_weights(gapped), weights, rtol=1e-11)
    assert harker(gapped).lambda_max == pytest.approx(n, rel=1e-12)


def test_for_four_items_least_lambda_and_least_squares_fill_alike():
    # Csató, Ágoston and Bozóki 2024: on up to four items the two completions coincide
    for missing in (1, 2):
        gapped = connected_gaps(RNG, random_grades(RNG, 4), missing)
        weights = least_squares_weights(gapped)
        gaps = np.isnan(gapped)
        np.testing.assert_allclose(
            least_lambda(gapped)[gaps], consistent(weights)[gaps], rtol=1e-10
        )


def test_a_long_ring_of_nines_is_completed():
    n = 40
    ring = np.full((n, n), np.nan)
    np.fill_diagonal(ring, 1)
    for item in range(n):
        ring[item, (item + 1) % n], ring[(item + 1) % n, item] = 9, 1 / 9
    filled = least_lambda(ring)
    # by symmetry every row is the same, and the items weigh the same
    np.testing.assert_allclose(principal(filled).weights, 1 / n, rtol=1e-12)
    assert principal(filled).lambda_max == pytest.approx(harker(ring).lambda_max, rel=1e-12)
    assert principal(filled).lambda_max == pytest.approx(n - 2 + 9 + 1 / 9, rel=1e-13)


def test_complete_matrices_and_single_items_stay_as_they_are():
    matrices = random_grades(RNG, 4, (2, 2))
    np.testing.assert_array_equal(least_lambda(matrices), matrices)
    np.testing.assert_array_equal(least_lambda([[1.0]]), [[1.0]])
    found = harker(matrices)
    np.testing.assert_allclose(found.weights, principal(matrices).weights, rtol=1e-14)


def test_harker_weighs_as_if_the_gaps_agreed_with_it():
    gapped = connected_gaps(RNG, random_grades(RNG, 6), 5)
    found = harker(gapped)
    filled = np.where(np.isnan(gapped), consistent(found.weights), gapped)
    again = principal(filled)
    np.testing.assert_allclose(again.weights, found.weights, rtol=1e-13)
    assert again.lambda_max == pytest.approx(found.lambda_max, rel=1e-13)


def test_arguments_are_not_changed():
    gapped = connected_gaps(RNG, random_grades(RNG, 5), 3)
    before = gapped.copy()
    least_lambda(gapped), harker(gapped), least_squares_weights(gapped)
    np.testing.assert_array_equal(gapped, before)
