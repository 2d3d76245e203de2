"""Two sides of a pair: which agree, which value is used, what is recorded."""

import numpy as np
import pytest

from suanli.intake.matrices.entries import Entries, Entry
from suanli.intake.matrices.matching import matched, ratio_words
from suanli.intake.reading.judgements import judgement
from suanli.problems import Place


def pair(upper, lower=""):
    given = [(0, 1, upper), (1, 0, lower)]
    entries = tuple(
        Entry(row, column, judgement(text), Place(cell=f"{row}{column}"))
        for row, column, text in given
        if text
    )
    return matched(Entries(("a", "b"), entries), "matrix-not-reciprocal")


@pytest.mark.parametrize(
    ("upper", "lower", "used"),
    [
        ("3", "1/3", 3), ("3", "0.33", 3), ("0.333", "3", 1 / 3), ("7", "0.14", 7), ("6", "0.17", 6), ("8", "0.13", 8),
        ("8", "0.12", 8), ("0.33", "3.0303", 1 / 3), ("2.985", "0.335", 2.985), ("0.335", "2.985", 1 / 2.985),
        ("0.4", "2.5", 0.4), ("0.33", "", 1 / 3), ("", "0.2", 5), ("0.14", "", 1 / 7), ("0.335", "", 1 / 3),
        ("1", "1.00", 1), ("1.5", "2/3", 1.5), ("1.5", "0.67", 1.5), ("2", "0.505", 2),
        ("2.99", "", 3), ("", "9.05", 1 / 9), ("2.9", "", 2.9), ("2.99", "0.33", 3), ("2.99", "1/3", 3),
        ("2.33", "3/7", 7 / 3),
    ],
)  # fmt: skip
def test_sides_that_agree(upper, lower, used):
    found, problems = pair(upper, lower)
    assert problems == []
    assert found.values[0, 1] == pytest.approx(used, rel=1e-15)
    assert found.values[0, 1] * found.values[1, 0] == pytest.approx(1, rel=1e-15)


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("3", "3", "1/3"), ("3", "0.34", "1/3"), ("3", "1/4", "1/3"), ("1/3", "1/3", "3"), ("2", "0.49", "1/2"),
        ("1", "1.02", "1"), ("6", "0.16", "1/6"), ("6.5", "0.15", "2/13"), ("9", "0.12", "1/9"),
        ("2.71828", "0.4", "0.3679"),
    ],
)  # fmt: skip
def test_sides_more_than_one_percent_apart_are_refused(upper, lower, expected):
    found, (problem,) = pair(upper, lower)
    assert (problem.code, problem.found, problem.expected) == (
        "matrix-not-reciprocal",
        lower,
        expected,
    )
    assert problem.place.cell == "10"
    assert problem.details["first"] == upper
    # compared all the same: the items are not told to be unconnected as well
    assert not np.isnan(found.values).any()


def test_what_is_used_other_than_as_written_is_recorded():
    found, _ = pair("3", "0.333")
    (snap,) = found.snaps
    assert (snap.row, snap.column, snap.written, snap.used, snap.cell) == (1, 0, 0.333, 1 / 3, "10")
    assert pair("3", "1/3")[0].snaps == ()
    assert pair("3", "0.333333333333333")[0].snaps == ()
    assert pair("0.5")[0].snaps == ()
    (snap,) = pair("2.99")[0].snaps
    assert (snap.written, snap.used) == (2.99, 3)


def test_ratios_in_words():
    assert [ratio_words(value) for value in (1.0, 9.0, 1 / 9, 1.5, 0.123456)] == [
        "1",
        "9",
        "1/9",
        "3/2",
        "0.1235",
    ]
