"""Bars and the intervals around them, on one scale."""

import pytest

from suanli.report.interval_bars import interval_bar


def drawn(value, low=None, high=None, *, highest=1.0, room=10):
    bar = interval_bar(value, (low, high), highest=highest, room=room)
    assert len(bar.plain) == room
    return bar.plain.rstrip()


@pytest.mark.parametrize(
    ("value", "bar"),
    [(0.5, "█████"), (1.0, "█" * 10), (0.55, "█████▌"), (0.0, ""), (None, ""), (float("nan"), "")],
)
def test_a_weight_without_an_interval_is_a_plain_bar(value, bar):
    assert drawn(value) == bar


@pytest.mark.parametrize(
    ("low", "value", "high", "bar"),
    [
        (0.2, 0.5, 0.9, "██├──┼───┤"),
        (0.0, 0.05, 0.3, "├──┤"),  # the weight is at the end itself
        (0.41, 0.45, 0.49, "████│"),
        (0.41, 0.45, 0.55, "████├┤"),
        (0.9, 0.95, 1.0, "█████████│"),
        (0.8, 1.0, 1.0, "████████├┤"),
        (0.5, 0.25, 0.9, "██┼  ├───┤"),  # a central interval need not hold the weight
        (0.1, 0.85, 0.4, "█├──┤   ┼"),
    ],
)
def test_an_interval_reaches_from_low_to_high(low, value, high, bar):
    assert drawn(value, low, high) == bar


def test_the_scale_is_that_of_the_table():
    assert drawn(0.2, highest=0.4) == "█████"
    assert drawn(0.2, highest=0.0) == ""
    assert drawn(0.5, 0.4, 0.8, highest=0.4) == "█████████│"
