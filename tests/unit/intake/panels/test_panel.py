"""What a panel says of its experts."""

import pytest

from suanli.intake.panels import Expert


@pytest.mark.parametrize(
    ("code", "name", "label"),
    [("E01", "张三", "E01 张三"), ("E02", "E02", "E02"), ("张三", "张三", "张三")],
)
def test_an_expert_is_called_by_id_and_by_a_name_that_says_more(code, name, label):
    assert Expert(code, name, "", 1.0).label == label
