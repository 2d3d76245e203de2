"""DuckDB reads every form of records, nothing else on the machine, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from suanli.intake.records.csv_lines import MOST_LINES
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.schema import table_schemas
from suanli.language import LANGUAGES
from suanli.problems import Place, StudyError
from tests.unit.intake.records.engine_cases import (
    SPELLINGS,
    check_engine,
    check_frames,
    rows,
    said,
    table,
    written,
)


@pytest.fixture
def engine():
    started = DuckDBEngine()
    yield started
    started.close()


def test_every_form_is_read(engine, tmp_path):
    check_engine(engine, tmp_path)


def test_frames_are_kept_as_they_are(engine):
    check_frames(engine)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize(("own", "neighbour"), [("a[1]", "a1"), ("a*", "ab"), ("a?", "ab")])
def test_names_are_not_patterns(tmp_path, ending, own, neighbour):
    def one(name):
        frame = pl.DataFrame({"facility_id": [name], "year": [2023]})
        folder = tmp_path / f"x{name}"
        folder.mkdir()
        text = f"facility_id,year\n{name},2023\n"
        return written(folder / f"{name}{ending}", text if ending == ".csv" else frame)

    paths = [one(own), one(neighbour)]
    engine = DuckDBEngine(reads=[path.as_posix() for path in paths])
    try:
        for path, name in zip(paths, (own, neighbour), strict=True):
            files = table("facilities", [path])
            assert rows(engine, files, "facility_id") == [(name,)]
            assert engine.check_lines(files) == []
        assert len(rows(engine, table("facilities", paths), "facility_id")) == 2
    finally:
        engine.close()


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_only_the_files_of_the_study_are_read(tmp_path, ending):
    contents = {
        ".csv": "facility_id,year,kind,status\nF1,2023,ai_centre,in_use\n",
        ".parquet": pl.DataFrame({"facility_id": ["F1"], "year": [2023]}),
    }
    own = written(tmp_path / f"own'[1]*{ending}", contents[ending])
    other = written(tmp_path / f"other{ending}", contents[ending])
    engine = DuckDBEngine(reads=[own.as_posix()])
    try:
        assert rows(engine, table("facilities", [own]), "facility_id") == [("F1",)]
        with pytest.raises(StudyError, match="file system operations are disabled"):
            rows(engine, table("facilities", [other]), "facility_id")
        for order in (
            "SELECT * FROM read_text('/etc/hostname')",
            f"COPY (SELECT 1) TO '{tmp_path}/new.csv'",
            f"ATTACH '{tmp_path}/new.db'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SELECT * FROM read_csv('https://example.org/x.csv')",
        ):
            with pytest.raises(Exception, match="disabled"):
                engine._connection.execute(order)
        with pytest.raises(Exception, match="locked"):
            engine._connection.execute("SET enable_external_access = true")
        # what does not fit into memory still has its folder
        check_frames(engine)
    finally:
        engine.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([own.name, other.name])


def test_overflow_goes_to_the_own_folder_and_is_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    own = written(tmp_path / "m.csv", "meter_id,time,amount\nM1,2023-01-01 00:00,1\n")
    engine = DuckDBEngine(memory="60MB", threads=1, reads=[own.as_posix()])
    sizes = []
    connection = engine._connection
    connection.execute(
        "CREATE TEMP TABLE big AS SELECT hash(i)::VARCHAR || repeat('x', 40) AS s FROM range(2000000) r(i)"
    )
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.tmp")]
    assert sum(sizes) > 1_000_000
    engine.close()
    assert [path.name for path in tmp_path.iterdir()] == ["m.csv"]


def test_what_does_not_fit_is_told(tmp_path):
    engine = DuckDBEngine(memory="10MB", threads=1)
    try:
        frame = engine.frame(pl.DataFrame({"a": ["x" * 200_000]}))
        import narwhals as nw

        grown = frame
        for _ in range(3):
            grown = grown.with_columns(
                nw.concat_str("a", "a", "a", "a", "a", "a", "a", "a").alias("a")
            )
        with pytest.raises(StudyError, match="do not fit into the memory"):
            engine.collected(grown)
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        ("F6,2023", "row-ragged", "2"),
        ("F6,2023,a,b,1,1,1,2023-01-01,n,x,y", "row-ragged", "≥ 10"),
        ('"F6,2023', "not-a-text-table", ""),
        ('"F6"x,2023,a,b,1,1,1,2023-01-01,n', "not-a-text-table", ""),
        ("x" * 3_000_000 + ",2023,a,b,1,1,1,2023-01-01,n", "not-a-text-table", ""),
    ],
)
def test_torn_lines_are_told_with_their_number(engine, tmp_path, line, code, found):
    files = table("facilities", [written(tmp_path / "c.csv", f"{SPELLINGS}{line}\n")])
    problems = engine.check_lines(files)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].place.file == "c.csv"
    assert problems[0].place.cell.startswith("line 8")
    assert not found or problems[0].found == found
    with pytest.raises(StudyError, match="could not compute the records"):
        rows(engine, files, "facility_id")


@pytest.mark.parametrize("torn", ["F,2023\n", "F,2023,a,b,1,1,1,2023-01-01,n,x,y\n"])
def test_torn_lines_are_told_up_to_a_limit(engine, tmp_path, torn):
    text = SPELLINGS + torn * (MOST_LINES + 20)
    files = table("facilities", [written(tmp_path / "c.csv", text)])
    (problem,) = engine.check_lines(files)
    assert problem.place.cell == f"lines 8–{7 + MOST_LINES}"


def test_neighbouring_lines_with_as_many_fields_are_told_together(engine, tmp_path):
    sound = "F9,2023,a,b,1,1,1,2023-01-01,n\n"
    torn = f'F\nF\nF,1\n{sound}F,1\nF,1\nF,1\n"F"x,1\n'
    files = table("facilities", [written(tmp_path / "c.csv", SPELLINGS + torn)])
    told = [(one.code, one.found, one.place.cell) for one in engine.check_lines(files)]
    assert told[:3] == [
        ("row-ragged", "1", "lines 8–9"),
        ("row-ragged", "2", "line 10"),
        ("row-ragged", "2", "lines 12–14"),
    ]
    assert [(code, cell) for code, _, cell in told[3:]] == [("not-a-text-table", "line 15")]
    assert engine.check_lines(files)[0].message("en") == (
        "The line has another number of fields (1) than the heading (9)."
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a,year\r\nF1,2023\nF2,2023\r\n", 2),
        ("a,year\nF1,2023\r\n", 2),
        ('a,year\n"x\r\ny",2023\n"",2023\nF2,2023\rF3,2023\n', 5),
        ("a,year\nF1," + "x" * 3_000_000 + "\nF2,2023\r\n", 3),
    ],
)
def test_lines_that_end_differently_are_told(engine, tmp_path, text, line):
    files = table("facilities", [written(tmp_path / "c.csv", text)])
    (problem,) = said(engine.check_lines(files))
    assert (problem.code, problem.place.cell) == ("line-ends-mixed", f"line {line}")
    assert problem.place.file == "c.csv"


def test_line_ends_inside_quotation_marks_may_differ(engine, tmp_path):
    text = 'facility_id,name\n"F\r\n1","a\rb"\nF2,x\n'
    files = table("facilities", [written(tmp_path / "c.csv", text)])
    assert engine.check_lines(files) == []
    assert rows(engine, files, "facility_id", "name") == [("F\r\n1", "a\rb"), ("F2", "x")]


def test_sound_lines_pass(engine, tmp_path):
    files = table("facilities", [written(tmp_path / "c.csv", SPELLINGS)])
    assert engine.check_lines(files) == []
    assert engine.check_lines(files) == []


@pytest.mark.parametrize("content", ["\n", '"a\nb",c\n1,2\n', "x" * 2_000_000])
def test_a_file_without_headings_is_told(engine, tmp_path, content):
    files = table("facilities", [written(tmp_path / "c.csv", content)])
    with pytest.raises(StudyError, match="not a readable text table"):
        engine.scan(files)


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"x" * 50])
def test_a_broken_parquet_file_is_told(engine, tmp_path, content):
    files = table("facilities", [written(tmp_path / "p.parquet", content)])
    with pytest.raises(StudyError, match="not a whole Parquet file"):
        engine.scan(files)


@pytest.mark.parametrize("compression", ["snappy", "zstd", "uncompressed"])
def test_a_parquet_file_torn_inside_is_told_with_its_table(engine, tmp_path, compression):
    frame = pl.DataFrame({"facility_id": [str(number) for number in range(5000)], "kind": "x"})
    paths = []
    for year in (2022, 2023, 2024):
        path = written(tmp_path / f"year={year}" / "part-0.parquet", frame)
        frame.write_parquet(path, compression=compression)
        paths.append(path)
    for path in paths[1:]:
        content = bytearray(path.read_bytes())
        content[100:2000] = os.urandom(1900)
        path.write_bytes(content)
    files = table("facilities", paths, partitions=("year",))
    scanned = engine.scan(files)
    for work in (engine.collected, engine.staged):
        with pytest.raises(StudyError, match="could not compute the records") as caught:
            work(scanned.select("facility_id").sort("facility_id"))
        places = [(problem.place.file, problem.place.code) for problem in caught.value.problems]
        assert places == [
            ("year=2023/part-0.parquet", "facilities"),
            ("year=2024/part-0.parquet", "facilities"),
        ]
    sound = table("facilities", paths[:1], partitions=("year",))
    assert len(rows(engine, sound, "facility_id")) == 5000


def test_a_torn_file_is_found_where_counting_would_not_read_it(engine, tmp_path):
    numbers = [float(number) for number in range(5000)]
    frame = pl.DataFrame({"meter_id": [str(number) for number in numbers], "amount": numbers})
    frame = frame.with_columns(time=pl.lit(datetime(2023, 1, 1)))  # noqa: DTZ001
    path = written(tmp_path / "p.parquet", frame)
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = os.urandom(len(content) // 2 - 4)
    path.write_bytes(content)
    scanned = engine.scan(table("meter_readings", [path]))
    with pytest.raises(StudyError, match=r"p\.parquet · meter_readings: The engine could not"):
        engine.collected(scanned.select("meter_id", "amount"))


def test_what_no_file_is_the_cause_of_is_told_as_it_is(engine, tmp_path):
    path = written(tmp_path / "p.parquet", pl.DataFrame({"facility_id": ["F1"]}))
    scanned = engine.scan(table("facilities", [path]))
    wrong = nw.from_native(nw.to_native(scanned).project("CAST(facility_id AS INTEGER)"))
    with pytest.raises(StudyError, match="Could not convert string 'F1'") as caught:
        engine.collected(wrong)
    assert [problem.place for problem in caught.value.problems] == [Place()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "paths",
    [
        ["year=2022/part-0.csv", "year=2023/part-0.csv"],
        ["year=2022/part-0.csv"],
        ["year=2022/kind=x/p.csv", "year=2022/kind=y/p.csv"],
        ["a/part-0.csv", "b/part-0.csv"],
        ["part-0.csv"],
    ],
)
def test_files_are_called_by_their_paths_in_the_table(engine, tmp_path, paths, encoding):
    torn = "facility_id,name\nF1\n".encode(encoding)
    written_paths = [written(tmp_path / "facilities" / path, torn) for path in paths]
    encodings = {path.as_posix(): encoding for path in written_paths}
    files = table("facilities", written_paths, partitions=("year", "kind"), encodings=encodings)
    assert [problem.place.file for problem in engine.check_lines(files)] == paths


NO_ARROW = """
import sys
for name in ("pyarrow", "pandas"):
    sys.modules[name] = None
import narwhals as nw
from pathlib import Path
from tests.unit.intake.records.engine_cases import check_engine, check_frames
from suanli.intake.records.duckdb_engine import DuckDBEngine
engine = DuckDBEngine()
check_engine(engine, Path(sys.argv[1]))
check_frames(engine)
engine.close()
print("done")
"""


def test_neither_pyarrow_nor_pandas_is_needed(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", NO_ARROW, str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[4],
    )  # fmt: skip
    assert ran.stdout == "done\n", ran.stderr


INTERRUPTED = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from suanli.intake.records import Span
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.records import Records
from suanli.regions import provinces
import narwhals as nw, polars as pl
with Records(DuckDBEngine(), {}, Span(provinces(), ("2023",))) as records:
    many = records.engine.frame(pl.DataFrame({"a": list(range(20000))}))
    # what DuckDB imports when it is first used swallows an interruption
    records.collected(many.with_columns(nw.lit(1).alias("b")))
    print("ready", flush=True)
    pairs = many.join(many.select(nw.col("a").alias("b")), how="cross")
    records.collected(pairs.with_columns((nw.col("a") * nw.col("b")).sqrt().sin().alias("c"))
        .join(many.select(nw.col("a").alias("d")), how="cross").select(nw.col("c").sum(), nw.col("d").sum()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_an_interrupted_run_leaves_nothing(tmp_path):
    ran = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert ran.stdout is not None
        assert ran.stdout.readline() == "ready\n"
        assert len(list(tmp_path.iterdir())) == 1
        time.sleep(1)
        ran.send_signal(signal.SIGINT)
        _, errors = ran.communicate(timeout=60)
    finally:
        ran.kill()
    assert "KeyboardInterrupt" in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_columns_may_have_the_titles_of_either_language(tmp_path, engine, language, ending):
    columns = table_schemas()["households"].columns
    headings = [getattr(column.title, language) for column in columns]
    values = ["110000", 2023, *[float(at) for at in range(len(columns) - 2)]]
    text = f"{','.join(headings)}\n{','.join(map(str, values))}\n"
    frame = pl.DataFrame({name: [value] for name, value in zip(headings, values, strict=True)})
    path = written(tmp_path / f"households{ending}", text if ending == ".csv" else frame)
    names = [column.name for column in columns]
    assert rows(engine, table("households", [path]), *names) == [tuple(values)]


def test_words_of_programs_are_marked_in_chinese(engine, tmp_path):
    files = table("facilities", [written(tmp_path / "c.csv", f'{SPELLINGS}"F6,2023\n')])
    (problem,) = engine.check_lines(files)
    assert f"（原文：{problem.found}）" in problem.message("zh")
