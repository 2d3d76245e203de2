"""Given values before recorded ones."""

from dataclasses import replace

import numpy as np
import pytest

from suanli.indicators import merged
from suanli.intake.grid import ORIGINS
from tests.unit.indicators.mixed_grids import MADE, NAN, given_grid, recorded_grid


@pytest.fixture
def given():
    return given_grid()


@pytest.fixture
def recorded():
    made = recorded_grid()
    origins = np.where(made.origins > 0, ORIGINS.index("estimated"), 0).astype(np.int8)
    return replace(
        made,
        origins=origins,
        sources=("", "表"),
        source_ids=np.ones_like(made.source_ids),
    )


def test_a_given_value_comes_first(given, recorded):
    found = merged(MADE, given, recorded)
    assert found.codes == ("v", "a", "b")
    np.testing.assert_array_equal(
        found.values[0], [[10.0, 1.0, 20.0], [20.0, 5.0, 41.0], [NAN, 3.0, NAN]]
    )
    assert [ORIGINS[code] for code in found.origins[0, :, 1]] == [
        "reported",
        "estimated",
        "reported",
    ]
    assert [found.sources[place] for place in found.source_ids[0, :, 1]] == ["", "表", ""]


def test_neither_grid_is_changed(given, recorded):
    before = given.values.copy()
    merged(MADE, given, recorded)
    np.testing.assert_array_equal(given.values, before)
