"""Lists of pairs: headings, order of labels, repetition and contradiction."""

import numpy as np
import pytest

from tests.unit.intake.matrices.files import codes, read, refused


@pytest.mark.parametrize(
    "head", ["指标,对比指标,判断", "item,other,judgement", "Item,Other,Value", "因素,比较指标,标度"]
)
def test_headings_in_both_languages(tmp_path, head):
    found = read(tmp_path, f"{head}\na,b,3\na,c,1/5\nb,c,?\n")
    assert found.labels == ("a", "b", "c")
    np.testing.assert_array_equal(found.values[0], [1, 3, 1 / 5])
    assert np.isnan(found.values[1, 2])


def test_columns_in_any_order_with_a_title_and_a_remark(tmp_path):
    found = read(tmp_path, "两两比较\n备注,判断,对比指标,指标\n,0.33,b,a\n难以判断,,a,c\n,2,c,b\n")
    assert found.labels == ("a", "b", "c")
    assert found.values[1, 0] == 3
    assert [(one.row, one.column, one.written) for one in found.snapped] == [(0, 1, 0.33)]


def test_the_same_judgement_again_is_counted_once(tmp_path):
    found = read(tmp_path, "item,other,judgement\na,b,3\na,b,3\nb,a,0.33\n")
    assert found.values[0, 1] == 3
    assert codes(found.problems) == ["matrix-repeated", "matrix-snapped"]
    assert found.problems[0].details["count"] == 1


@pytest.mark.parametrize(
    ("lines", "found", "expected"),
    [("a,b,3\nb,a,3", "3", "1/3"), ("a,b,3\na,b,5", "5", "3"), ("a,b,1/4\nb,a,2", "2", "4")],
)
def test_contradictory_duplicates_are_named(tmp_path, lines, found, expected):
    (problem,) = refused(tmp_path, f"item,other,judgement\n{lines}\n")
    assert (problem.code, problem.found, problem.expected) == (
        "matrix-contradicted",
        found,
        expected,
    )
    assert problem.place.cell == "line 3"
    assert "第 2 行" in problem.message("zh")
    assert "line 2" in problem.message("en")


def test_self_comparison_and_blank_labels(tmp_path):
    problems = refused(tmp_path, "item,other,judgement\na,a,3\na,,2\n,b,2\n,,7\na,b,x\n")
    assert codes(problems) == [
        "matrix-label-blank",
        "matrix-label-blank",
        "matrix-label-blank",
        "matrix-self",
        "matrix-not-a-judgement",
    ]


def test_an_item_may_be_said_equal_to_itself(tmp_path):
    assert read(tmp_path, "item,other,judgement\na,a,1\n").labels == ("a",)


def test_a_list_without_pairs(tmp_path):
    problems = refused(tmp_path, "item,other,judgement,remark\n,,,nothing\n")
    assert codes(problems) == ["matrix-not-found"]


@pytest.mark.parametrize("heading", ["专家", "expert", "group", "轮次"])
def test_several_matrices_in_one_list_belong_to_a_panel(tmp_path, heading):
    table = f"{heading},item,other,judgement\nE1,a,b,3\nE2,a,b,5\n"
    (problem,) = refused(tmp_path, table)
    assert (problem.code, problem.found) == ("matrix-of-a-panel", "E1, E2")
    assert read(tmp_path, table.replace("E2,a,b,5", "E1,b,c,5")).labels == ("a", "b", "c")


def test_too_many_items(tmp_path):
    lines = "\n".join(f"i0,i{number},2" for number in range(1, 102))
    (problem,) = refused(tmp_path, f"item,other,judgement\n{lines}\n")
    assert (problem.code, problem.found) == ("matrix-too-large", "102")
