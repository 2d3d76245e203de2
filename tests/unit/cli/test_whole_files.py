import errno
from pathlib import Path

import pytest

from suanli.cli.whole_files import write_whole


def names(folder):
    return [entry.name for entry in folder.iterdir()]


def test_written_once_and_again_alike(tmp_path):
    for _ in range(2):
        write_whole(str(tmp_path / "a.csv"), "节点\n")
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "节点\n"


@pytest.mark.parametrize("make", [lambda p: p.write_text("b"), Path.mkdir])
def test_what_is_there_is_kept(tmp_path, make):
    make(tmp_path / "a.csv")
    with pytest.raises(FileExistsError, match=r"a\.csv"):
        write_whole(str(tmp_path / "a.csv"), "a")
    assert names(tmp_path) == ["a.csv"]


def test_a_link_to_nowhere_is_not_followed(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError, match=r"a\.csv"):
        write_whole(str(tmp_path / "a.csv"), "a")
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
            write_whole(str(target), "a")
    else:
        write_whole(str(target), "a")
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text(encoding="utf-8") == ("theirs" if taken else "a")


def test_nothing_is_left_of_a_write_that_fails(tmp_path, monkeypatch):
    def refuse(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("suanli.cli.whole_files.os.fsync", refuse)
    with pytest.raises(OSError, match="full"):
        write_whole(str(tmp_path / "a.csv"), "a")
    assert names(tmp_path) == []
