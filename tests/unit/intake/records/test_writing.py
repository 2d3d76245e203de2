import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import date

import polars as pl
import pytest

from suanli.intake.records.schema import table_schemas
from suanli.intake.records.writing import conformed, new_study_folder
from suanli.problems import StudyError

PROBE = {
    "source_id": "a",
    "target_id": "b",
    "time": date(2023, 1, 1),
    "sent": 10,
    "lost": 0,
    "direction": "one_way",
}
EVENT = {"event_id": "e", "region_code": "110000", "held": date(2023, 5, 1)}


def test_tables_are_files_and_large_ones_folders(tmp_path):
    with new_study_folder(tmp_path / "s") as study:
        study.write_part("industry_events", 0, pl.DataFrame([EVENT]))
        study.write_part("probes", 0, pl.DataFrame([PROBE]))
        study.write_part("probes", 1, pl.DataFrame([PROBE, PROBE]))
        study.write_text("study.yaml", "标题\n")
        assert study.rows == {"industry_events": 1, "probes": 3}
        assert not (tmp_path / "s").exists()
    files = sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert files == [
        "s/records/industry_events.parquet",
        "s/records/probes/part-00000.parquet",
        "s/records/probes/part-00001.parquet",
        "s/study.yaml",
    ]
    assert (tmp_path / "s/study.yaml").read_bytes() == "标题\n".encode()
    read = pl.read_parquet(tmp_path / "s/records/probes")
    assert read.schema["sent"] == pl.Float64
    assert read.schema["time"] == pl.Datetime("us")
    events = pl.read_parquet(tmp_path / "s/records/industry_events.parquet")
    assert events.schema["held"] == pl.Date


def test_an_empty_folder_is_taken_over(tmp_path):
    (tmp_path / "s").mkdir()
    with new_study_folder(tmp_path / "s") as study:
        study.write_text("a", "1")
    assert [path.name for path in tmp_path.rglob("*")] == ["s", "a"]


def test_a_taken_folder_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "mine").write_text("", encoding="utf-8")
    with pytest.raises(StudyError, match="not empty"), new_study_folder(tmp_path) as study:
        study.write_text("a", "1")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, ValueError])
def test_what_stops_midway_leaves_nothing(tmp_path, trouble):
    def stop():
        with new_study_folder(tmp_path / "deep/s") as study:
            study.write_part("probes", 0, pl.DataFrame([PROBE]))
            raise trouble

    with pytest.raises(trouble, match=r"^$"):
        stop()
    assert [path.name for path in tmp_path.rglob("*")] == ["deep"]


def test_a_killed_run_leaves_no_study(tmp_path):
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from suanli.intake.records.writing import new_study_folder\n"
        "with new_study_folder(Path(sys.argv[1])) as study:\n"
        "    study.write_text('study.yaml', '1')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, tmp_path / "s"], check=False)
    assert run.returncode == -signal.SIGKILL
    assert all(path.name.startswith(".s.") for path in tmp_path.iterdir())


@contextmanager
def files_of_at_most(size):
    """Let no file grow beyond so many bytes, as on a disk that is full; Python ignores the signal of it."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_table_that_finds_no_room_is_a_problem(tmp_path):
    # numbers that hardly compress
    rows = pl.DataFrame([PROBE] * 2_000).with_columns(
        delay=pl.int_range(1, 2_001).cast(pl.Float64).sin()
    )
    with (
        pytest.raises(StudyError, match="could not be written") as refusal,
        files_of_at_most(4_096),
        new_study_folder(tmp_path / "s") as study,
    ):
        study.write_part("probes", 0, rows)
    assert [problem.code for problem in refusal.value.problems] == ["folder-not-written"]
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_problem(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with (
        pytest.raises(StudyError, match="the disk is full"),
        new_study_folder(tmp_path / "s") as study,
    ):
        study.write_text("a", "1")
    assert not list(tmp_path.iterdir())


def test_small_tables_have_one_part(tmp_path):
    with (
        pytest.raises(ValueError, match="has no part 1"),
        new_study_folder(tmp_path / "s") as study,
    ):
        study.write_part("industry_events", 1, pl.DataFrame([EVENT]))


def test_columns_come_in_the_order_of_the_schema():
    schema = table_schemas()["probes"]
    frame = conformed(schema, pl.DataFrame([dict(reversed(PROBE.items()))]))
    assert frame.columns == list(PROBE)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": "red"}, "has no columns colour"),
        ({"sent": None}, r"probes\.sent is required"),
        ({"sent": "many"}, "not of its types"),
    ],
)
def test_rows_that_do_not_fit_are_refused(change, words):
    with pytest.raises(ValueError, match=words):
        conformed(table_schemas()["probes"], pl.DataFrame([{**PROBE, **change}]))


def test_a_required_column_must_be_there():
    frame = pl.DataFrame([PROBE]).drop("sent")
    with pytest.raises(ValueError, match=r"probes\.sent is required"):
        conformed(table_schemas()["probes"], frame)
