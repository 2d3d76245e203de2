import json


def test_facts(suanli, open_saved):
    answer = suanli("facts", open_saved, language="zh")
    assert answer.code == 0
    assert answer.out.startswith("公布的事实与本结果对照\n")
    assert "无法检验的事实及原因" in answer.out


def test_one_verdict(suanli, open_saved):
    answer = suanli("facts", open_saved, "--verdict", "not-testable")
    assert "A-002  Not testable" in answer.out


def test_json(suanli, open_saved):
    found = json.loads(suanli("facts", open_saved, "--verdict", "agrees", "--json").out)
    assert {row["verdict"] for row in found["facts"]} <= {"agrees"}
    assert found["simulated"] is False
