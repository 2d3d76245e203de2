"""Folders written whole or not at all."""

import os

import pytest

from suanli.intake.new_folder import check_free, write_folder
from suanli.problems import StudyError


def test_files_and_folders_are_written_and_nothing_else(tmp_path):
    write_folder(tmp_path / "a/b", {"x.txt": b"1", "in/y.txt": b"2"}, inside=("in", "empty"))
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert found == {"a", "a/b", "a/b/x.txt", "a/b/in", "a/b/in/y.txt", "a/b/empty"}
    assert (tmp_path / "a/b/in/y.txt").read_bytes() == b"2"


def test_only_an_absent_or_empty_folder_is_free(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    free = [not check_free(tmp_path / name) for name in ("absent", "empty", "file", "")]
    assert free == [True, True, False, False]


def test_a_folder_filled_meanwhile_is_not_overwritten(tmp_path):
    target = tmp_path / "p"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="could not be written") as refusal:
        write_folder(target, {"x.txt": b"1"})
    assert [problem.code for problem in refusal.value.problems] == ["folder-not-written"]
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == [
        "p",
        "p/mine.txt",
    ]


def test_nothing_is_left_behind_where_writing_fails(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StudyError, match="permission denied"):
        write_folder(tmp_path / "p", {"x.txt": b"1"})
    assert not list(tmp_path.iterdir())
