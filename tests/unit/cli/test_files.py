"""Folders that are meant, and files that are not overwritten."""

import errno
from pathlib import Path

import pytest

from suanli.cli.files import default_result, result_folder, write_new


def test_a_study_folder_means_its_result(tmp_path):
    (tmp_path / "result").mkdir()
    assert result_folder(str(tmp_path)) == tmp_path
    (tmp_path / "result" / "result.json").touch()
    assert result_folder(str(tmp_path)) == tmp_path / "result"
    (tmp_path / "result.json").touch()
    assert result_folder(str(tmp_path)) == tmp_path


def test_default_result():
    assert default_result("研究") == Path("研究/result")


def test_a_new_file_is_written_and_the_same_again_is_no_trouble(tmp_path):
    path = tmp_path / "框架.yaml"
    write_new(str(path), "算力\n")
    write_new(str(path), "算力\n")
    assert path.read_text(encoding="utf-8") == "算力\n"


def test_a_file_with_other_content_is_left_as_it_is(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="exists"):
        write_new(str(path), "other")
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(FileExistsError, match="exists"):
        write_new(str(tmp_path), "other")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    opened = Path.open

    class Full:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, _):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", lambda target, mode: Full(opened(target, mode)))
    with pytest.raises(OSError, match=r"No space.*a\.yaml"):
        write_new(str(path), "x")
    assert not path.exists()


def test_no_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="No such file"):
        write_new(str(tmp_path / "no" / "a"), "x")


def names(folder):
    return [entry.name for entry in folder.iterdir()]


def test_a_link_to_nowhere_is_not_followed(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError, match=r"a\.csv"):
        write_new(str(tmp_path / "a.csv"), "a")
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("taken", [False, True])
def test_where_files_have_one_name_only(tmp_path, monkeypatch, taken):
    target = tmp_path / "a.csv"

    def refuse(*_):
        if taken:
            target.write_text("theirs", encoding="utf-8")
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    if taken:
        with pytest.raises(OSError, match="no links"):
            write_new(str(target), "a")
    else:
        write_new(str(target), "a")
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text(encoding="utf-8") == ("theirs" if taken else "a")


def test_nothing_is_left_of_a_write_that_fails(tmp_path, monkeypatch):
    def refuse(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("suanli.cli.files.os.fsync", refuse)
    with pytest.raises(OSError, match="full"):
        write_new(str(tmp_path / "a.csv"), "a")
    assert names(tmp_path) == []
