"""`suanli ahp`: options, exit codes, refusals."""

import json

import pytest

from suanli.cli import ahp
from suanli.methods.pairwise import METHODS
from suanli.methods.pairwise.judgement_scales import SCALES, ratios

CSV = ",甲,乙,丙\n甲,1,3,5\n乙,0.33,1,2\n丙,,,1\n"


@pytest.fixture
def matrix(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_methods_are_those_there_are():
    assert ahp._METHODS == METHODS


def test_shows_weights_and_verdict(suanli, matrix):
    answer = suanli("ahp", matrix, language="zh")
    assert answer.code == 0
    assert answer.out.startswith("判断矩阵：m.csv\n3 项，3 个判断齐全。\n权重方法：特征向量法；")
    assert "CR = 0.0035，未超过 0.05" in answer.out
    assert "乙/甲 0.33 → 1/3" in answer.out
    assert answer.err == ""


def test_json(suanli, matrix):
    found = json.loads(suanli("ahp", matrix, "--json").out)
    assert found["labels"] == ["甲", "乙", "丙"]
    assert (found["method"], found["ri_table"], found["ri"]) == (
        "eigenvector",
        "alonso-lamata",
        0.5245,
    )
    assert found["snapped"] == [[1, 0, 0.33, 1 / 3]]
    assert found["cr"] == pytest.approx((found["lambda_max"] - 3) / 2 / 0.5245)
    assert found["missing"] == []


@pytest.mark.parametrize("method", METHODS)
def test_method(suanli, matrix, method):
    found = json.loads(suanli("ahp", matrix, "--method", method, "--json").out)
    assert found["method"] == method
    assert set(found["other_methods"]) == set(METHODS) - {method}


@pytest.mark.parametrize(
    ("spelling", "table", "index"),
    [
        ("saaty-1980", "saaty-1980", 0.58),
        ("Saaty1980", "saaty-1980", 0.58),
        ("saaty_2005", "saaty-2005", 0.52),
        ("china_textbook", "textbook", 0.52),
        ("donegan_dodd1991", "donegan-dodd", 0.4914),
        ("alonso_lamata2006_100k", "alonso-lamata", 0.5245),
    ],
)
def test_random_index_in_many_spellings(suanli, matrix, spelling, table, index):
    found = json.loads(suanli("ahp", matrix, "--ri", spelling, "--json").out)
    assert (found["ri_table"], found["ri"]) == (table, index)


@pytest.mark.parametrize("scale", SCALES)
def test_scales(suanli, matrix, scale):
    found = json.loads(suanli("ahp", matrix, "--scale", scale.upper(), "--json").out)
    assert found["scale"] == scale
    grades = [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]
    assert found["judgements"] == ratios(grades, scale).tolist()
    assert sum(found["weights"]) == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize(
    ("option", "listed"),
    [("--ri", "saaty-1980"), ("--method", "least-squares"), ("--scale", "balanced-n")],
)
def test_what_is_unknown_is_a_wrong_command_line_that_lists_what_there_is(
    suanli, matrix, option, listed
):
    for language in ("zh", "en"):
        answer = suanli("ahp", matrix, option, "magic", language=language)
        assert answer.code == 2
        assert option in answer.err
        assert listed in answer.err
        assert answer.out == ""
    assert suanli("ahp").code == 2


def test_inconsistency_is_no_failure(suanli, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(",a,b,c\na,1,9,1/9\nb,,1,9\nc,,,1\n", encoding="utf-8")
    answer = suanli("ahp", path)
    assert answer.code == 0
    assert "above the limit of 0.05" in answer.out
    assert "a > b > c > a" in answer.out


def test_every_problem_is_told_on_standard_error_and_in_json(suanli, tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(",a,b,c\na,1,3,0\nb,3,1,x\nc,,,1\n", encoding="utf-8")
    answer = suanli("ahp", path, language="zh")
    assert (answer.code, answer.out) == (1, "")
    assert "“a”对“c”的判断“0”不是正数" in answer.err
    assert "“b”对“c”的判断“x”不是数值" in answer.err
    assert "“b”对“a”却为3，应为1/3" in answer.err
    found = json.loads(suanli("ahp", path, "--json").out)
    assert {problem["code"] for problem in found["problems"]} == {
        "matrix-not-positive",
        "matrix-not-a-judgement",
        "matrix-not-reciprocal",
    }


def test_a_table_that_ends_too_early(suanli, tmp_path):
    names = [f"i{number}" for number in range(16)]
    rows = [",".join([name, *["1"] * 16]) for name in names]
    path = tmp_path / "m.csv"
    path.write_text("\n".join([",".join(["", *names]), *rows]), encoding="utf-8")
    answer = suanli("ahp", path, "--ri", "textbook")
    assert answer.code == 1
    assert "textbook ends at n = 15, but the matrix has 16 items" in answer.err
    assert suanli("ahp", path).code == 0


def test_sheet(suanli, matrix):
    answer = suanli("ahp", matrix, "--sheet", "A")
    assert answer.code == 1
    assert "Only Excel files have sheets" in answer.err
