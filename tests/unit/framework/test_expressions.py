"""Arithmetic over variables, and its units."""

import numpy as np
import pytest

from suanli.framework import ExpressionError, UnitError, parse_expression, result_factor
from suanli.framework.expression_units import written
from suanli.framework.expressions import DEEPEST, LONGEST, MOST_PARTS

VALUES = {"a": 6.0, "b": 3.0, "人口": 2.0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", 12),
        ("(a + b) * 2", 18),
        ("a - b - 1", 2),
        ("a / b / 2", 1),
        ("-a + +b", -3),
        ("--a", 6),
        ("a / 人口", 3),
        ("（a＋b）×2÷3", 6),
        ("1.5e2 - .5", 149.5),
        ("2 * -b", -6),
        ("  a\n", 6),
    ],
)
def test_values(text, expected):
    assert parse_expression(text).evaluate(VALUES) == expected
    assert isinstance(parse_expression(text).evaluate(VALUES), float)


def test_arrays_keep_their_shape_and_missing_stays_missing():
    values = {"a": np.array([[1.0, np.nan]]), "b": np.array([[0.0, 2.0]])}
    made = parse_expression("a / b").evaluate(values)
    np.testing.assert_array_equal(made, [[np.inf, np.nan]])
    assert np.isnan(parse_expression("a / a").evaluate({"a": 0.0}))


def test_names_come_once_in_the_order_of_the_text():
    assert parse_expression("(b + a) / b").names == ("b", "a")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "…"),
        ("a +", "…"),
        ("a b", "b"),
        ("a ** b", r"\*"),
        ("(a", r"\( …"),
        ("a)", r"\)"),
        ("()", r"\)"),
        ("f(a)", r"\("),
        ("a.b", r"\.b"),
        ("a[0]", r"\[0\]"),
        ("2a", "2a"),
        ("1.2.3", r"1\.2\.3"),
        ("a if b else 1", "if"),
        ("lambda: 0", ": 0"),
        ("__import__('os')", "'os'"),
        ("a // b", "/"),
        ("a, b", ", b"),
        ("1e9999", "1e9999"),
        ("a\x00", "\x00"),
        ("(" * (DEEPEST + 2) + "a" + ")" * (DEEPEST + 2), r"\("),
        ("-" * (DEEPEST + 2) + "a", "-"),
        ("+".join("a" * MOST_PARTS), r"a\+a"),
        ("a" * (LONGEST + 1), "aaa"),
    ],
)
def test_anything_else_is_refused_at_its_place(text, found):
    with pytest.raises(ExpressionError, match=found):
        parse_expression(text)


def test_the_longest_expression_can_be_used():
    expression = parse_expression("+".join(["a"] * (MOST_PARTS // 2)))
    assert expression.evaluate({"a": 1.0}) == MOST_PARTS // 2
    assert result_factor(expression, {"a": "万台"}, "台") == 10_000
    assert written(expression.tree).startswith("(((")


UNITS = {
    "users": "万户",
    "residents": "万人",
    "revenue": "亿元",
    "cost": "万元",
    "length": "km",
    "area": "km²",
    "warm": "°C",
    "cold": "°C",
    "half": "EFLOPS(FP16)",
    "single": "EFLOPS(FP32)",
    "power": "EFLOPS",
}


@pytest.mark.parametrize(
    ("text", "to", "factor"),
    [
        ("users / residents", "户/人", 1),
        ("users / residents", "户/百人", 100),
        ("revenue / residents", "元/人", 10_000),
        ("length / area", "km/km²", 1),
        ("length / area", "m/km²", 1000),
        ("users / (users + users)", "%", 100),
        ("2 * users - users / 4", "户", 10_000),
        ("-users", "万户", 1),
        ("(warm + cold) / 2", "°C", 1),
        ("single / power", "1", 1),
        ("half + power", "EFLOPS(FP16)", 1),
        ("single", "EFLOPS", 1),
    ],
)
def test_factor_to_a_unit(text, to, factor):
    assert result_factor(parse_expression(text), UNITS, to) == pytest.approx(factor, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "to", "message"),
    [
        ("users + residents", "户", "“users” and “residents” differ"),
        ("revenue - cost", "元", "“revenue” and “cost” differ"),
        ("users / residents + 1", "户/人", "“users / residents” and “1” differ"),
        ("half + single", "EFLOPS", "“half” and “single” differ"),
        ("half / single", "1", "“half” and “single” differ"),
        ("users / residents", "%", "cannot be converted into “%”"),
        ("warm", "K", "cannot be converted into “K”"),
        ("half", "EFLOPS(FP32)", "cannot be converted"),
        ("users", "斗", "is not known"),
    ],
)
def test_units_that_do_not_fit_are_refused(text, to, message):
    with pytest.raises(UnitError, match=message):
        result_factor(parse_expression(text), UNITS, to)


def test_the_text_of_a_term_keeps_its_meaning():
    for text in ("(a + b) / 2", "a - (b - 1)", "-(a + b)", "a / (b / a)"):
        again = written(parse_expression(text).tree)
        assert parse_expression(again).evaluate(VALUES) == parse_expression(text).evaluate(VALUES)
