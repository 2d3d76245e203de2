"""Indicators by what people call them."""

import pytest

from suanli.framework import bundled
from suanli.indicators.lookup import indicator_named
from suanli.problems import StudyError
from tests.made import framework, indicator


@pytest.mark.parametrize(
    "spelling", ["3.1.2.2", "PUE", " pue ", "power usage effectiveness (pue)", "3.1.2.2 "]
)
def test_by_code_name_or_case(spelling):
    assert indicator_named(bundled("ccpe-3.0"), spelling).code == "3.1.2.2"


def test_by_alias_and_a_code_before_names():
    made = framework(indicator("a", aliases=["别名"]), indicator("b", aliases=["a"]))
    assert indicator_named(made, "别名").code == "a"
    assert indicator_named(made, "a").code == "a"


def test_unknown_with_the_closest():
    with pytest.raises(StudyError, match=r"3\.1\.2\.1 上架率"):
        indicator_named(bundled("ccpe-3.0"), "上架")
    with pytest.raises(StudyError, match="no indicator “”"):
        indicator_named(bundled("ccpe-3.0"), "")


def test_ambiguous():
    made = framework(indicator("a", aliases=["x"]), indicator("b", aliases=["x"]))
    with pytest.raises(StudyError, match="several indicators: a a; b b"):
        indicator_named(made, "x")
