"""The files of the tables: found, contained, hashed; and what is not theirs told."""

import errno
import hashlib
import os
import zlib
from pathlib import Path

import polars as pl
import pytest

from suanli.intake.records import RecordSources, Span, open_records, table_files
from suanli.intake.records.checks import check_records
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.sources import Wanted, read_tables
from suanli.intake.records.table_reading import check_tables, unread
from suanli.problems import Severity, StudyError
from suanli.regions import provinces
from tests.unit.intake.records.engine_cases import SPELLINGS, said, written

METERS = "meter_id,facility_id,quantity,unit,interval_minutes\nM,F,water,m³,60\n"
SOUND = "facility_id,year,kind,status\nF1,2023,ai_centre,in_use\n"
FRAME = pl.DataFrame(
    {"facility_id": ["F1"], "year": [2023], "kind": ["ai_centre"], "status": ["in_use"]}
)


def read(root, **wanted):
    found, problems = read_tables(root, Wanted(**wanted))
    return found, [(problem.code, problem.found) for problem in said(problems)]


def where(root, found):
    return {
        name: [path.removeprefix(root.resolve().as_posix() + "/") for path in files.paths]
        for name, files in found.tables.items()
    }


def test_tables_are_files_and_folders_by_name(tmp_path):
    written(tmp_path / "records" / "facilities.csv", SOUND)
    written(tmp_path / "records" / "meters.csv", METERS)
    written(tmp_path / "records" / "chips" / "_SUCCESS", "x")
    written(tmp_path / "records" / "chips" / "b.parquet", FRAME)
    written(tmp_path / "records" / "chips" / "2022" / "a.parquet", FRAME)
    written(tmp_path / "records" / ".hidden", "x")
    found, problems = read(tmp_path)
    assert problems == []
    assert where(tmp_path, found) == {
        "facilities": ["records/facilities.csv"],
        "chips": ["records/chips/2022/a.parquet", "records/chips/b.parquet"],
        "meters": ["records/meters.csv"],
    }
    known = {each.path: (each.sha256, each.bytes) for each in found.inputs}
    assert known["records/facilities.csv"] == (
        hashlib.sha256(SOUND.encode()).hexdigest(),
        len(SOUND),
    )
    assert len(known) == 4


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("other/probes-*.parquet", ["other/probes-1.parquet", "other/probes-2.parquet"]),
        (
            "other/**/*.parquet",
            ["other/deep/probes-3.parquet", "other/probes-1.parquet", "other/probes-2.parquet"],
        ),
        ("./other/deep/", ["other/deep/probes-3.parquet"]),
        ("other/probes-1.parquet", ["other/probes-1.parquet"]),
        ("o[t]her/probes-[2].parquet", ["other/probes-2.parquet"]),
    ],
)
def test_a_table_may_be_elsewhere(tmp_path, pattern, expected):
    for name in ("probes-1.parquet", "probes-2.parquet", "deep/probes-3.parquet", "probes-4.txt"):
        content = FRAME if name.endswith("parquet") else "x"
        written(tmp_path / "other" / name, content)
    found, problems = read(tmp_path, files={"probes": (pattern,)})
    assert problems == []
    assert where(tmp_path, found) == {"probes": expected}


def test_several_patterns_make_one_table(tmp_path):
    written(tmp_path / "a" / "1.csv", METERS)
    written(tmp_path / "b" / "2.csv", METERS)
    found, _ = read(tmp_path, files={"meters": ("a/*.csv", "b")})
    assert where(tmp_path, found) == {"meters": ["a/1.csv", "b/2.csv"]}


def test_folders_may_name_values(tmp_path):
    for year in (2022, 2023):
        written(tmp_path / "records" / "facilities" / f"year={year}" / "kind=x" / "p.csv", SOUND)
    found, problems = read(tmp_path)
    assert problems == []
    assert found.tables["facilities"].partitions == ("year", "kind")
    written(tmp_path / "records" / "facilities" / "p.csv", SOUND)
    assert read(tmp_path)[1] == [("records-folders-differ", "facilities")]


def test_names_of_folders_outside_the_table_are_no_values(tmp_path):
    root = tmp_path / "year=1999"
    written(root / "year=2000" / "chips" / "year=2023" / "p.parquet", FRAME)
    written(root / "year=2000" / "facilities" / "p.csv", SOUND)
    written(root / "year=2000" / "firms.csv", "firm_id\nF\n")
    found, _ = read(root, folder="year=2000")
    assert found.tables["chips"].partitions == ("year",)
    assert found.tables["facilities"].partitions == ()
    assert found.tables["firms"].partitions == ()
    elsewhere = {"firms": ("year=2000/firms.csv",), "chips": ("year=2000/*/*/*.parquet",)}
    found, _ = read(root, files=elsewhere)
    assert found.tables["firms"].partitions == ()
    assert found.tables["chips"].partitions == ("year",)


@pytest.mark.parametrize(
    ("files", "code", "found"),
    [
        ({}, "file-not-found", "records"),
        ({"records": SOUND}, "records-not-a-folder", "records"),
        ({"records/readme.md": "x"}, "records-without-tables", "records"),
        ({"records/facilities.csv": b""}, "file-empty", "records/facilities.csv"),
        ({"records/facilities.csv": b"a\0b\n"}, "encoding-unknown", "0x00"),
        ({"records/facilities.csv": b"\xff\xff\xff\n"}, "encoding-unknown", "0xFF"),
        ({"records/facilities.parquet": SOUND}, "not-a-parquet-file", ""),
        ({"records/facilities.parquet": b"PAR1"}, "not-a-parquet-file", ""),
        ({"records/facilities/x.txt": "x"}, "records-table-empty", "facilities"),
        (
            {"records/facilities/x.csv": SOUND, "records/facilities/y.parquet": FRAME},
            *("records-two-formats", ".csv, .parquet"),
        ),
        ({"records/facilities.csv": SOUND, "records/facilities.parquet": FRAME}, "records-table-twice", "facilities"),
        ({"records/facilities.csv": SOUND, "records/facilities/a.csv": SOUND}, "records-table-twice", "facilities"),
    ],
)  # fmt: skip
def test_what_stands_against_the_files_is_told(tmp_path, files, code, found):
    for name, content in files.items():
        written(tmp_path / name, content)
    tables, problems = read(tmp_path)
    assert tables is None
    assert (code, found) in problems


def test_unknown_files_are_warned_of_with_the_closest_name(tmp_path):
    written(tmp_path / "records" / "facilities.csv", SOUND)
    written(tmp_path / "records" / "facilites.parquet", FRAME)
    written(tmp_path / "records" / "chips.xlsx", "x")
    written(tmp_path / "records" / "notes" / "x.csv", "x")
    tables, problems = read_tables(tmp_path, Wanted(files={"probs": ("x.csv",)}))
    assert list(tables.tables) == ["facilities"]
    told = {problem.place.file: problem for problem in problems}
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert told["records/facilites.parquet"].expected == "facilities"
    assert told["records/chips.xlsx"].expected == "chips"
    assert told["study.yaml"].expected == "probes"
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../x.csv", "path-outside"),
        ("/etc/*.csv", "path-outside"),
        ("a/../../*.csv", "path-outside"),
        ("~/x.csv", "path-outside"),
        ("C:\\x.csv", "path-outside"),
        ("no.csv", "file-not-found"),
        ("no/*.csv", "file-not-found"),
        ("a/x**.csv", "records-pattern-unusable"),
        ("a/*.parquet", "records-table-empty"),
        ("link/*.csv", "link-outside"),
        ("link", "link-outside"),
        ("a/link*.csv", "link-outside"),
    ],
)
def test_paths_stay_inside(tmp_path, path, code):
    root = tmp_path / "study"
    written(root / "a" / "x.csv", METERS)
    written(tmp_path / "away" / "x.csv", METERS)
    (root / "link").symlink_to(tmp_path / "away")
    (root / "a" / "link1.csv").symlink_to(tmp_path / "away" / "x.csv")
    tables, problems = read(root, files={"meters": (path,)})
    assert tables is None
    assert code in [told for told, _ in problems]


def test_a_link_in_the_folder_of_records_is_not_followed_out(tmp_path):
    away = written(tmp_path / "away.csv", SOUND)
    (tmp_path / "study" / "records").mkdir(parents=True)
    (tmp_path / "study" / "records" / "facilities.csv").symlink_to(away)
    assert read(tmp_path / "study") == (None, [("link-outside", "records/facilities.csv")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX")
def test_a_pipe_is_not_read(tmp_path):
    (tmp_path / "records" / "meters").mkdir(parents=True)
    os.mkfifo(tmp_path / "records" / "meters" / "a.csv")
    os.mkfifo(tmp_path / "records" / "facilities.csv")
    _, problems = read(tmp_path)
    assert problems[:2] == [
        ("file-not-regular", "records/facilities.csv"),
        ("file-not-regular", "records/meters/a.csv"),
    ]


def test_too_many_files_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(table_files, "MOST_FILES", 2)
    for number in range(3):
        written(tmp_path / "records" / "meters" / f"{number}.csv", METERS)
    assert ("records-too-many-files", "records/meters") in read(tmp_path)[1]


@pytest.mark.parametrize(
    ("name", "unit", "code", "expected"),
    [
        ("storage_systems.capacty", "PB", "records-unit-column", "storage_systems.capacity"),
        ("storage_systems.medium", "PB", "records-unit-column", None),
        ("capacity", "PB", "records-unit-column", None),
        ("storage_systems.capacity", "kW", "records-unit-unusable", "TiB"),
        ("storage_systems.capacity", "哈", "records-unit-unusable", "TiB"),
        ("storage_systems.capacity", "PB", "records-unit-idle", ""),
    ],
)
def test_units_that_do_not_fit_are_told(tmp_path, name, unit, code, expected):
    written(tmp_path / "records" / "facilities.csv", SOUND)
    _, (problem,) = read_tables(tmp_path, Wanted(units={name: unit}))
    assert problem.code == code
    assert problem.place.path == f"records.units.{name}"
    assert expected is None or problem.expected == expected


def opened(root, **more):
    tables, problems = read_tables(root, Wanted(**more))
    assert tables is not None, problems
    span = Span(provinces(), ("2023",))
    sources = RecordSources(tables.tables, span, CaliberOptions(), "reported", "", tables.inputs)
    return open_records(sources)


def told(root):
    with opened(root) as records:
        return {(problem.code, problem.found): problem for problem in said(check_tables(records))}


def test_sound_tables_have_no_problems(tmp_path):
    written(tmp_path / "records" / "facilities.csv", "\ufeff" + SOUND)
    written(tmp_path / "records" / "meters.csv", METERS)
    assert told(tmp_path) == {}


def test_columns_are_checked(tmp_path):
    text = "facility_id,YEAR,year,knd,备注\nF1,2023,2023,x,y\n"
    written(tmp_path / "records" / "facilities.csv", text)
    found = told(tmp_path)
    assert {key: problem.severity for key, problem in found.items()} == {
        ("records-column-twice", "year, YEAR"): Severity.ERROR,
        ("records-column-missing", "kind"): Severity.ERROR,
        ("records-column-missing", "status"): Severity.ERROR,
        ("records-column-unknown", "knd"): Severity.WARNING,
        ("records-column-unknown", "备注"): Severity.WARNING,
    }
    assert found["records-column-unknown", "knd"].expected == "kind"
    place = found["records-column-missing", "kind"].place
    assert (place.file, place.code) == ("facilities.csv", "facilities")


def test_a_column_given_by_folders_is_not_missing(tmp_path):
    text = "facility_id,status\nF1,in_use\n"
    written(tmp_path / "records" / "facilities" / "year=2023" / "kind=ai_centre" / "a.csv", text)
    assert told(tmp_path) == {}


def test_cells_are_checked(tmp_path):
    written(tmp_path / "records" / "facilities.csv", SPELLINGS)
    found = told(tmp_path)
    assert set(found) == {
        ("records-not-whole", "F4·2023.5; F5·２０２３"),
        ("records-not-whole", "F4·2023.5: 5.5; F5·２０２３: 1e2"),
        ("records-not-number", "F4·2023.5: 1,000; F5·２０２３: nan"),
        ("records-not-flag", "F4·2023.5: maybe; F5·２０２３: 2"),
        ("records-not-day", "F4·2023.5: 2023-02-30; F5·２０２３: 5/1/2023"),
    }
    problem = found["records-not-number", "F4·2023.5: 1,000; F5·２０２３: nan"]
    assert str(problem.place) == "facilities.csv · facilities.racks_built"
    assert (problem.details["count"], problem.details["rows"]) == (2, 5)
    assert problem.message("zh") == (
        "《算力中心名册》共5行，其中2行的“已建成标准机架数（折合2.5千瓦）”（racks_built）不是数字，"
        "例如：F4·2023.5: 1,000；F5·２０２３: nan。"
    )
    assert unread(found.values()) == ()


def test_the_other_checks_look_at_rows_with_misread_values(tmp_path):
    """What is misread is missing there, and is not told to be empty as well."""
    lines = "F1,2023,ai_centre,in_use,ten,20\nF2,2023,ai_centre,none,10,20\nF3,soon,,in_use,10,5\n"
    head = "facility_id,year,kind,status,racks_built,racks_used\n"
    written(tmp_path / "records" / "facilities.csv", head + lines)
    with opened(tmp_path) as records:
        problems = [*check_tables(records), *check_records(records)]
    assert {(one.code, one.place.path, one.found) for one in said(problems)} >= {
        ("records-not-number", "facilities.racks_built", "F1·2023: ten"),
        ("records-not-whole", "facilities.year", "F3·soon"),
        ("value-not-allowed", "facilities.status", "F2·2023: none"),
        ("racks-used-above-built", "facilities.racks_used", "F2·2023: 20, 10"),
        ("required-empty", "facilities.kind", "F3·–"),
    }
    assert [one.place.path for one in problems if one.code == "required-empty"] == [
        "facilities.kind"
    ]


def test_a_moment_that_cannot_be_read_is_told_once(tmp_path):
    rows = "M,2023-02-30 00:00:00,1\nM,2023-03-01,1\n"
    written(tmp_path / "records" / "meter_readings.csv", f"meter_id,time,amount\n{rows}")
    with opened(tmp_path) as records:
        problems = [*check_tables(records), *check_records(records)]
    assert [one.code for one in problems if one.place.path == "meter_readings.time"] == [
        "records-not-moment"
    ]


def test_a_table_that_is_not_read_is_told_apart_from_its_values(tmp_path):
    written(tmp_path / "records" / "facilities.csv", SPELLINGS)
    written(tmp_path / "records" / "meters.csv", "meter_id\nM\n")
    found = told(tmp_path)
    assert {one.place.code for one in unread(found.values())} == {"meters"}
    assert len(found) > len(unread(found.values()))


def test_torn_lines_are_told_and_cells_then_not(tmp_path):
    written(tmp_path / "records" / "facilities.csv", f"{SPELLINGS}F9,2023\n")
    ((code, found), problem) = next(iter(told(tmp_path).items()))
    assert (code, found, problem.place.cell) == ("row-ragged", "2", "line 8")


def test_nested_columns_and_broken_files_are_told(tmp_path):
    nested = FRAME.with_columns(name=pl.Series([[1, 2]]), racks_built=pl.Series([{"a": 1}]))
    written(tmp_path / "records" / "facilities" / "a.parquet", nested)
    assert {code for code, _ in told(tmp_path)} == {"records-not-text", "records-not-number"}
    broken = b"PAR1" + zlib.compress(b"x" * 1000) + b"PAR1"
    written(tmp_path / "records" / "facilities" / "b.parquet", broken)
    assert {code for code, _ in told(tmp_path)} == {"not-a-parquet-file"}


def test_other_encodings_are_read_and_noted(tmp_path):
    text = "facility_id,year,kind,status,name\nF1,2023,ai_centre,in_use,北京中心\n"
    for name, encoding in (("a", "gb18030"), ("b", "utf-16"), ("c", "utf-8-sig")):
        written(tmp_path / "records" / "facilities" / f"{name}.csv", text.encode(encoding))
    _, problems = read(tmp_path)
    assert problems == [("encoding-found", "GB18030"), ("encoding-found", "UTF-16")]
    with opened(tmp_path) as records:
        assert check_tables(records) == []
        names = records.collected(records.table("facilities").select("name"))
        assert names["name"].to_list() == ["北京中心"] * 3


def test_engines_are_named(tmp_path):
    written(tmp_path / "records" / "facilities.csv", SOUND)
    tables, _ = read_tables(tmp_path, Wanted())
    sources = RecordSources(
        tables.tables, Span(provinces(), ("2023",)), CaliberOptions(), "simulated", "", ()
    )
    assert sources.simulated
    with pytest.raises(LookupError, match="no engine 'polars'; there are: duckdb, spark"):
        open_records(sources, engine="polars")
    with pytest.raises(StudyError, match="cannot be used"):
        open_records(sources, engine="spark", engine_url="yarn")

    class WithoutRecords:
        records = None

    with pytest.raises(LookupError, match="has no records"):
        open_records(WithoutRecords())


def test_texts_that_are_no_category_are_told_with_the_categories(tmp_path):
    lines = "M,F,it_energy,kWh,60,first\n"
    head = "meter_id,facility_id,quantity,unit,interval_minutes,category\n"
    written(tmp_path / "records" / "meters.csv", head + lines)
    problem = told(tmp_path)["records-not-whole", "M: first"]
    assert (problem.place.path, problem.expected) == ("meters.category", "1 / 2 / 3")


def test_what_the_system_refuses_is_told_of_the_path_that_was_named(tmp_path, monkeypatch):
    for path in ("records/meters.csv", "parts/a.csv"):
        written(tmp_path / path, METERS)
    whole = Path.iterdir

    def refusing(folder):
        if folder.name == "parts":
            raise PermissionError(errno.EACCES, "Permission denied")
        return whole(folder)

    monkeypatch.setattr(Path, "iterdir", refusing)
    _, problems = read(tmp_path, files={"facilities": ("parts",)})
    assert problems == [("file-unreadable", "parts")]
