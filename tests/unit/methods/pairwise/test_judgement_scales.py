import numpy as np
import pytest

from suanli.methods.pairwise.aggregation import reciprocal_matrices
from suanli.methods.pairwise.judgement_scales import (
    SCALES,
    grades_at,
    largest_ratio,
    places,
    positions,
    ratios,
)

GRADES = np.arange(1.0, 10.0)
FORM = np.concatenate([1 / GRADES[:0:-1], GRADES])
DRAWN = np.random.default_rng(3)


def drawn_matrices(count: int, size: int) -> np.ndarray:
    signed = DRAWN.integers(-8, 9, (count, size * (size - 1) // 2))
    return reciprocal_matrices(np.copysign(np.log1p(np.abs(signed)), signed), size)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("items", [2, 3, 7, 11, 60])
def test_every_scale_rises_from_one_and_inverts(scale, items):
    found = ratios(GRADES, scale, items=items)
    assert found[0] == 1
    assert (np.diff(found) > 0).all()
    np.testing.assert_allclose(ratios(1 / GRADES, scale, items=items), 1 / found, rtol=1e-13)
    assert largest_ratio(scale, items) == found[-1]


@pytest.mark.parametrize("scale", SCALES)
def test_matrices_are_reciprocal_to_the_last_bit(scale):
    grades = drawn_matrices(20, 6)
    grades[3, 1, 4] = grades[3, 4, 1] = 2.7
    grades[3, 4, 1] = 1 / 2.7
    found = ratios(grades, scale)
    above = np.where(found >= 1, found, np.nan)
    mirrored = np.swapaxes(found, -1, -2)
    here = ~np.isnan(above)
    assert here.sum() >= grades.size / 2
    assert (mirrored[here] == 1 / above[here]).all()
    assert (found[:, range(6), range(6)] == 1).all()


def test_the_saaty_scale_leaves_grades_alone():
    grades = drawn_matrices(20, 6)
    np.testing.assert_array_equal(ratios(grades), grades)


def test_missing_grades_stay_missing_and_only_they():
    grades = drawn_matrices(1, 4)[0]
    grades[0, 2] = grades[2, 0] = np.nan
    for scale in SCALES:
        np.testing.assert_array_equal(np.isnan(ratios(grades, scale)), np.isnan(grades))


def test_scales_with_a_size_take_it_from_the_matrix():
    grades = drawn_matrices(2, 5)
    for scale in ("balanced-n", "adaptive", "adaptive-balanced"):
        elementwise = ratios(grades, scale, items=5)
        np.testing.assert_allclose(ratios(grades, scale), elementwise, rtol=1e-13)
        assert not np.allclose(elementwise, ratios(grades, scale, items=4))


def test_scales_do_not_change_their_argument_nor_return_it():
    grades = drawn_matrices(1, 3)
    kept = grades.copy()
    ratios(grades)[...] = 7
    ratios(grades[:, :1, :1])[...] = 7
    positions(grades)[...] = 7
    np.testing.assert_array_equal(grades, kept)


def test_a_lone_item_and_an_empty_panel_are_fine():
    assert ratios([[1.0]], "adaptive").tolist() == [[1.0]]
    assert ratios(np.empty((0, 3, 3)), "balanced-n").shape == (0, 3, 3)


def test_relations_between_scales():
    np.testing.assert_array_equal(
        ratios(FORM, "nine", items=4), ratios(FORM, "inverse-linear", items=4)
    )
    np.testing.assert_array_equal(ratios(FORM, "ten", items=4), ratios(FORM, "balanced", items=4))
    # with two items the weight of balanced-n runs from 1/2 to 9/10 as that of balanced does
    np.testing.assert_allclose(
        ratios(FORM, "balanced-n", items=2), ratios(FORM, "balanced", items=2), rtol=1e-13
    )
    np.testing.assert_allclose(ratios(FORM, "adaptive", items=2), FORM, rtol=1e-13)


@pytest.mark.parametrize("bad", [9.5, 0.1, 0.0, -3.0, np.inf])
def test_grades_outside_the_scale_are_named(bad):
    with pytest.raises(ValueError, match=rf"\(1, 2\) is {bad:g}"):
        ratios([[1, 1, 1], [1, 1, bad]], items=3)
    with pytest.raises(ValueError, match="between 1/9 and 9"):
        positions([bad])


def test_a_ninth_from_decimals_is_a_grade():
    assert ratios([1 / 9, 0.1111111111, 9.000000001], items=2).shape == (3,)


def test_wrong_use_is_refused():
    with pytest.raises(ValueError, match="unknown scale 'fuzzy'; the scales are saaty"):
        ratios([[1.0]], "fuzzy")
    with pytest.raises(ValueError, match="no square matrices"):
        ratios([1.0, 2.0])
    with pytest.raises(ValueError, match=r"\(0, 1\) and its opposite are not reciprocal"):
        ratios([[1, 3], [1 / 2, 1]])


def test_the_form_has_seventeen_even_positions():
    np.testing.assert_allclose(positions(FORM), np.arange(-8, 9), atol=1e-14)
    np.testing.assert_allclose(grades_at(np.arange(-8, 9)), FORM, rtol=1e-15)


def test_half_steps_around_one():
    assert grades_at([0.5, -0.5]).tolist() == [1.5, 1 / 1.5]
    assert grades_at(positions(1.25) - 0.5) == pytest.approx(1 / 1.25)
    assert np.isnan(grades_at(positions([np.nan]))).all()


def test_a_ratio_beyond_the_form_has_its_place_there():
    np.testing.assert_allclose(places(np.array([12.0, 1 / 12])), [11, -11])
