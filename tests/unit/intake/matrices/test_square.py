"""Squares of judgements: triangles, orders of labels, labels that do not match, what stands apart."""

import numpy as np
import pytest

from tests.unit.intake.matrices.files import codes, read, refused

WHOLE = [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]


@pytest.mark.parametrize(
    "content",
    [
        ",a,b,c\na,1,3,5\nb,1/3,1,2\nc,1/5,1/2,1\n",
        "指标,a,b,c\na,1,3,5\nb,,1,2\nc,,,1\n",
        ",a,b,c\na,,3,5\nb,,,2\nc,,,\n",
        ",a,b,c\na,1,,\nb,1/3,1,\nc,1/5,1/2,1\n",
        ",a,b,c\na,1,3,\nb,,1,2\nc,0.2,,1\n",
        ",a,b,c\na,—,3,5\nb,/,—,2\nc,/,/,—\n",
        ",a,b,c\na,1,3,5\nb,,1,2\n",
        ",b,c\na,3,5\nb,,2\n",
        ",b,c\na,3,5\nb,1,2\nc,1/2,1\n",
        ",a,b,c\nc,1/5,1/2,1\na,1,3,5\nb,1/3,1,2\n",
        ",A,Ｂ,c\na,1,3,5\n b ,,1,2\nC,,,1\n",
        "a\tb\tc\na\t1\t3\t5\nb\t\t1\t2\nc\t\t\t1\n",
        ";a;b;c\na;1;3;5\nb;;1;2\nc;;;1\n",
        ",a,b,c\na,1\nb,1/3,1\nc,1/5,1/2,1\n",
        "准则层判断矩阵\n,a,b,c\na,1,3,5\nb,,1,2\nc,,,1\n",
        "准则层判断矩阵,,,\n,,,\n,a,b,c\na,1,3,5\nb,,1,2\nc,,,1\n",
        ",a,b,c\na,1,3,5\n\nb,,1,2\nc,,,1\n",
        ",,,,\n,,a,b,c\n,a,1,3,5\n,b,,1,2\n,c,,,1\n",
    ],
)  # fmt: skip
def test_every_way_to_write_one_matrix(tmp_path, content):
    found = read(tmp_path, content)
    assert [label.casefold() for label in found.labels] in (["a", "b", "c"], ["a", "ｂ", "c"])
    np.testing.assert_allclose(found.values, WHOLE, rtol=0, atol=0)


def test_labels_keep_the_order_of_the_columns_and_their_own_writing(tmp_path):
    found = read(tmp_path, ",算力 规模,ＰＵＥ\nPUE,3,1\n算力规模,1,\n")
    assert found.labels == ("算力 规模", "ＰＵＥ")
    assert found.values[1, 0] == 3


@pytest.mark.parametrize("content", [",a\na,1\n", ",a\na,\n", "项目,a\na,1\n"])
def test_a_single_item(tmp_path, content):
    found = read(tmp_path, content)
    assert (found.labels, found.values.tolist()) == (("a",), [[1.0]])


@pytest.mark.parametrize("content", [",a,b\na,1,3\nb,,1\n", ",b\na,3\n", ",a,b\na,1,\nb,1/3,1\n"])
def test_two_items(tmp_path, content):
    found = read(tmp_path, content)
    assert found.labels == ("a", "b")
    assert found.values.tolist() == [[1, 3], [1 / 3, 1]]


def test_missing_judgements_stay_missing(tmp_path):
    found = read(tmp_path, ",a,b,c\na,1,3,缺\nb,,1,2\nc,?,,1\n")
    assert np.isnan(found.values[[0, 2], [2, 0]]).all()
    assert found.values[2, 1] == 0.5


def test_unknown_labels_are_named_with_the_nearest(tmp_path):
    (problem,) = refused(
        tmp_path, ",算力规模,存力规模,运力\n算力规模,1,3,5\n存力现模,,1,2\n运力,,,1\n"
    )
    assert (problem.code, problem.place.cell) == ("matrix-label-unknown", "line 3")
    assert (problem.found, problem.expected) == ("存力现模", "存力规模")


def test_a_label_without_a_row(tmp_path):
    (problem,) = refused(tmp_path, ",a,b,c,d\na,1,3,5,2\nc,,,1,2\nd,,,,1\n")
    assert (problem.code, problem.found, problem.place.cell) == ("matrix-row-absent", "b", "line 1")


def test_every_fault_of_the_labels_at_once(tmp_path):
    problems = refused(tmp_path, ",a,a,,d\na,1,3,5,2\nx,1,1,1,1\n,1,,,\nd,,,,1\nd,,,,1\n")
    assert sorted(codes(problems)) == [
        "matrix-label-blank",
        "matrix-label-blank",
        "matrix-label-twice",
        "matrix-label-twice",
        "matrix-label-unknown",
    ]
    twice = [problem for problem in problems if problem.code == "matrix-label-twice"]
    assert [(one.found, one.details["first_zh"]) for one in twice] == [
        ("a", "第 1 行"),
        ("d", "第 5 行"),
    ]


def test_an_item_is_equal_to_itself(tmp_path):
    (problem,) = refused(tmp_path, ",a,b\na,1,3\nb,,3\n")
    assert (problem.code, problem.found, problem.details["item"]) == ("matrix-self", "3", "b")


def test_what_stands_apart_is_passed_over_and_noted(tmp_path):
    found = read(
        tmp_path,
        ",a,b,,权重\na,1,3,,0.75\nb,,1,,0.25\n注：1—9 标度,,,,\n,,,,\nλmax,2,,,\nCR,0,,,\n",
    )
    assert found.labels == ("a", "b")
    (note,) = [each for each in found.problems if each.code == "matrix-passed-over"]
    (results,) = [each for each in found.problems if each.code == "matrix-results-left-out"]
    assert results.found == "权重, λmax, CR"
    assert note.code == "matrix-passed-over"
    assert note.details["cells_zh"] == "第 4 行"


def test_a_row_behind_a_blank_line_that_is_known_still_counts(tmp_path):
    found = read(tmp_path, ",a,b,c\na,1,3,5\nb,,1,\n\n\nc,,1/2,1\n")
    assert found.values[1, 2] == 2


def test_a_column_beside_the_matrix_is_an_unmatched_label(tmp_path):
    (problem,) = refused(tmp_path, ",a,b,权重\na,1,3,0.75\nb,1/3,1,0.25\nc,1,1,1\n")[:1]
    assert problem.code == "matrix-label-unknown"


def test_a_misspelt_row_is_no_item_of_its_own_even_where_rows_are_reordered(tmp_path):
    problems = refused(tmp_path, ",a1,b1,c1\nc2,,1/2,1\nb1,1/3,1,2\na1,1,3,5\n")
    assert codes(problems) == ["matrix-label-unknown"]
    assert (problems[0].found, problems[0].expected) == ("c2", "c1")


@pytest.mark.parametrize("size", [100, 101])
def test_at_most_a_hundred_items(tmp_path, size):
    names = [f"i{number}" for number in range(size)]
    rows = [",".join([name, *["1"] * size]) for name in names]
    content = "\n".join([",".join(["", *names]), *rows])
    if size == 100:
        assert read(tmp_path, content).values.shape == (100, 100)
    else:
        (problem,) = refused(tmp_path, content)
        assert (problem.code, problem.found, problem.expected) == ("matrix-too-large", "101", "100")


def test_labels_that_are_numbers(tmp_path):
    found = read(tmp_path, ",1,2\n1,1,3\n2,1/3,1\n")
    assert found.labels == ("1", "2")
    assert found.values[0, 1] == 3


@pytest.mark.parametrize(
    "word", ["权重", "Weights", "w", "特征向量", "合计", "几何平均", "CR", "λmax"]
)
def test_a_column_of_results_is_no_item(tmp_path, word):
    found = read(tmp_path, f",a,b,c,{word}\na,1,3,5,0.6\nb,1/3,1,2,0.3\nc,1/5,1/2,1,0.1\n")
    assert found.labels == ("a", "b", "c")
    np.testing.assert_array_equal(found.values, WHOLE)
    assert [(each.code, each.found) for each in found.problems] == [
        ("matrix-results-left-out", word)
    ]


def test_a_row_of_sums_is_no_item(tmp_path):
    found = read(tmp_path, ",a,b\na,1,3\nb,1/3,1\n合计,1.33,4\n")
    assert found.labels == ("a", "b")
    assert codes(found.problems) == ["matrix-results-left-out"]


def test_a_word_of_results_on_both_sides_is_an_item(tmp_path):
    assert read(tmp_path, ",a,w\na,1,3\nw,1/3,1\n").labels == ("a", "w")


def test_a_label_without_a_row_is_refused_where_both_triangles_are_filled(tmp_path):
    (problem,) = refused(tmp_path, ",a,b,x\na,1,3,0.75\nb,1/3,1,0.25\n")
    assert (problem.code, problem.found) == ("matrix-row-absent", "x")
