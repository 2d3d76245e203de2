import json
import re

import pytest


def test_everything(suanli):
    answer = suanli("regions")
    assert answer.code == 0
    assert "Groupings" in answer.out
    assert len(json.loads(suanli("regions", "--json").out)) == 31


def test_several(suanli):
    answer = suanli("regions", "吉林", language="zh")
    assert answer.code == 0
    assert "“吉林”可指 2 个地区" in answer.out


@pytest.mark.parametrize("spelling", ["香港", "火星"])
def test_refused(suanli, spelling):
    answer = suanli("regions", spelling, language="zh")
    assert (answer.code, answer.out) == (1, "")
    assert spelling in answer.err


def test_json_of_candidates(suanli):
    codes = [one["code"] for one in json.loads(suanli("regions", "Jilin", "--json").out)]
    assert codes == ["220000", "220200"]


@pytest.mark.parametrize(
    ("spelling", "group", "first"),
    [
        ("京津冀", "京津冀", "北京、天津、河北"),
        ("长三角", "长三角", "上海、江苏、浙江、安徽"),
        ("粤港澳大湾区", "粤港澳大湾区", "广东"),
        ("成渝", "成渝", "重庆、四川"),
        ("东部", "东部地区", "北京、天津、河北、上海"),
        ("中部", "中部地区", "山西、安徽"),
        ("西部地区", "西部地区", "内蒙古、广西"),
        ("东北", "东北地区", "辽宁、吉林、黑龙江"),
        ("八大枢纽", "成渝枢纽", "重庆、四川"),
        ("economic-belts", "中部地区", "山西、安徽"),
    ],
)
def test_groups(suanli, spelling, group, first):
    answer = suanli("regions", spelling, language="zh")
    assert answer.code == 0
    assert f"\n  {group}：{first}" in answer.out
    assert group in json.dumps(
        json.loads(suanli("regions", spelling, "--json").out), ensure_ascii=False
    )


@pytest.mark.parametrize("spelling", ["香港", "合计"])
@pytest.mark.parametrize(("language", "row"), [("zh", "行不参与"), ("en", "takes? no part")])
def test_a_refused_look_up_speaks_of_no_rows(suanli, spelling, language, row):
    answer = suanli("regions", spelling, language=language)
    assert answer.code == 1
    assert spelling in answer.err
    assert not re.search(row, answer.err)
