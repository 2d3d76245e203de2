import json


def test_schema(suanli, tmp_path):
    printed = suanli("framework", "schema").out
    assert json.loads(printed)["type"] == "object"
    path = tmp_path / "s.json"
    answer = suanli("framework", "schema", "--output", path, language="zh")
    assert answer.out == f"已写入 {path}\n"
    assert path.read_text(encoding="utf-8") == printed


def test_nowhere_to_write(suanli, tmp_path):
    answer = suanli("framework", "schema", "--output", tmp_path / "no" / "s.json", language="zh")
    assert answer.code == 1
    assert "没有该文件或文件夹" in answer.err
