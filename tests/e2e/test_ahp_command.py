"""`suanli ahp` as a process: a workbook in, weights out, and refusals without a traceback."""

import json

import pytest
import xlsxwriter

from tests.e2e.test_command_line import suanli

HOUSE = [
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    [None, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    [None, None, 1, 6, 3, 4, 6, 1 / 5],
    [None, None, None, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [None, None, None, None, 1, 1 / 2, 1 / 5, 1 / 6],
    [None, None, None, None, None, 1, 1 / 5, 1 / 6],
    [None, None, None, None, None, None, 1, 1 / 2],
    [None, None, None, None, None, None, None, 1],
]
ITEMS = ["面积", "交通", "邻里", "房龄", "庭院", "设施", "状况", "融资"]


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "购房.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("判断矩阵")
        for column, label in enumerate(ITEMS, start=1):
            page.write(0, column, label)
            page.write(column, 0, label)
        for row, values in enumerate(HOUSE, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    page.write_number(row, column, value)
    return path


def test_a_workbook_gives_the_published_weights(workbook):
    done = suanli("ahp", workbook, "--ri", "saaty1980", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["labels"] == ITEMS
    # Saaty 1990, EJOR 48
    printed = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert found["weights"] == pytest.approx(printed, abs=6e-4)
    assert found["lambda_max"] == pytest.approx(9.669, abs=6e-4)
    assert found["cr"] == pytest.approx(0.169, abs=6e-4)
    assert found["worst"][0][:3] == [2, 6, 6.0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_bytes_every_time(workbook, language):
    first, second = (suanli("ahp", workbook, language=language).stdout for _ in range(2))
    assert first == second
    assert "面积 > 邻里 > 状况 > 面积" in first


HOSTILE = [
    b"",
    b"\x00\x01\x02",
    b"PK\x03\x04",
    b"\xff\xfe\x00",
    b',"\n',
    b",,,\n,,,\n",
    b",a,b\na,1," + b"9" * 400 + b"\nb,,1\n",
    b",a,b\na,1,=cmd|'/c calc'!A1\nb,,1\n",
    ",a,b\na,1,\u200b3\nb,,1\n".encode(),
    b"item,other,judgement\n" + b"a,a,a\n" * 500,
    b",a,b,c\na,1,1e-320,1\nb,,1,2\nc,,,1\n",
    (",a" * 3000 + "\na,1\n").encode(),
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_refusals_have_words_and_no_traceback(suanli, tmp_path, content):
    for name in ("m.csv", "m.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        assert suanli("ahp", path, language="en", code=1).startswith("error  m.")
