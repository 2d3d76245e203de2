"""Folders for what does not fit into memory."""

import subprocess
import sys

import pytest

from suanli.intake.records import overflow
from suanli.intake.records.overflow import Overflow


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def names(folder):
    return {entry.name for entry in folder.iterdir()}


def test_a_folder_goes_when_it_is_closed(home):
    own = Overflow()
    assert names(home) == {own.path.name}
    copy = own.copy_of("/data/年=2023/a.csv")
    copy.write_text("x", encoding="utf-8")
    assert copy.relative_to(own.path).as_posix() == "copy-1/data/年=2023/a.csv"
    own.close()
    own.close()
    assert names(home) == set()


def test_what_a_killed_program_left_goes_and_what_a_running_one_holds_stays(home):
    code = (
        "import os, sys, tempfile; tempfile.tempdir = sys.argv[1];"
        "from suanli.intake.records.overflow import Overflow; own = Overflow(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(home)], check=False).returncode == 9
    (abandoned,) = names(home)
    foreign = home / "suanli-records-other"
    foreign.mkdir()
    first, second = Overflow(), Overflow()
    assert names(home) == {foreign.name, first.path.name, second.path.name}
    assert abandoned not in names(home)
    first.close()
    second.close()


def test_where_there_are_no_locks_nothing_of_others_is_removed(home, monkeypatch):
    (home / "suanli-records-abandoned").mkdir()
    (home / "suanli-records-abandoned" / "held").touch()
    monkeypatch.setitem(sys.modules, "fcntl", None)
    own = Overflow()
    assert len(names(home)) == 2
    own.close()


def test_a_folder_that_is_not_yet_locked_is_not_taken_for_abandoned(home, monkeypatch):
    locked = overflow._is_ours

    def late(held):
        monkeypatch.setattr(overflow, "_is_ours", locked)
        Overflow().close()
        return locked(held)

    monkeypatch.setattr(overflow, "_is_ours", late)
    own = Overflow()
    assert names(home) == {own.path.name}
    own.close()
