import json

import pytest

from suanli.cli.show import check_alone
from suanli.cli.usage import WrongUsage


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh", "算力基础指数排名（2023）"), ("en", "Computing power base index, ranking (2023)")],
)
def test_ranking(suanli, open_saved, language, title):
    answer = suanli("show", open_saved, "--top", "3", language=language)
    assert answer.code == 0
    assert answer.out.splitlines()[0] == title
    assert not any(line.endswith(" ") for line in answer.out.splitlines())


def test_node_by_name_and_period(suanli, open_saved):
    answer = suanli(
        "show", open_saved, "--node", "绿色环境", "--period", "2018", "--top", "1", language="zh"
    )
    assert answer.out.startswith("绿色环境排名（2018）\n位次  地区")


def test_region(suanli, open_saved):
    assert suanli("show", open_saved, "--region", "Guizhou").out.startswith("Guizhou (2023)\n")


@pytest.mark.parametrize("more", [(), ("--region", "贵州"), ("--node", "O1.1.1", "--top", "2")])
def test_json(suanli, open_saved, more):
    found = json.loads(suanli("show", open_saved, *more, "--json").out)
    assert found["simulated"] is False
    assert found["period"] == "2023"


@pytest.mark.parametrize(
    "more", [("--node", "zzz"), ("--period", "1999"), ("--region", "火星"), ("--period", "")]
)
def test_unknown(suanli, open_saved, more):
    answer = suanli("show", open_saved, *more, language="zh")
    assert (answer.code, answer.out) == (1, "") if more[1] else answer.code == 0
    assert not more[1] or answer.err.startswith("错误")


def test_region_stands_alone():
    check_alone("贵州", {"--node": None, "--top": None}, "zh")
    check_alone(None, {"--node": "3.1", "--top": 3}, "zh")
    with pytest.raises(WrongUsage, match="--node, --top"):
        check_alone("贵州", {"--node": "3.1", "--top": 3}, "zh")


def test_a_region_that_is_not_covered(suanli, open_saved):
    answer = suanli("show", open_saved, "--region", "香港", language="zh")
    assert answer.code == 1
    assert "中国香港、中国澳门、中国台湾地区暂未纳入本评价" in answer.err


def test_a_region_like_no_other_is_answered_without_an_empty_list(suanli, open_saved):
    for language in ("zh", "en"):
        answer = suanli("show", open_saved, "--region", "火星", language=language)
        assert not answer.err.rstrip().endswith((":", "："))
        assert ("也没有相近的名称" if language == "zh" else "nor any with a name") in answer.err


def test_a_folder_is_named_as_it_was_typed(suanli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = suanli("compare", "last-year/result", "my-study/result")
    assert answer.err.startswith("error  last-year/result\n")


def test_a_folder_of_another_kind_is_called_that(suanli, tmp_path):
    (tmp_path / "framework.yaml").write_text("id: x", encoding="utf-8")
    for path in (tmp_path, tmp_path / "framework.yaml"):
        answer = suanli("show", path)
        assert "This is not the folder of a Suanli result." in answer.err
        assert "Restore" not in answer.err
