"""Values as given and as records gave them, of indicators of one framework, where the two overlap and differ."""

import numpy as np

from tests.made import framework, grid, indicator, text

NAN = np.nan
VARIABLE = {"code": "v", "name": text("v"), "unit": "1"}
MADE = framework(
    indicator("a", rule="a"),
    indicator("b", rule="b", expression="v * 2"),
    indicator("c"),
    variables=[VARIABLE],
)
REGIONS = ("r0", "r1", "r2")


def given_grid():
    return grid([[1.0, 10.0], [NAN, 20.0], [3.0, NAN]], ("a", "v"), regions=REGIONS)


def recorded_grid():
    return grid([[1.0005, 20.0], [5.0, 41.0], [4.0, NAN]], ("a", "b"), regions=REGIONS)
