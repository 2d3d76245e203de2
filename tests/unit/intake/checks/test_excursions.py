import numpy as np
import pytest

from suanli.intake.checks.excursions import Excursion, excursions


@pytest.mark.parametrize(
    ("series", "jumps", "expected"),
    [
        ([10, 30, 10], [1], [(1, 2)]),  # the way out
        ([10, 4, 10], [2], [(1, 2)]),  # the way back
        ([10, 30, 31, 32, 10], [1], [(1, 4)]),  # three periods away
        ([10, 30, 31, 32, 33, 10], [1], []),  # four are a development
        ([10, 30, 30], [1], []),  # never back
        ([10, 30, 10, 30, 10], [1, 2, 3, 4], [(1, 2), (3, 4)]),
        ([10, 30, np.nan, 10], [1], [(1, 3)]),  # back after a gap
        ([12, 6, 14, 278, 8, 9], [2, 3, 4], [(1, 2), (3, 4)]),
        ([10, 30], [1], []),
    ],
)
def test_excursions(series, jumps, expected):
    found = excursions(np.array(series, dtype=float), jumps)
    assert found == [Excursion(*pair) for pair in expected]
