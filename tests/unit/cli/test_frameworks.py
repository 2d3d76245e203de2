import json

from suanli.framework import bundled_ids


def test_list(suanli):
    answer = suanli("frameworks", language="zh")
    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines()[1:]] == list(bundled_ids())


def test_json(suanli):
    assert [one["id"] for one in json.loads(suanli("frameworks", "--json").out)] == list(
        bundled_ids()
    )
