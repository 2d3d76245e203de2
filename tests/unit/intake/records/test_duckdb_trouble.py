"""What DuckDB refuses is told as what it is."""

import errno

import duckdb
import pytest

from suanli.intake.records.csv_form import utf8_copy
from suanli.intake.records.duckdb_trouble import told
from suanli.intake.records.overflow import without_room
from suanli.problems import Place, StudyError

BIG = "CREATE TEMP TABLE big AS SELECT hash(i)::VARCHAR || repeat('x', 40) AS s FROM range(2000000) r(i)"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_full_disk_is_told_with_the_folder_that_is_full(home):
    connection = duckdb.connect(
        config={"threads": 1, "memory_limit": "60MB", "temp_directory": str(home / "own")}
    )
    connection.execute("SET max_temp_directory_size = '1MB'")
    with pytest.raises(StudyError, match="has no room") as raised, told(Place(file="a.csv")):
        connection.execute(BIG)
    connection.close()
    assert raised.value.problems == (without_room(),)
    (found,) = raised.value.problems
    assert found.found == str(home)
    assert "TMPDIR" in found.action("zh")


def test_a_disk_that_others_fill_meanwhile_is_told_so_too(home):
    message = 'IO Error: Could not write file "a.tmp": No space left on device'
    with pytest.raises(StudyError, match="has no room"), told():
        raise duckdb.IOException(message)


def test_what_memory_alone_cannot_hold_is_told_without_two_full_stops():
    connection = duckdb.connect(config={"memory_limit": "10MB", "temp_directory": ""})
    with pytest.raises(StudyError, match=r"used\)\)\. ") as raised, told():
        connection.execute(BIG)
    connection.close()
    assert [found.code for found in raised.value.problems] == ["records-too-large"]
    assert ".)" not in raised.value.problems[0].message("en")


def test_a_copy_without_room_is_told_so(home):
    source = home / "a.csv"
    source.write_bytes("名称\n".encode("gb18030") * 10_000)
    with pytest.raises(StudyError, match="has no room"):
        utf8_copy(str(source), "a.csv", "gb18030", FullDisk())


class FullDisk:
    """A file on a disk that is full."""

    def open(self, *_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")
