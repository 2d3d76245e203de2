"""Which files are a table's: patterns, linked folders, names of folders, and paths that no engine can take."""

import os
import sys

import pytest

from suanli.intake.records import table_files
from suanli.intake.records.table_files import check_forms, files_of, tables_in
from suanli.problems import Severity
from tests.unit.intake.records.engine_cases import said, written

TEXT = "meter_id,unit\nM,m³\n"


def codes(problems):
    return [(problem.code, problem.found) for problem in said(problems)]


@pytest.fixture
def root(tmp_path):
    for name in ("a/1.csv", "a/b/2.csv", "a/b/c/3.csv"):
        written(tmp_path / "study" / name, TEXT)
    return tmp_path / "study"


def test_a_linked_folder_is_not_followed(root, tmp_path):
    written(tmp_path / "away" / "4.csv", TEXT)
    (root / "a" / "outside").symlink_to(tmp_path / "away")
    (root / "a" / "inside.csv").symlink_to(root / "a" / "b")
    (root / "a" / "round").symlink_to(root / "a")
    located, problems = files_of(root, "a")
    assert list(located.files) == ["a/1.csv", "a/b/2.csv", "a/b/c/3.csv"]
    assert codes(problems) == [
        ("records-file-unknown", f"a/{name}") for name in ("inside.csv", "outside", "round")
    ]
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_a_linked_file_and_a_folder_that_is_a_link_itself_are_read(root):
    (root / "a" / "4.csv").symlink_to(root / "a" / "b" / "2.csv")
    (root / "linked").symlink_to(root / "a" / "b")
    assert "a/4.csv" in files_of(root, "a")[0].files
    located, problems = files_of(root, "linked")
    assert (list(located.files), problems) == (["linked/2.csv", "linked/c/3.csv"], [])


def test_folders_are_searched_to_a_limit(root, monkeypatch):
    monkeypatch.setattr(table_files, "_DEEPEST", 1)
    located, problems = files_of(root, "a")
    assert list(located.files) == ["a/1.csv", "a/b/2.csv"]
    assert codes(problems) == [("records-file-unknown", "a/b/c")]


@pytest.mark.parametrize("pattern", ["a" + "/**" * 200, "a/" + "*/" * 1000 + "x.csv", "a/**/**x"])
def test_patterns_that_are_too_long_or_unclear_are_refused(root, pattern):
    located, problems = files_of(root, pattern)
    assert not located.files
    ((code, _),) = codes(problems)
    assert code == "records-pattern-unusable"


def test_a_pattern_of_many_steps_is_searched(root):
    located, problems = files_of(root, "a/**/" + "**/" * 10 + "*.csv")
    assert (list(located.files), problems) == (["a/1.csv", "a/b/2.csv", "a/b/c/3.csv"], [])
    name = "x" * 300
    assert codes(files_of(root, f"a/{name}*.csv")[1]) == []


def test_files_of_a_pattern_beyond_the_limit_are_told(root, monkeypatch):
    monkeypatch.setattr(table_files, "MOST_FILES", 2)
    located, problems = files_of(root, "a/**/*.csv")
    assert len(located.files) == 2
    assert codes(problems) == [("records-too-many-files", "a")]
    monkeypatch.setattr(table_files, "MOST_FILES", 3)
    assert files_of(root, "a/**/*.csv")[1] == []


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_folder_with_the_ending_of_a_file_is_told(root, ending):
    written(root / "records" / f"meters{ending}" / "part-0.csv", TEXT)
    found, problems = tables_in(root, "records")
    assert found == {}
    path = f"records/meters{ending}"
    assert codes(problems) == [("records-folder-ending", path)]
    assert "“meters”" in problems[0].action("en")
    # under another name it is what study.yaml says
    assert list(files_of(root, path)[0].files) == [f"{path}/part-0.csv"]


@pytest.mark.parametrize("name", ["Year", "YEAR", " year", "年份"])
def test_a_folder_that_nearly_names_a_column_is_told(root, name):
    written(root / "facilities" / f"{name}=2023" / "a.csv", TEXT)
    located, problems = files_of(root, "facilities")
    assert problems == []
    (problem,) = said(check_forms("facilities", located))
    assert (problem.code, problem.found) == ("records-folder-column", name)
    assert (problem.expected, problem.severity) == ("year", Severity.ERROR)
    written(root / "facilities" / "year=2022" / "a.csv", TEXT)
    located, _ = files_of(root, "facilities")
    assert codes(check_forms("facilities", located)) == [("records-folder-column", name)]


def test_folders_that_name_no_column_pass(root):
    written(root / "facilities" / "year=2023" / "batch=7" / "a.csv", TEXT)
    located, _ = files_of(root, "facilities")
    assert check_forms("facilities", located) == []


@pytest.mark.skipif(sys.platform != "linux", reason="names elsewhere are text")
@pytest.mark.parametrize("name", [b"\xff/1.csv", b"\xff.csv"])
@pytest.mark.parametrize("path", ["meters", "meters/**/*.csv"])
def test_paths_that_are_not_text_are_told(tmp_path, name, path):
    written(tmp_path / "meters" / os.fsdecode(name), TEXT)
    located, problems = files_of(tmp_path, path)
    assert not located.files
    ((code, found),) = codes(problems)
    assert (code, "\\udcff" in found) == ("path-not-utf8", True)


@pytest.mark.skipif(sys.platform != "linux", reason="names elsewhere are text")
def test_a_study_whose_own_path_is_not_text_is_told(tmp_path):
    root = tmp_path / os.fsdecode(b"\xfe")
    written(root / "records" / "meters.csv", TEXT)
    _, problems = tables_in(root, "records")
    ((code, found),) = codes(problems)
    assert (code, "\\udcfe" in found) == ("path-not-utf8", True)
