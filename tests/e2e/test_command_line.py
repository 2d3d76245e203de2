"""The command line as a process: exit codes, pipes, interruption, files that cannot be written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENVIRONMENT = {
    **{
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "PYTHONUNBUFFERED"))
    },
    "PYTHONWARNINGS": "error",
    "COLUMNS": "100",
    "PYTHONUTF8": "1",
}
posix = pytest.mark.skipif(os.name != "posix", reason="signals and /dev are POSIX")


def suanli(*arguments, language="en", folder=None, **more):
    return subprocess.run(
        [sys.executable, "-m", "suanli", *map(str, arguments)],
        env={**ENVIRONMENT, "SUANLI_LANG": language},
        cwd=folder,
        timeout=60,
        check=False,
        **{"capture_output": True, "text": True, "encoding": "utf-8", **more},
    )


def started(*arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "suanli", *map(str, arguments)],
        env={**ENVIRONMENT, "SUANLI_LANG": "zh"},
        stderr=subprocess.PIPE,
        **more,
    )


def test_exit_codes(open_saved, tmp_path):
    assert suanli("--version").returncode == 0
    assert suanli("show", open_saved).returncode == 0
    assert suanli("show", tmp_path).returncode == 1
    assert suanli("show").returncode == 2


@posix
def test_locale_decides_the_language(open_saved):
    done = subprocess.run(
        [sys.executable, "-m", "suanli", "show", str(open_saved), "--top", "1"],
        env={**ENVIRONMENT, "LANG": "zh_CN.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("算力基础指数排名（2023）\n")


@posix
@pytest.mark.parametrize("more", [["--json"], []])
@pytest.mark.parametrize("force", ["", "1"])
def test_a_reader_that_leaves_is_no_trouble(open_saved, more, force):
    environment = {**ENVIRONMENT, **({"FORCE_COLOR": force} if force else {})}
    command = [
        sys.executable,
        "-m",
        "suanli",
        "facts",
        str(open_saved),
        "--verdict",
        "not-testable",
    ]
    with subprocess.Popen(
        [*command, *more], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.read(1)
        process.stdout.close()
        error = process.stderr.read()
    assert error == b""
    assert process.returncode == 0


@posix
@pytest.mark.parametrize("arguments", [["frameworks"], ["--help"], ["--version"]])
def test_a_reader_that_was_never_there_is_no_trouble(arguments):
    with started(*arguments, stdout=subprocess.PIPE) as process:
        process.stdout.close()
        error = process.stderr.read()
    assert error == b""
    assert process.returncode == 0


@posix
def test_interrupted(tmp_path):
    with started("demo", "--out", tmp_path / "d", stdout=subprocess.PIPE) as process:
        time.sleep(0.8)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=30)
    assert process.returncode == 130, error.decode()
    assert out == b""
    assert error.decode().strip() == "已中断，尚未保存的内容没有写入。"
    assert (
        not (tmp_path / "d" / "annual").exists()
        or (tmp_path / "d" / "annual" / "result.json").exists()
    )


@posix
def test_full_disk():
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = suanli(
            "frameworks", language="zh", capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 1
    assert done.stderr == "无法读写 标准输出：磁盘空间不足。请检查路径、权限和磁盘空间后重试。\n"


@posix
@pytest.mark.parametrize("page", ["--help", "--version"])
def test_full_disk_for_help(page):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = suanli(page, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nowhere_to_write(open_saved, tmp_path, language):
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for arguments in (
        ("demo", "--out", file / "d"),
        ("demo", "--out", file),
        ("new", file / "s", "--framework", "open-1.0"),
        ("freeze", open_saved, "--output", file / "f.yaml"),
        ("framework", "schema", "--output", file / "s.json"),
    ):
        done = suanli(*arguments, language=language)
        assert done.returncode == 1, arguments
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
        assert done.stderr.strip()
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(open_saved, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    for arguments in (
        ("show", locked / "r"),
        ("run", locked / "s"),
        ("demo", "--out", locked / "d"),
    ):
        done = suanli(*arguments, language="zh")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
    locked.chmod(0o700)


def test_old_consoles_get_stand_ins(open_saved):
    environment = {
        **ENVIRONMENT,
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "SUANLI_LANG": "zh",
    }
    done = subprocess.run(
        [sys.executable, "-m", "suanli", "show", str(open_saved), "--top", "1"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"68.43" in done.stdout


def test_help_is_ready_at_once_because_little_is_imported():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "suanli", "--help"],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "suanli.cli.program" in imported
    heavy = ("polars", "numpy", "pydantic", "pint", "rich", "openpyxl", "suanli.framework")
    assert imported.isdisjoint(heavy)
