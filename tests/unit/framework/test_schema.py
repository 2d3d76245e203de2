"""Nodes of a framework found by their codes."""

import pytest

from suanli.framework import parse
from suanli.problems import FrameworkError
from tests.unit.framework.samples import text


@pytest.mark.parametrize(("code", "name"), [("1", "规模"), ("1.1", "指标1.1")])
def test_a_node_has_the_name_that_it_declares(code, name):
    framework = parse(text())
    assert framework.name_of(code).zh == name
    assert framework.name_of(code) == framework.node(code).name


def test_the_root_has_the_name_of_the_index():
    framework = parse(text())
    assert framework.name_of("index").zh == "综合指数"
    renamed = parse(text({"code": "0"}))
    assert renamed.name_of("0") == renamed.name
    with pytest.raises(FrameworkError, match="index"):
        renamed.name_of("index")


def test_the_name_of_no_node_is_refused_with_the_nearest_codes():
    with pytest.raises(FrameworkError, match=r"1\.9") as refusal:
        parse(text()).name_of("1.9")
    (problem,) = refusal.value.problems
    assert problem.code == "framework-node-unknown"
    assert "1.1" in problem.expected
