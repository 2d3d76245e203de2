import json


def test_two_results(suanli, open_saved, fixed_saved):
    answer = suanli("compare", open_saved, fixed_saved, language="zh")
    assert answer.code == 0
    assert "阈值（normalisation/goalposts）" in answer.out
    assert "可对照的 1488 个指标值完全相同。" in answer.out


def test_json(suanli, open_saved, fixed_saved):
    found = json.loads(suanli("compare", open_saved, fixed_saved, "--json").out)
    assert found["simulated"] is False
    assert found["framework"]["rules"][0]["path"] == "normalisation/goalposts"
