import numpy as np
import pytest

from suanli.methods.pairwise import matrices

GOOD = np.array([[1, 2, 4], [1 / 2, 1, 3], [1 / 4, 1 / 3, 1]])


def changed(*places, value):
    matrix = GOOD.copy()
    for place in places:
        matrix[place] = value
    return matrix


def test_good_matrices_come_back_as_they_are():
    batch = np.stack([GOOD, GOOD.T])
    np.testing.assert_array_equal(matrices.complete_matrices(batch), batch)
    array, known = matrices.judged_matrices(batch)
    np.testing.assert_array_equal(array, batch)
    assert known.all()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ([1, 2, 3], r"square, not of shape \(3,\)"),
        (np.ones((2, 3)), r"square, not of shape \(2, 3\)"),
        (np.ones((0, 0)), r"square, not of shape \(0, 0\)"),
        (changed((0, 1), value=0), r"judgement \[0, 1\] is not above 0"),
        (changed((2, 0), value=-0.25), r"judgement \[2, 0\] is not above 0"),
        (changed((1, 2), value=np.inf), r"judgement \[1, 2\] and its reciprocal"),
        (changed((0, 2), value=4.1), r"judgement \[0, 2\] and its reciprocal"),
        (changed((0, 2), value=3.9), r"judgement \[0, 2\] and its reciprocal"),
        (changed((0, 2), value=4 * (1 + 2e-9)), r"judgement \[0, 2\] and its reciprocal"),
        (changed((1, 1), value=2), r"judgement \[1, 1\] and its reciprocal"),
        (changed((0, 1), (1, 0), value=np.nan), r"judgement \[0, 1\] is missing"),
        (np.stack([GOOD, changed((0, 1), value=5)]), r"judgement \[1, 0, 1\] and its reciprocal"),
    ],
)
def test_what_is_no_complete_matrix_is_refused_with_its_place(bad, message):
    with pytest.raises(ValueError, match=message):
        matrices.complete_matrices(bad)


def test_decimals_of_full_precision_are_reciprocal_enough():
    matrices.complete_matrices([[1, 0.1111111111], [9.0000000009, 1]])


def test_missing_pairs_are_kept():
    gap = changed((0, 1), (1, 0), value=np.nan)
    array, known = matrices.judged_matrices(gap)
    np.testing.assert_array_equal(array, gap)
    np.testing.assert_array_equal(known, ~np.isnan(gap))
    assert matrices.missing_count(gap) == 1
    np.testing.assert_array_equal(matrices.missing_count([GOOD, gap]), [0, 1])


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (changed((0, 1), value=np.nan), r"judgement \[1, 0\] is there but its reciprocal"),
        (changed((1, 1), value=np.nan), "the diagonal of a judgement matrix is 1"),
        (changed((0, 1), (1, 0), (1, 2), value=np.nan), r"judgement \[2, 1\] is there"),
    ],
)
def test_half_missing_pairs_are_refused(bad, message):
    with pytest.raises(ValueError, match=message):
        matrices.judged_matrices(bad)


def test_known_pairs_of_an_incomplete_matrix_are_checked_too():
    bad = changed((0, 1), (1, 0), value=np.nan)
    bad[0, 2] = 5
    with pytest.raises(ValueError, match=r"judgement \[0, 2\] and its reciprocal"):
        matrices.judged_matrices(bad)


def test_nothing_changes_its_argument():
    gap = changed((0, 1), (1, 0), value=np.nan)
    before = gap.copy()
    matrices.judged_matrices(gap)
    matrices.missing_count(gap)
    np.testing.assert_array_equal(gap, before)
