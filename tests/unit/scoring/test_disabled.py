"""A disabled indicator is shown and not counted, whether it has data or not."""

import numpy as np
import pytest

from suanli.problems import FrameworkError
from suanli.scoring import score
from tests.made import framework, grid, group, indicator


def pair(**weighting):
    return framework(
        group("a", indicator("i0", weight=0.25), indicator("i1", weight=0.75), weight=0.4),
        indicator("i2", weight=0.6),
        weighting={"method": "given", "renormalise_missing": True, **weighting},
    )


VALUES = [[[1.0, 4.0, 2.0], [3.0, 2.0, 7.0], [2.0, 9.0, 5.0]]]


def test_the_index_is_that_of_the_others():
    with_it = pair().with_changes({"nodes/i0/disabled": True})
    alone = framework(
        group("a", indicator("i1", weight=1.0), weight=0.4),
        indicator("i2", weight=0.6),
        weighting={"method": "given", "renormalise_missing": True},
    )
    given = grid(VALUES)
    expected = score(alone, grid(np.array(VALUES)[:, :, 1:], ["i1", "i2"])).scores[:, :, 0]
    np.testing.assert_allclose(score(with_it, given).scores[:, :, 0], expected)


def test_its_values_are_not_needed():
    disabled = pair().with_changes({"nodes/i0/disabled": True})
    full = score(disabled, grid(VALUES))
    absent = np.array(VALUES)
    absent[:, :, 0] = np.nan
    bare = score(disabled, grid(absent))
    np.testing.assert_array_equal(bare.scores[:, :, 0], full.scores[:, :, 0])
    np.testing.assert_allclose(np.nansum(bare.contributions, axis=2), bare.scores[:, :, 0])
    assert np.nansum(full.contributions[:, :, 0]) == 0


def test_a_disabled_group_goes_with_everything_in_it():
    disabled = pair().with_changes({"nodes/a/disabled": True})
    made = score(disabled, grid(VALUES))
    np.testing.assert_array_equal(made.scores[:, :, 0], made.scores[:, :, 4])
    assert made.weights.overall[1:4].tolist() == [0, 0, 0]


def test_the_framework_must_say_who_gets_the_weight():
    with pytest.raises(FrameworkError, match="i0 is disabled"):
        pair(renormalise_missing=False).with_changes({"nodes/i0/disabled": True})
