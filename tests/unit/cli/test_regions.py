import json

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
