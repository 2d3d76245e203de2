import pytest

from suanli.intake.panels.judgements import Judgement, amount, is_blank, judgement


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
        ("1/0", "panel-not-a-number"),
        ("x", "panel-not-a-number"),
        ("1/2/3", "panel-not-a-number"),
        ("1 3", "panel-not-a-number"),
        ("3%", "panel-not-a-number"),
        ("nan", "panel-not-a-number"),
        ("inf", "panel-not-a-number"),
        ("1e400", "panel-not-a-number"),
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
    assert judgement(text) == code


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0.0), ("-2", -2.0), ("33.5", 33.5), ("1e2", 100.0)]
)
def test_amounts_are_plain_numbers(text, value):
    assert amount(text) == value


@pytest.mark.parametrize("text", ["1/3", "25%", "1,000", ""])
def test_amounts_are_nothing_else(text):
    assert amount(text) == "panel-not-a-number"


@pytest.mark.parametrize(
    ("text", "blank"), [(None, True), ("  ", True), ("—", True), ("暂无", True), ("0", False)]
)
def test_marks_of_absence_are_blank(text, blank):
    assert is_blank(text) is blank
