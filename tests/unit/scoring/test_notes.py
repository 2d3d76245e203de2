"""What scoring says of itself."""

import numpy as np

from suanli.scoring import score
from tests.made import flat, framework, grid, indicator


def found(scores):
    return {problem.code: problem for problem in scores.problems}


def test_filled_cells_are_counted_by_period_and_indicator():
    made = flat(2, missing={"method": "group-mean"})
    note = found(score(made, grid([[np.nan, 1], [2, 2], [4, 3]])))["imputed-values"]
    assert (note.place.period, note.place.code, note.found) == ("2020", "i0", "r0")
    assert note.message("en") == "1 missing values were filled by group mean: r0."


def test_long_lists_are_shortened_with_their_length():
    values = np.full((20, 1), np.nan)
    note = found(score(flat(1), grid(values)))["regions-without-index"]
    assert note.found.endswith("r11 … (20)")
    assert note.message("zh").startswith("有20个地区因数据缺失没有综合得分")


def test_clean_data_need_no_notes():
    assert score(flat(1), grid([[1.0], [2]])).problems == ()


def test_constant_indicator_names_value_and_rule():
    note = found(score(flat(1), grid([[7.0], [7]])))["constant-indicator"]
    assert note.found == "7"
    assert note.message("en").endswith("it gets the middle of the scale.")


def test_refused_fillings_are_told_with_the_range():
    made = framework(
        indicator("i0", bounds=[0, None]), indicator("i1"), missing={"method": "regression"}
    )
    values = [[1.0, 10], [2, 20], [3, 30], [4.1, 40], [np.nan, -90]]
    warning = found(score(made, grid(values)))["imputed-outside-bounds"]
    assert (warning.found, warning.expected) == ("r4", "0–")
