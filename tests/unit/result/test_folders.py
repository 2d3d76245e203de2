import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from suanli.problems import ResultError
from suanli.result.folders import FILES, FolderKind, recovered, replace_folder

OLD = {"result.json": b'{"format": "suanli-result"}', "weights.csv": b"old\n"}
NEW = {"result.json": b'{"format": "suanli-result", "version": 1}', "weights.csv": b"new\n" * 1000}


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def folder(tmp_path):
    replace_folder(tmp_path / "study" / "result", OLD)
    return tmp_path / "study" / "result"


def beside(folder):
    return sorted(path.name for path in folder.parent.iterdir())


def test_a_save_replaces_the_folder_as_a_whole(folder):
    replace_folder(folder, {"result.json": NEW["result.json"]})
    assert contents(folder) == {"result.json": NEW["result.json"]}
    assert beside(folder) == ["result"]


def test_an_empty_folder_and_litter_may_be_taken(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    replace_folder(tmp_path / "empty", NEW)
    assert contents(tmp_path / "empty") == NEW
    (folder / ".DS_Store").write_bytes(b"x")
    replace_folder(folder, NEW)
    assert contents(folder) == NEW


@pytest.mark.parametrize("foreign", ["thesis.docx", "result.json"])
def test_a_folder_that_is_not_a_result_is_left_alone(tmp_path, foreign):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / foreign).write_bytes(b'{"format": "other"}')
    with pytest.raises(ResultError, match=r"not a Suanli result; it holds: " + foreign):
        replace_folder(tmp_path / "mine", NEW)
    assert contents(tmp_path / "mine") == {foreign: b'{"format": "other"}'}
    assert beside(tmp_path / "mine") == ["mine"]


def test_files_that_are_not_of_a_result_are_not_deleted(folder):
    (folder / "notes.txt").write_text("keep")
    with pytest.raises(ResultError, match=r"holds other files: notes.txt"):
        replace_folder(folder, NEW)
    assert (folder / "notes.txt").read_text() == "keep"


def test_a_file_is_not_overwritten_by_a_folder(tmp_path):
    (tmp_path / "result").write_text("mine")
    with pytest.raises(ResultError, match="not a Suanli result"):
        replace_folder(tmp_path / "result", NEW)
    assert (tmp_path / "result").read_text() == "mine"


@pytest.mark.parametrize("failing", [1, 2])
def test_a_rename_that_fails_leaves_the_former_result(folder, monkeypatch, failing):
    rename, calls = os.rename, []

    def refuse(source, target):
        calls.append(source)
        if len(calls) == failing:
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(ResultError, match="could not be written: permission denied"):
        replace_folder(folder, NEW)
    assert contents(folder) == OLD
    assert beside(folder) == ["result"]


def test_a_full_disk_leaves_the_former_result(folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ResultError, match="the disk is full"):
        replace_folder(folder, NEW)
    assert contents(folder) == OLD
    assert beside(folder) == ["result"]


@pytest.mark.parametrize("role", ["previous", "writing"])
@pytest.mark.parametrize("kept", ["file", "folder", "other-manifest", "link"])
def test_what_a_save_did_not_set_aside_is_left_alone(folder, tmp_path, role, kept):
    mine = folder.parent / f".result.{role}"
    if kept == "file":
        mine.write_text("mine")
    elif kept == "link":
        (tmp_path / "elsewhere").mkdir()
        mine.symlink_to(tmp_path / "elsewhere")
    else:
        mine.mkdir()
        name = "notes.txt" if kept == "folder" else "result.json"
        (mine / name).write_text('{"format": "other"}')
    with pytest.raises(ResultError, match=rf"“\.result\.{role}” beside the folder was not made"):
        replace_folder(folder, NEW)
    assert contents(folder) == OLD
    assert beside(folder) == [mine.name, "result"]
    assert mine.read_text() == "mine" if kept == "file" else mine.exists()


def test_a_load_does_not_take_what_a_save_did_not_set_aside(tmp_path):
    mine = tmp_path / ".result.previous"
    mine.mkdir()
    (mine / "notes.txt").write_text("keep")
    assert not recovered(tmp_path / "result").exists()
    assert contents(mine) == {"notes.txt": b"keep"}


def test_a_save_that_was_killed_at_its_first_file_is_cleared_away(folder):
    begun = folder.parent / ".result.writing"
    begun.mkdir()
    (begun / "result.json").touch()
    replace_folder(folder, NEW)
    assert contents(folder) == NEW
    assert beside(folder) == ["result"]


KILLED = """
import os, signal
from pathlib import Path
from suanli.result import folders
from tests.unit.result.test_folders import NEW

calls = 0
def counted(real):
    def call(*given):
        global calls
        calls += 1
        if calls == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)
    return call

os.fsync, os.rename = counted(os.fsync), counted(os.rename)
folders.replace_folder(Path({folder!r}), NEW)
"""


def killed_at(step, folder):
    code = textwrap.dedent(KILLED).format(step=step, folder=str(folder))
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    return done.returncode


# 1, 2: while the files are written; 3: before the folder of files is flushed; 4: before the former result is set
# aside; 5: between the two renames; 6: after both
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6])
def test_a_kill_leaves_the_former_result_or_the_new_one_complete(folder, step):
    assert killed_at(step, folder) == -signal.SIGKILL
    found = contents(recovered(folder))
    assert found == (NEW if step == 6 else OLD)
    replace_folder(folder, NEW)
    assert contents(folder) == NEW
    assert beside(folder) == ["result"]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_save_after_a_kill_between_the_renames_keeps_what_cannot_be_replaced(folder, monkeypatch):
    assert killed_at(5, folder) == -signal.SIGKILL
    assert not folder.exists()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ResultError, match="the disk is full"):
        replace_folder(folder, NEW)
    assert contents(folder) == OLD


def test_a_link_is_followed_not_replaced(tmp_path, folder):
    (tmp_path / "latest").symlink_to(folder)
    replace_folder(tmp_path / "latest", NEW)
    assert (tmp_path / "latest").is_symlink()
    assert contents(folder) == NEW


def test_every_file_of_a_result_is_known(saved):
    assert sorted(path.name for path in saved.iterdir()) == sorted(FILES)


class TestAnotherKindOfFolder:
    """What is said of one kind does not let another be replaced."""

    kind = FolderKind(
        "panel-result", "panel.json", ("panel.json", "panel.xlsx"), lambda data: data == b"panel"
    )

    def test_it_is_replaced_by_its_own_kind(self, tmp_path):
        replace_folder(tmp_path / "panel", {"panel.json": b"panel"}, self.kind)
        (tmp_path / "panel" / ".~lock.panel.xlsx#").write_bytes(b"open")
        replace_folder(tmp_path / "panel", {"panel.json": b"panel", "panel.xlsx": b""}, self.kind)
        assert contents(tmp_path / "panel") == {"panel.json": b"panel", "panel.xlsx": b""}

    def test_it_is_not_taken_for_a_result(self, tmp_path, folder):
        replace_folder(tmp_path / "panel", {"panel.json": b"panel"}, self.kind)
        with pytest.raises(ResultError, match=r"not a Suanli result; it holds: panel\.json"):
            replace_folder(tmp_path / "panel", NEW)
        with pytest.raises(ResultError, match=r"not the result of a panel; it holds: result\.json"):
            replace_folder(folder, {"panel.json": b"panel"}, self.kind)
        assert contents(folder) == OLD

    def test_a_manifest_of_its_name_is_not_enough(self, tmp_path):
        (tmp_path / "panel").mkdir()
        (tmp_path / "panel" / "panel.json").write_bytes(b"mine")
        with pytest.raises(ResultError, match=r"not the result of a panel; it holds: panel\.json"):
            replace_folder(tmp_path / "panel", {"panel.json": b"panel"}, self.kind)
        assert contents(tmp_path / "panel") == {"panel.json": b"mine"}

    def test_its_own_words_are_used_where_it_cannot_be_brought_back(self, tmp_path, monkeypatch):
        (tmp_path / ".panel.previous").mkdir()

        def refuse(source, target):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "rename", refuse)
        with pytest.raises(ResultError, match="left the panel's former result aside"):
            recovered(tmp_path / "panel", self.kind)
