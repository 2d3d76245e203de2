"""A run that is interrupted while Spark starts says so, and no Java of it goes on."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from suanli.intake import bundled_study
from suanli.language import say
from tests.e2e.test_killed_runs import INTERRUPTED, START
from tests.spark_ready import needs_spark

pytestmark = [needs_spark, pytest.mark.xdist_group("spark")]

WAIT = 60.0
PARTING = 20.0
WAY_IN = "org.apache.spark.deploy.SparkSubmit"
"""What the Java that computes is called by, after the shell scripts that lead to it."""


@contextmanager
def starting(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], psutil.Process]]:
    """Yield a command that computes on Spark, and its Java."""
    command = [sys.executable, "-c", START.format(loaded=()), "indicators", "study"]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            [*command, "--engine", "spark", "--lang", "en"], cwd=folder, stdout=out, stderr=err
        )
    java = None
    try:
        java = java_of(process)
        yield process, java
    finally:
        process.kill()
        process.wait()
        if java is not None:
            with suppress(psutil.NoSuchProcess):
                java.kill()


def java_of(process: subprocess.Popen[bytes]) -> psutil.Process:
    end = time.monotonic() + WAIT
    while time.monotonic() < end and process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if WAY_IN in child.cmdline() and child.name() == "java":
                    return child
        time.sleep(0.02)
    pytest.fail("Spark was not started")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.1, 1.5])
def test_an_interrupt_while_spark_starts_leaves_no_java(tmp_path, number, after):
    shutil.copytree(bundled_study("cpdi-2.0"), tmp_path / "study")
    with starting(tmp_path) as (process, java):
        time.sleep(after)
        process.send_signal(number)
        assert process.wait(WAIT) == INTERRUPTED
        java.wait(PARTING)
        assert not java.is_running()
    assert (tmp_path / "err").read_text("utf-8").strip() == say("cli", "interrupted", "en")
    assert (tmp_path / "out").read_bytes() == b""
