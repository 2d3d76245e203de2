"""What is wrong with the files of a table is told with the table and the file, each once."""

import os

import duckdb
import polars as pl
import pytest

from suanli.intake.records import Span, check_tables
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.records import Records
from suanli.problems import Severity
from suanli.regions import provinces
from tests.unit.intake.records.engine_cases import said, table, written

FRAME = pl.DataFrame(
    {"facility_id": ["F1"], "year": [2023], "kind": ["ai_centre"], "status": ["in_use"]}
)


def told(name, paths, **more):
    files = {name: table(name, paths, **more)}
    with Records(DuckDBEngine(), files, Span(provinces(), ("2023",))) as records:
        return said(check_tables(records))


@pytest.mark.parametrize("second", ["year", "Year"])
def test_a_parquet_file_with_a_column_twice_is_told(tmp_path, second):
    sound = written(tmp_path / "a.parquet", FRAME)
    path = written(tmp_path / "b.parquet", FRAME.with_columns(yea2=pl.lit(2023)))
    names = second.encode()
    assert len(names) == len("yea2")
    # columns of equal names are written by no tool here, so that the name is changed in the footer
    path.write_bytes(path.read_bytes().replace(b"yea2", names))
    (problem,) = told("facilities", [sound, path])
    assert (problem.code, problem.severity) == ("records-column-twice", Severity.ERROR)
    assert (problem.found, problem.expected) == (f"year, {second}", "year")
    assert str(problem.place) == "b.parquet · facilities"


def test_a_column_called_filename_is_no_more_than_unknown(tmp_path):
    frame = FRAME.drop("year").with_columns(filename=pl.lit("x"))
    path = written(tmp_path / "year=2023" / "a.parquet", frame)
    (problem,) = told("facilities", [path], partitions=("year",))
    assert (problem.code, problem.found) == ("records-column-unknown", "filename")
    assert str(problem.place) == "year=2023/a.parquet · facilities"


def test_a_file_torn_inside_is_told_with_its_table(tmp_path):
    many = pl.concat([FRAME.with_columns(racks_built=float(number)) for number in range(3000)])
    paths = [written(tmp_path / f"year={y}" / "part-0.parquet", many) for y in (2022, 2023)]
    content = bytearray(paths[1].read_bytes())
    content[4 : len(content) // 2] = os.urandom(len(content) // 2 - 4)
    paths[1].write_bytes(content)
    (problem,) = told("facilities", paths, partitions=("year",))
    assert problem.code == "records-unreadable"
    assert str(problem.place) == "year=2023/part-0.parquet · facilities"


def test_broken_footers_are_told_with_every_file(tmp_path):
    broken = [
        written(tmp_path / f"year={year}" / "part-0.parquet", b"PAR1" + bytes(99) + b"PAR1")
        for year in (2021, 2023)
    ]
    sound = written(tmp_path / "year=2022" / "part-0.parquet", FRAME)
    found = told("facilities", [broken[0], sound, broken[1]], partitions=("year",))
    assert [(problem.code, str(problem.place)) for problem in found] == [
        ("not-a-parquet-file", f"year={year}/part-0.parquet · facilities") for year in (2021, 2023)
    ]


def test_an_identifier_of_another_type_is_no_fault(tmp_path):
    path = tmp_path / "p.parquet"
    known = "uuid() AS facility_id, 2023 AS year, 'ai_centre' AS kind, 'in_use' AS status"
    duckdb.sql(f"COPY (SELECT {known}) TO '{path.as_posix()}' (FORMAT parquet)")
    assert told("facilities", [path]) == []
