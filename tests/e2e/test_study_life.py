"""The life of a study, in a folder with a space and Chinese in its name: from the form to frozen goalposts."""

import json
import re

import openpyxl
import pytest

from suanli.framework import parse
from suanli.result import load_result

FIRST_ROW = 6


def filled(path, *, origin="模拟", growth=1.0):
    """Fill in the workbook as a person would: numbers into the yellow cells, an origin into each row."""
    book = openpyxl.load_workbook(path)
    count = 0
    for place, sheet in enumerate(book, start=-1):
        codes = [cell.value for cell in sheet[2]]
        if codes[0] != "region_code":
            continue
        data = range(4, codes.index("origin"))
        for number, row in enumerate(sheet.iter_rows(min_row=FIRST_ROW)):
            region = number // len({cell.value for cell in sheet["D"][FIRST_ROW - 1 :]})
            for at in data:
                share = 0.1 * place * (0.4 if "thermal" in codes[at] else 1.0)
                row[at].value = round(share * growth * (40 + at) * (1 + (7 * region + at) % 31), 3)
                count += 1
            row[codes.index("origin")].value = origin
            row[codes.index("source")].value = "测试用的模拟数值"
    book.save(path)
    return count


def test_life(suanli, tmp_path):
    study = tmp_path / "我的 研究"
    made = suanli("new", study, "--framework", "open-1.0", "--periods", "2022,2023")
    assert f'suanli run "{study}"' in made.replace("\n", "")

    empty = suanli("check", study, code=1)
    assert "没有任何可用的数值" in empty

    assert filled(study / "data.xlsx") > 500
    checked = suanli("check", study)
    assert checked.startswith(" 模拟数据 / SIMULATED DATA\n")
    assert json.loads(suanli("check", study, "--json"))["simulated"] is True

    run = suanli("run", study)
    assert run.startswith(" 模拟数据 / SIMULATED DATA\n算力基础指数排名（2023）\n")
    assert (study / "result" / "result.xlsx").is_file()

    for view in (
        ("show", study),
        ("show", study, "--node", "O1.1.1"),
        ("show", study, "--region", "宁夏"),
        ("facts", study),
        ("compare", study, study),
    ):
        for language in ("zh", "en"):
            shown = suanli(*view, language=language)
            assert shown.startswith(" 模拟数据 / SIMULATED DATA\n")
        assert json.loads(suanli(*view, "--json"))["simulated"] is True
    assert "模拟" in suanli("show", study, "--node", "O1.1.1", "--top", "1").splitlines()[3]

    frozen = tmp_path / "固定 阈值.yaml"
    said = suanli("freeze", study, "--period", "2023", "--output", frozen)
    assert said.startswith(" 模拟数据 / SIMULATED DATA\n")
    assert parse(frozen.read_text(encoding="utf-8")).id == "open-1.0-fixed-2023"

    later = tmp_path / "明年"
    suanli("new", later, "--framework", frozen, "--periods", "2024")
    assert (later / "framework.yaml").is_file()
    filled(later / "data.xlsx")
    suanli("run", later)
    before, after = load_result(study / "result"), load_result(later / "result")
    assert index(after) == pytest.approx(index(before))

    compared = suanli("compare", study, later)
    assert "阈值（normalisation/goalposts）" in compared
    assert "前 10 名重合 10 个" in compared


def index(result):
    """The composite score of each region in the last period."""
    return dict(result.ranking().select("region_code", "score").iter_rows())


def test_growth_shows_under_frozen_goalposts(suanli, tmp_path):
    study, later, frozen = tmp_path / "a", tmp_path / "b", tmp_path / "f.yaml"
    suanli("new", study, "--framework", "open-1.0", "--periods", "2023")
    filled(study / "data.xlsx", origin="填报")
    assert not suanli("run", study).startswith(" 模拟数据")
    suanli("freeze", study, "--output", frozen)
    suanli("new", later, "--framework", frozen, "--periods", "2024")
    filled(later / "data.xlsx", origin="填报", growth=1.2)
    suanli("run", later)
    before, after = index(load_result(study / "result")), index(load_result(later / "result"))
    assert sum(after.values()) > sum(before.values())
    best = suanli("show", later, "--top", "1", language="en").splitlines()[2]
    assert re.search(r"\d", best)


def test_changes_for_one_run_leave_the_study_as_it_is(suanli, tmp_path):
    study = tmp_path / "s"
    suanli("new", study, "--framework", "cpdi-1.0", "--periods", "2023")
    filled(study / "data.xlsx")
    before = (study / "study.yaml").read_bytes()
    suanli("run", study, "--change", "normalisation/method=rank", "--out", tmp_path / "ranks")
    assert (study / "study.yaml").read_bytes() == before
    assert load_result(tmp_path / "ranks").framework.normalisation.method == "rank"
    assert not (study / "result").exists()
