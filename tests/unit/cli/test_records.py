import csv
import json

import pytest

from suanli.intake.records.schema import table_schemas

TABLES = list(table_schemas())


def test_list(suanli):
    answer = suanli("records", language="zh")
    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines()[1:]] == TABLES
    assert "算力中心名册" in answer.out


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ["必填", "引用 facilities", "计量间隔"]), ("en", ["required", "refers to facilities"])],
)
def test_columns(suanli, language, words):
    answer = suanli("records", "meters", language=language)
    assert answer.code == 0
    assert all(word in answer.out for word in words)
    assert "racks_used" not in answer.out


def test_several_tables_in_the_order_of_the_list(suanli):
    answer = suanli("records", "meters", "facilities", "meters")
    assert answer.out.index("[facilities]") < answer.out.index("[meters]")
    assert answer.out.count("[meters]") == 1


def test_json(suanli):
    assert [one["table"] for one in json.loads(suanli("records", "--json").out)] == TABLES
    (meters,) = json.loads(suanli("records", "meters", "--json").out)
    assert meters["key"] == ["meter_id"]


def test_no_such_table(suanli):
    answer = suanli("records", "facilites", language="zh")
    assert (answer.code, answer.out) == (2, "")
    assert "facilites" in answer.err
    assert "facilities" in answer.err


def test_templates(suanli, tmp_path):
    folder = tmp_path / "records"
    answer = suanli("records", "--template", folder)
    assert answer.code == 0
    tables = {f"{name}.csv" for name in TABLES}
    assert {path.name for path in folder.iterdir()} == {*tables, "_columns.csv"}
    assert "_columns.csv explains every column" in answer.out
    for name, schema in table_schemas().items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == [[column.name for column in schema.columns]]


def test_templates_are_explained_in_the_language_asked_for(suanli, tmp_path):
    answer = suanli("records", "meters", "--template", tmp_path / "t", language="zh")
    assert "_填报说明.csv" in answer.out
    text = (tmp_path / "t" / "_填报说明.csv").read_text(encoding="utf-8-sig")
    assert (
        "meters,计量表,quantity,计量内容,What it measures,文本,,是,,total_energy（总能耗） / "
        in text
    )


def test_templates_of_the_tables_named(suanli, tmp_path):
    answer = suanli("records", "meters", "--template", tmp_path / "a b", "--json")
    names = {path.name for path in (tmp_path / "a b").iterdir()}
    assert names == {"meters.csv", "_columns.csv"}
    assert json.loads(answer.out)[0]["table"] == "meters"


def test_nothing_is_overwritten(suanli, tmp_path):
    (tmp_path / "meters.csv").write_text("mine", encoding="utf-8")
    answer = suanli("records", "--template", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert [path.name for path in tmp_path.iterdir()] == ["meters.csv"]
    assert (tmp_path / "meters.csv").read_text(encoding="utf-8") == "mine"
