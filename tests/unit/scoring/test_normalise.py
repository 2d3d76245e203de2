"""Every normalisation by hand, and goalposts that can be frozen."""

import numpy as np
import pytest

from suanli.scoring import score
from suanli.scoring.normalise import FORMULAS, RANKINGS, TURNED_OVER
from suanli.scoring.rules import RANKED, RATIOS
from tests.made import flat, framework, grid, indicator

VALUES = [[1.0], [2.0], [4.0], [4.0]]


def scored(rule, direction="higher", values=VALUES, **fields):
    made = framework(indicator("i0", direction=direction, **fields), normalisation=rule)
    return score(made, grid(values)).scores[0, :, 0]


@pytest.mark.parametrize(
    ("method", "higher", "lower"),
    [
        ("min-max", [0, 100 / 3, 100, 100], [100, 200 / 3, 0, 0]),
        ("z-score", [-7 / 6, -0.5, 5 / 6, 5 / 6], [7 / 6, 0.5, -5 / 6, -5 / 6]),
        ("rank", [1, 2, 3, 3], [4, 3, 1, 1]),
        ("percentile-rank", [0, 100 / 3, 200 / 3, 200 / 3], [100, 200 / 3, 0, 0]),
        ("borda", [0, 1, 2.5, 2.5], [3, 2, 0.5, 0.5]),
        ("distance-to-leader", [25, 50, 100, 100], [100, 0, -200, -200]),
        ("distance-to-reference", [0, 200 / 3, 200, 200], None),
        ("fraction-of-maximum", [25, 50, 100, 100], [100, 50, 25, 25]),
        ("target-ratio", [25, 50, 100, 100], [100, 50, 25, 25]),
    ],
)
def test_method_by_hand(method, higher, lower):
    rule = {"method": method, "goalposts": "annual"}
    if method == "z-score":
        deviation = np.std([1, 2, 4, 4], ddof=1)
        rule["scale"] = [0, 1]
        higher, lower = np.array(higher) * 1.5 / deviation, np.array(lower) * 1.5 / deviation
        higher = (np.array([1, 2, 4, 4]) - 2.75) / deviation
        lower = -higher
    reference = {"reference": 2.5} if method == "distance-to-reference" else {}
    np.testing.assert_allclose(scored(rule, **reference), higher, atol=1e-12)
    if lower is not None:
        np.testing.assert_allclose(scored(rule, "lower"), lower, atol=1e-12)


def test_every_method_of_the_schema_is_covered():
    from suanli.framework import Normalisation

    names = set(Normalisation.model_fields["method"].annotation.__args__)
    assert names == set(FORMULAS) | set(RANKINGS)
    assert set(RANKINGS) == RANKED
    assert set(TURNED_OVER) == RATIOS


def test_distance_to_reference_where_lower_is_better():
    rule = {"method": "distance-to-reference", "goalposts": "annual"}
    np.testing.assert_allclose(scored(rule, "lower", reference=2.0), [150, 100, 0, 0])


def test_fixed_goalposts_flip_with_the_direction():
    rule = {"method": "min-max", "goalposts": "fixed"}
    np.testing.assert_allclose(scored(rule, goalposts=[0, 4]), [25, 50, 100, 100])
    np.testing.assert_allclose(scored(rule, "lower", goalposts=[0, 4]), [75, 50, 0, 0])


def test_values_beyond_the_goalposts_pass_or_are_capped():
    rule = {"method": "min-max", "goalposts": "fixed"}
    assert scored(rule, goalposts=[2, 3]).tolist() == [-100, 0, 200, 200]
    assert scored({**rule, "outside": "cap"}, goalposts=[2, 3]).tolist() == [0, 0, 100, 100]


def test_pooled_goalposts_span_all_periods():
    values = np.array([[[0.0], [10]], [[10], [20]]])
    made = flat(1, normalisation={"method": "min-max", "goalposts": "pooled"})
    np.testing.assert_allclose(score(made, grid(values)).scores[:, :, 0], [[0, 50], [50, 100]])


def test_logarithm_is_taken_of_value_and_goalposts():
    rule = {"method": "min-max", "goalposts": "fixed", "transform": "log"}
    np.testing.assert_allclose(
        scored(rule, values=[[100.0], [1000], [75000]], goalposts=[100, 75000]),
        [0, 100 * np.log(10) / np.log(750), 100],
    )
    annual = {"method": "min-max", "goalposts": "annual", "transform": "log1p"}
    np.testing.assert_allclose(scored(annual, values=[[0.0], [1], [3]]), [0, 50, 100], atol=1e-12)


def test_z_score_of_logarithms():
    rule = {"method": "z-score", "goalposts": "annual", "transform": "log", "scale": [50, 60]}
    logs = np.log([1, 2, 4, 4])
    np.testing.assert_allclose(scored(rule), 50 + 10 * (logs - logs.mean()) / logs.std(ddof=1))


def test_one_indicator_may_have_its_own_rule():
    made = framework(
        indicator("i0", normalisation={"method": "as-given"}),
        indicator("i1"),
        indicator("i2", normalisation={"goalposts": "fixed"}, goalposts=[0, 10]),
    )
    scores = score(made, grid([[37, 1, 1.0], [52, 3, 5]]))
    np.testing.assert_allclose(scores.normalised[0], [[37, 0, 10], [52, 100, 50]])
    assert np.isnan(scores.goalposts.low[0, 0])


@pytest.mark.parametrize(
    "method", ["min-max", "z-score", "fraction-of-maximum", "target-ratio", "distance-to-leader"]
)
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_frozen_goalposts_score_the_same_and_a_new_region_comparably(method, direction):
    rule = {"method": method, "goalposts": "annual"}
    made = framework(indicator("i0", direction=direction), normalisation=rule)
    first = score(made, grid(VALUES))
    low, high = first.goalposts.low[0, 0], first.goalposts.high[0, 0]
    ratio = method in ("fraction-of-maximum", "target-ratio")
    frozen = framework(
        indicator(
            "i0",
            direction=direction,
            **(
                {"reference": low if direction == "lower" else high}
                if ratio
                else {"goalposts": [low, high]}
            ),
        ),
        normalisation={**rule, "goalposts": "fixed"},
    )
    again = score(frozen, grid([*VALUES, [9.0]]))
    np.testing.assert_allclose(again.scores[0, :4, 0], first.scores[0, :, 0])
    assert np.isfinite(again.scores[0, 4, 0])


def test_fixed_goalposts_that_are_not_declared_score_nothing_and_say_so():
    from suanli.scoring.normalise import fitted_goalposts, normalised
    from suanli.scoring.tree import tree_of

    tree = tree_of(flat(1))
    values = np.array([[[1.0], [2.0]]])
    posts = fitted_goalposts(tree, values)
    nothing = type(posts)(low=posts.low * np.nan, high=posts.high)
    assert np.isnan(normalised(tree, values, nothing)).all()
