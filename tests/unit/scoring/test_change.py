"""Changes of the index split exactly, and onto the right factor."""

from functools import partial

import numpy as np
import pytest

from suanli.scoring import FACTORS, changes, score
from tests.made import flat, framework, grid, group, indicator

assert_close = partial(np.testing.assert_allclose, rtol=0, atol=1e-10)


def total(change, factor):
    return np.nansum(change.amounts[:, :, FACTORS.index(factor)], axis=1)


def assert_exact(change):
    assert_close(change.amounts.sum(axis=(1, 2)), change.after - change.before)


def two_periods(made, values, **options):
    scores = score(made, grid(values), **options)
    return changes(scores, scores, period_before="2020", period_after="2021")


def test_annual_goalposts_move_a_region_that_stood_still():
    change = two_periods(flat(1), [[[0.0], [50], [100]], [[0], [50], [200]]])
    assert_exact(change)
    assert_close(change.after - change.before, [0, -25, 0])
    assert_close(total(change, "data"), [0, 0, 75])
    assert_close(total(change, "goalposts"), [0, -25, -75])


def test_fixed_goalposts_leave_only_data():
    made = framework(
        indicator("i0", goalposts=[0, 200]),
        normalisation={"method": "min-max", "goalposts": "fixed"},
    )
    change = two_periods(made, [[[0.0], [50]], [[20], [60]]])
    assert_exact(change)
    assert_close(total(change, "data"), [10, 5])
    for factor in ("revision", "goalposts", "weights", "framework"):
        assert_close(total(change, factor), 0)


def test_weights_alone():
    values = [[0.0, 1], [1, 0], [0.5, 0.5]]
    before = score(flat(2), grid(values))
    after = score(flat(2), grid(values), weights={"i0": 0.75, "i1": 0.25})
    change = changes(before, after, period_before="2020", period_after="2020")
    assert_exact(change)
    assert_close(total(change, "weights"), [-25, 25, 0])
    assert_close(change.amounts[1, :, FACTORS.index("weights")], [25, 0])


def test_revised_data_are_revision_and_not_data():
    before = score(flat(1), grid([[0.0], [50], [100]]))
    after = score(flat(1), grid([[0.0], [60], [100]]))
    change = changes(before, after, period_before="2020", period_after="2020")
    assert_exact(change)
    assert_close(total(change, "revision"), [0, 10, 0])
    assert_close(total(change, "data"), 0)


def test_revision_and_growth_are_told_apart():
    before = score(flat(1), grid([[[0.0], [50], [100]]]))
    after = score(flat(1), grid([[[0.0], [60], [100]], [[0], [80], [100]]]))
    change = changes(before, after, period_before="2020", period_after="2021")
    assert_exact(change)
    assert_close(total(change, "revision"), [0, 10, 0])
    assert_close(total(change, "data"), [0, 20, 0])


def test_another_indicator_is_the_framework_s():
    values = [[0.0, 1, 3], [1, 0, 2], [0.5, 0.5, 1]]
    before = score(flat(2), grid(np.array(values)[:, :2]))
    after = score(flat(3), grid(values))
    change = changes(before, after, period_before="2020", period_after="2020")
    assert_exact(change)
    assert change.indicators == ("i0", "i1", "i2")
    assert_close(total(change, "framework"), change.after - change.before)


def test_framework_change_uses_the_later_data_where_it_can():
    before = score(flat(1), grid([[[0.0], [50], [100]]]))
    later = framework(indicator("i0"), indicator("i1"))
    after = score(later, grid([[[0.0, 1], [80, 1.5], [100, 2]]], periods=["2021"]))
    change = changes(before, after, period_before="2020", period_after="2021")
    assert_exact(change)
    assert_close(total(change, "data"), [0, 30, 0])
    assert_close(total(change, "framework"), [0, -15, 0])


def test_an_indicator_the_later_data_lack_leaves_everything_to_the_framework():
    before = score(flat(2), grid([[0.0, 3], [50, 1], [100, 2]]))
    after = score(framework(indicator("i0")), grid([[0.0], [80], [100]], ["i0"], periods=["2021"]))
    change = changes(before, after, period_before="2020", period_after="2021")
    assert_exact(change)
    assert_close(total(change, "framework"), change.after - change.before)


def test_official_and_audit_mode_differ_by_the_framework():
    values = np.arange(20.0)[:, None]
    values[19] = 900
    made = flat(1, treatment={"method": "winsorise", "max_points": 1})
    before, after = (score(made, grid(values), mode=mode) for mode in ("official", "audit"))
    change = changes(before, after, period_before="2020", period_after="2020")
    assert_exact(change)
    assert_close(total(change, "framework"), change.after - change.before)


def test_a_missing_region_has_no_change_and_a_missing_indicator_counts_nothing():
    made = flat(2, weighting={"method": "equal", "renormalise_missing": True})
    change = two_periods(
        made,
        [
            [[0, 5], [np.nan, np.nan], [10, 1], [3, np.nan]],
            [[0, 5], [4, 2], [12, 1], [3, 4]],
        ],
    )
    assert np.isnan(change.amounts[1]).all()
    rest = [0, 2, 3]
    assert_close(change.amounts[rest].sum(axis=(1, 2)), (change.after - change.before)[rest])


def test_regions_in_common_are_compared_whatever_their_order():
    before = score(flat(1), grid([[0.0], [50], [100]], regions=["a", "b", "c"]))
    after = score(flat(1), grid([[100.0], [70], [0], [5]], regions=["c", "b", "a", "d"]))
    change = changes(before, after, period_before="2020", period_after="2020")
    assert change.regions == ("a", "b", "c")
    assert_exact(change)
    assert_close(change.after, [0, 70, 100])


@pytest.mark.parametrize(
    "method", ["rank", "percentile-rank", "borda", "z-score", "fraction-of-maximum"]
)
@pytest.mark.parametrize(
    "mean", [{"method": "arithmetic"}, {"method": "harmonic", "floor": 5}, {"method": "copeland"}]
)
def test_exact_under_every_method(method, mean):
    made = framework(
        group("a", indicator("i0"), indicator("i1", direction="lower")),
        indicator("i2"),
        normalisation={"method": method, "goalposts": "annual"},
        aggregation={"default": mean},
    )
    values = np.random.default_rng(3).uniform(1, 9, size=(2, 7, 3))
    assert_exact(two_periods(made, values))


def test_regions_that_left_do_not_break_ranks():
    made = flat(2, normalisation={"method": "percentile-rank", "goalposts": "annual"})
    before = score(made, grid([[1.0, 4], [2, 3], [3, 2], [4, 1]], regions=["a", "b", "c", "d"]))
    after = score(made, grid([[1.0, 4], [2, 3], [3, 5]], regions=["a", "b", "c"]))
    assert_exact(changes(before, after, period_before="2020", period_after="2020"))


def test_another_kind_of_goalposts_is_no_revision():
    leaf = indicator("i0", goalposts=[0, 200])
    annual = framework(leaf)
    fixed = framework(leaf, normalisation={"method": "min-max", "goalposts": "fixed"})
    values = grid([[0.0], [50], [100]])
    change = changes(
        score(annual, values), score(fixed, values), period_before="2020", period_after="2020"
    )
    assert_exact(change)
    assert_close(total(change, "goalposts"), [0, -25, -50])
    assert_close(total(change, "revision"), 0)


def test_a_revision_counts_with_the_goalposts_it_moves():
    before = score(flat(1), grid([[0.0], [50], [100]]))
    after = score(flat(1), grid([[0.0], [50], [200]]))
    change = changes(before, after, period_before="2020", period_after="2020")
    assert_exact(change)
    assert_close(total(change, "revision"), [0, -25, 0])
