"""Cells to judgements: what is read, what is missing, what is refused and why."""

import pytest

from suanli.intake.reading.judgements import (
    Judgement,
    Refused,
    is_missing,
    is_rounded,
    judgement,
    reciprocal_of,
    stands_for,
    whole_of,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", 3), (" 3 ", 3), ("３", 3), ("3.0", 3), ("+2", 2), (".5", 0.5), ("2.", 2), ("1e0", 1),
        ("1/3", 1 / 3), ("１／３", 1 / 3), ("1:3", 1 / 3), ("1：3", 1 / 3), ("1∶3", 1 / 3), ("1÷3", 1 / 3),
        ("⅓", 1 / 3), ("=1/3", 1 / 3), ("1 / 3", 1 / 3), ("9/8", 1.125), ("10/10", 1), ("18/2", 9),
        ("0.33", 0.33), ("3/1", 3), ("2.5/5", 0.5), ("1:03", 1 / 3), (".5/1", 0.5), ("1/.5", 2), ("1  / 3", 1 / 3),
    ],
)  # fmt: skip
def test_numbers_and_fractions_in_any_script(written, value):
    found = judgement(written)
    assert isinstance(found, Judgement)
    assert found.value == value
    assert found.inverse == pytest.approx(1 / value, rel=1e-15)


def test_a_fraction_has_an_exact_inverse():
    found = judgement("1/49")
    assert (found.value, found.inverse) == (1 / 49, 49.0)


@pytest.mark.parametrize(
    "written",
    ["", None, "  ", "-", "－", "—", "——", "?", "？", "缺", "暂无", "/", "\\", "NA", "n/a", "nan", "none", "未判断",
     "×"],
)  # fmt: skip
def test_marks_of_what_is_missing(written):
    assert judgement(written) is None
    assert is_missing(written)


@pytest.mark.parametrize("written", ["0", "3", "x", "-" * 61])
def test_what_is_written_is_not_missing(written):
    assert not is_missing(written)


@pytest.mark.parametrize(
    ("written", "code", "expected"),
    [
        ("0", "not positive", ""),
        ("-3", "not positive", ""),
        ("−3", "not positive", ""),
        ("-1/3", "not positive", ""),
        ("1/0", "not positive", ""),
        ("0.000", "not positive", ""),
        ("33%", "percent", "1/3"),
        ("３０％", "percent", "0.3"),
        ("inf", "not finite", ""),
        ("-∞", "not finite", ""),
        ("1e999", "extreme", "1e-06 … 1,000,000"),
        ("1e-999", "extreme", "1e-06 … 1,000,000"),
        ("2e6", "extreme", "1e-06 … 1,000,000"),
        ("1/2000000", "extreme", "1e-06 … 1,000,000"),
        ("x%", "not a judgement", ""),
        ("9" * 61, "not a judgement", ""),
        (f"3{' ' * 60}x", "not a judgement", ""),
        ("略重要", "not a judgement", ""),
        ("3 (moderate)", "not a judgement", ""),
        ("1/3/5", "not a judgement", ""),
        ("=A1*2", "not a judgement", ""),
        ("=", "formula-without-result", ""),
        ("#REF!", "cell-error-value", ""),
    ],
)
def test_what_is_no_judgement(written, code, expected):
    assert judgement(written) == Refused(code, expected)


@pytest.mark.parametrize(
    "written",
    ["3-Jan", "03-Jan", "Jan-3", "January 3", "3-Jan-26", "1月3日", "2026-01-03", "2026-01-03 00:00:00",
     "2026/1/3", "2026年1月3日", "1/3/2026", "1-3-2026", "1月3", "01:03:00", "1:03:00", "1899-12-31 01:03:00", "46025"],
)  # fmt: skip
def test_dates_and_times_that_excel_made_of_a_third(written):
    assert judgement(written) == Refused("date", "1/3")


def test_a_percentage_by_format_is_refused_with_what_it_probably_means():
    assert judgement("0.33", percent=True) == Refused("percent", "1/3")
    assert judgement("0.2", percent=True) == Refused("percent", "1/5")
    assert judgement("3", percent=True) == Refused("percent", "3")


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("0.33", 3), ("0.333", 3), (".3333", 3), ("0.34", None), ("0.335", 3), ("0.5", 2), ("0.505", 2), ("0.51", None),
        ("0.25", 4), ("0.2", 5), ("0.17", 6), ("0.167", 6), ("0.16", None), ("0.14", 7), ("0.143", 7), ("0.15", None),
        ("0.13", 8), ("0.12", 8), ("0.125", 8), ("0.11", 9), ("0.111", 9), ("0.1", None), ("0.3", None), ("1", None),
        ("1/3", None), ("2", None), ("0.091", None),
    ],
)  # fmt: skip
def test_decimals_that_stand_for_reciprocals(written, whole):
    assert reciprocal_of(judgement(written)) == whole


def test_rounded_says_whether_the_digits_are_those_of_the_reciprocal():
    assert is_rounded(judgement("0.3333333"), 3)
    assert not is_rounded(judgement("0.3334"), 3)
    assert not is_rounded(judgement("0.3"), 3)
    assert not is_rounded(judgement("1/3"), 3)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("2.99", 3), ("3.02", 3), ("3.03", 3), ("3.04", None), ("8.95", 9), ("9.05", 9), ("9.1", None), ("2.9", None),
        ("1.98", 2), ("2.02", 2), ("3", None), ("3.00", None), ("1.005", None), ("9.95", None), ("299/100", None),
        ("0.33", None),
    ],
)  # fmt: skip
def test_decimals_that_stand_for_whole_numbers(written, whole):
    assert whole_of(judgement(written)) == whole


@pytest.mark.parametrize(
    ("written", "ratio"), [("0.33", (1 / 3, 3.0)), ("2.99", (3.0, 1 / 3)), ("2.5", None)]
)
def test_a_decimal_stands_for_a_ratio_and_its_reciprocal(written, ratio):
    assert stands_for(judgement(written)) == ratio
