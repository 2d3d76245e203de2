import json


def test_text(suanli):
    answer = suanli("framework", "diff", "cpdi-1.0", "cpdi-2.0", language="zh")
    assert answer.code == 0
    assert answer.out.startswith("中国算力发展指数1.0 [cpdi-1.0] → ")


def test_json(suanli):
    found = json.loads(suanli("framework", "diff", "cpdi-1.0", "cpdi-2.0", "--json").out)
    assert found["before"] == "cpdi-1.0"
    assert found["same_family"] is True
