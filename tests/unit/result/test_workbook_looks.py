import pytest

from suanli.result.workbook_looks import number_look


@pytest.mark.parametrize(
    ("numbers", "look"),
    [([-5000.0], "number:0"), ([12.0, None], "number:2"), ([0.5], "number:4"), ([], "number:4")],
)
def test_decimals_follow_the_size_of_the_numbers(numbers, look):
    assert number_look(numbers) == look


@pytest.mark.parametrize(
    ("numbers", "look"),
    [([23912.0, 0.21], "number:1"), ([5000.0, 0.0], "number:0"), ([5000.0, 1e-9], "number:4")],
)
def test_no_number_is_shown_as_zero_that_is_not(numbers, look):
    assert number_look(numbers) == look
