"""Goalposts as bad and good ends."""

import numpy as np

from suanli.scoring.ends import ends_of, fitted_ends
from suanli.scoring.rules import rule_of
from tests.made import framework, indicator

VALUES = np.array([[[2.0], [4.0]], [[4.0], [10.0]]])


def ends(values=VALUES, goalposts="annual", method="min-max", **fields):
    made = framework(
        indicator("i0", **fields), normalisation={"method": method, "goalposts": goalposts}
    )
    rule = rule_of(made, made.indicators()[0])
    return rule, made.indicators(), fitted_ends(rule, made.indicators(), values)


def test_goalposts_keep_the_order_of_values_whatever_the_direction():
    _, _, higher = ends()
    _, _, lower = ends(direction="lower")
    assert higher.bad.tolist() == lower.good.tolist() == [[2], [4]]
    assert higher.goalposts.low.tolist() == lower.goalposts.low.tolist() == [[2], [4]]


def test_pooled_goalposts_are_the_same_for_every_period():
    _, _, pooled = ends(goalposts="pooled")
    assert pooled.goalposts.low.tolist() == [[2], [2]]
    assert pooled.goalposts.high.tolist() == [[10], [10]]


def test_target_ends_lie_as_far_out_as_the_farthest_region():
    rule, indicators, target = ends(direction="target", target=[4, 5])
    assert target.goalposts.low.tolist() == [[2], [-1]]
    assert target.goalposts.high.tolist() == [[7], [10]]
    distances, measured = ends_of(rule, indicators, VALUES, target.goalposts)
    assert distances[:, :, 0].tolist() == [[2, 0], [0, 5]]
    assert measured.bad.tolist() == [[2], [5]]
    assert measured.good.tolist() == [[0], [0]]


def test_z_score_ends_are_mean_and_one_deviation_towards_the_good_side():
    _, _, higher = ends(method="z-score")
    _, _, lower = ends(method="z-score", direction="lower")
    deviation = np.sqrt(2)
    np.testing.assert_allclose(higher.good[0], 3 + deviation)
    np.testing.assert_allclose(lower.good[0], 3 - deviation)
    assert higher.bad[0] == lower.bad[0] == 3
