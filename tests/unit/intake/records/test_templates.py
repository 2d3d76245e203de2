"""Empty tables, what explains them, and that tables filled in as explained are sound."""

import csv
import io

import pytest

from suanli.intake.records.checks import check_records
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.records import Records
from suanli.intake.records.schema import table_schemas
from suanli.intake.records.sources import Wanted, read_tables
from suanli.intake.records.span import Span
from suanli.intake.records.table_reading import check_tables
from suanli.intake.records.templates import example, explanations, write_templates
from suanli.problems import StudyError, errors
from suanli.regions import provinces

TABLES = tuple(table_schemas().values())


def explained(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_tables_of_one_line_and_a_line_on_every_column(tmp_path):
    assert write_templates(tmp_path / "zh", TABLES, "zh") == "_填报说明.csv"
    assert write_templates(tmp_path / "en", TABLES, "en") == "_columns.csv"
    columns = [(schema.name, column.name) for schema in TABLES for column in schema.columns]
    for language, guide, table, column in (
        ("zh", "_填报说明.csv", "表", "列"),
        ("en", "_columns.csv", "Table", "Column"),
    ):
        rows = explained(tmp_path / language / guide)
        assert [(row[table], row[column]) for row in rows if row[column]] == columns
        assert all(len(row) == 12 for row in rows)
    with (tmp_path / "zh" / "chips.csv").open(encoding="utf-8", newline="") as file:
        (heads,) = csv.reader(file)
    assert heads == [column.name for column in table_schemas()["chips"].columns]


def test_what_is_said_of_a_column(tmp_path):
    write_templates(tmp_path / "t", [table_schemas()["facilities"]], "zh")
    head, *columns = explained(tmp_path / "t" / "_填报说明.csv")
    assert (head["表名称"], head["列"]) == ("算力中心名册", "")
    assert head["说明"].startswith("每个算力中心每年一行")
    said = {row["列"]: row for row in columns}
    assert said["status"] == {
        "表": "facilities",
        "表名称": "算力中心名册",
        "列": "status",
        "中文列名": "状态",
        "英文列名": "Status",
        "类型": "文本",
        "单位": "",
        "必填": "是",
        "主键": "",
        "取值": "in_use（在用） / under_construction（在建）",
        "示例": "在用",
        "说明": "",
    }
    assert (said["load_rate"]["单位"], said["load_rate"]["取值"]) == ("比值", "范围 0至1")
    assert (said["fast_network"]["取值"], said["fast_network"]["示例"]) == ("是 / 否", "是")
    assert said["region_code"]["说明"] == "填行政区划代码或名称"
    assert said["station_id"]["说明"] == "填《气象站年平均气温》（weather_stations）中已有的编号"
    assert said["station_id"]["示例"] == "53698"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_filled_in_with_the_examples_are_sound(tmp_path, language):
    folder = tmp_path / "records"
    write_templates(folder, TABLES, language)
    for schema in TABLES:
        row = {column.name: example(column, language) for column in schema.columns}
        rows = [row]
        if schema.name == "facilities":  # a centre in use is in no stage of construction
            row["stage"] = ""
            rows.append(row | {"facility_id": "F0002"})
        with (folder / f"{schema.name}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, list(row), lineterminator="\n").writerows(rows)
    tables, problems = read_tables(tmp_path, Wanted())
    assert problems == []
    with Records(DuckDBEngine(), tables.tables, Span(provinces(), ("2023",))) as records:
        found = [*check_tables(records), *check_records(records)]
    assert errors(found) == ()
    assert {"period-without-rows", "place-unknown"}.isdisjoint(one.code for one in found)


def test_headings_may_be_the_titles_that_are_explained():
    """Every title is the heading of one column only."""
    for language in ("zh", "en"):
        for schema in TABLES:
            titles = [column.title.said(language).casefold() for column in schema.columns]
            assert len(set(titles)) == len(titles), schema.name


def test_no_cell_is_taken_for_a_formula():
    for language in ("zh", "en"):
        cells = [cell for row in explanations(TABLES, language) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine.csv").write_text("x", encoding="utf-8")
    with pytest.raises(StudyError, match="not empty"):
        write_templates(tmp_path, TABLES, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]
