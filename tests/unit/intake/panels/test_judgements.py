import pytest

from suanli.intake.matrices.entries import Entries, Entry
from suanli.intake.matrices.matching import matched
from suanli.intake.panels.judgements import Judgement, Refused, amount, judgement
from suanli.intake.reading import judgements as reading
from suanli.problems import Place


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("1", 1.0),
        ("9", 9.0),
        ("3.0", 3.0),
        ("2.5", 2.5),
        ("0.4", 0.4),
        ("1/3", 1 / 3),
        ("1:3", 1 / 3),
        ("1：3", 1 / 3),
        ("1／3", 1 / 3),
        ("⅓", 1 / 3),
        ("1 / 3", 1 / 3),
        ("3:1", 3.0),
        ("2/3", 2 / 3),
        ("1÷3", 1 / 3),
        ("=1/3", 1 / 3),
        ("1  / 3", 1 / 3),
        ("1/.5", 2.0),
        ("1.005", 1.005),
        (" ５ ", 5.0),
        ("0.3333333333333333", 1 / 3),
        ("0.1111111111111111", 1 / 9),
    ],
)
def test_grades_are_read_as_written(text, grade):
    assert judgement(text) == Judgement(grade, snapped=False)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("0.33", 1 / 3),
        (".33", 1 / 3),
        ("0.333", 1 / 3),
        ("0.336", 1 / 3),
        ("0.17", 1 / 6),
        ("0.14", 1 / 7),
        ("0.13", 1 / 8),
        ("0.12", 1 / 8),
        ("0.11", 1 / 9),
        ("3.03", 3.0),
        ("2.99", 3.0),
        ("8.95", 9.0),
        ("9.05", 9.0),
    ],
)
def test_decimals_near_a_grade_are_snapped_to_it(text, grade):
    assert judgement(text) == Judgement(grade, snapped=True)


@pytest.mark.parametrize("text", ["0.3", "0.34", "0.35", "0.15", "2.9", "0.4"])
def test_grades_between_the_steps_are_kept(text):
    assert judgement(text) == Judgement(float(text), snapped=False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10", "panel-judgement-off-scale"),
        ("9.2", "panel-judgement-off-scale"),
        ("0.1", "panel-judgement-off-scale"),
        ("1/10", "panel-judgement-off-scale"),
        ("0", "panel-judgement-not-positive"),
        ("-3", "panel-judgement-not-positive"),
        ("−3", "panel-judgement-not-positive"),
        ("-1/3", "panel-judgement-not-positive"),
        ("0/3", "panel-judgement-not-positive"),
        ("1/0", "panel-judgement-not-positive"),
        ("x", "panel-not-a-number"),
        ("1/2/3", "panel-not-a-number"),
        ("1 3", "panel-not-a-number"),
        ("33%", "panel-percent"),
        ("?", "panel-not-a-number"),
        ("inf", "panel-not-a-number"),
        ("1e400", "panel-judgement-off-scale"),
        ("1e308", "panel-judgement-off-scale"),
        ("1e-310", "panel-judgement-off-scale"),
        ("1e-400", "panel-judgement-off-scale"),
        ("9" * 40, "panel-judgement-off-scale"),
        ("9" * 400, "panel-not-a-number"),
        ("1_0", "panel-not-a-number"),
        ("2024-01-03", "panel-date"),
        ("2024-01-03 00:00:00", "panel-date"),
        ("1月3日", "panel-date"),
        ("2024年1月3日", "panel-date"),
        ("3-Jan", "panel-date"),
        ("Jan-03", "panel-date"),
        ("1/3/2024", "panel-date"),
        ("01:03:00", "panel-date"),
        ("#REF!", "cell-error-value"),
        ("=", "formula-without-result"),
    ],
)
def test_what_is_no_grade_is_named(text, code):
    assert judgement(text).code == code


@pytest.mark.parametrize(
    ("text", "meant"),
    [("3-Jan", "1/3"), ("01:03:00", "1/3"), ("33%", "1/3"), ("x", ""), ("10", "")],
)
def test_what_was_probably_meant_is_told(text, meant):
    assert judgement(text).expected == meant


def test_a_number_shown_as_a_percentage_is_refused():
    assert judgement("0.25", percent=True) == Refused("panel-percent", "1/4")


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0.0), ("-2", -2.0), ("33.5", 33.5), ("1e2", 100.0)]
)
def test_amounts_are_plain_numbers(text, value):
    assert amount(text) == value


@pytest.mark.parametrize("text", ["1/3", "25%", "1,000", "", "9" * 61])
def test_amounts_are_nothing_else(text):
    assert amount(text) == Refused("panel-not-a-number")


def test_amounts_that_became_dates_are_told():
    assert amount("2024-01-03") == Refused("panel-date", "1/3")
    assert amount("#N/A") == Refused("cell-error-value")
    assert amount("=") == Refused("formula-without-result")


@pytest.mark.parametrize(
    "text",
    ["3", "1/3", "0.33", "0.14", "0.17", "0.4", "2.99", "3.02", "3.1", "8.95", "9.05", "1.005", "1÷3", "=1/3", ".5/1",
     "5/3", "0.1111111111111111"],
)  # fmt: skip
def test_one_matrix_alone_reads_the_same(text):
    entry = Entry(0, 1, reading.judgement(text), Place())
    found, problems = matched(Entries(("a", "b"), (entry,)), "matrix-not-reciprocal")
    assert problems == []
    assert judgement(text).grade == found.values[0, 1]
    assert judgement(text).snapped == bool(found.snaps)


@pytest.mark.parametrize("text", ["1e12", "-1e12", "1e400"])
def test_amounts_beyond_all_scores_are_numbers_too_large(text):
    assert amount(text).code == "panel-amount-too-large"


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("0.1429", 1 / 7),
        ("0.166667", 1 / 6),
        ("0.335", 1 / 3),
        ("2.99", 3.0),
        ("0.3366501653", 0.3366501653),
        ("2.970442748", 2.970442748),
        ("0.3366", 0.3366),
        ("2.9901", 2.9901),
    ],
)
def test_only_short_or_rightly_rounded_decimals_are_snapped(text, grade):
    assert judgement(text).grade == grade
