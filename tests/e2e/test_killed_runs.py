"""Commands killed or interrupted while they work: nothing half done has a name, and the next run finds no trace."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from suanli import pipeline
from suanli.intake import bundled_study
from suanli.language import say
from suanli.simulation import simulated_study

pytestmark = pytest.mark.skipif(
    not hasattr(os, "waitid"), reason="processes are made to stand still"
)

STUDY = "cpdi-2.0"
OVERFLOW = "suanli-records-"
"""How the folder begins in which an engine puts what does not fit into memory."""
INTERRUPTED = 130
WAIT, LOOK = 60.0, 0.0005
ATTEMPTS = 5
START = """\
import importlib.util, signal
from suanli.cli import main
for name in {loaded}:
    if importlib.util.find_spec(name):
        __import__(name)
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
"""Started from a shell's background, a process would ignore interrupts."""
LATE = ("pandas", "pyarrow")
"""What DuckDB loads when it first meets a constant, if it is there."""
SLOW = """\
import os, time
marker = os.path.join(os.path.dirname(__file__), "loading")
if not os.path.exists(marker):
    open(marker, "x").close()
    time.sleep(60)
raise ImportError("not here")
"""
"""A package that takes its time to load, once."""


@dataclass(frozen=True)
class Place:
    """Where a command reads a study and writes, with a folder of temporary files of its own."""

    root: Path

    @property
    def study(self) -> Path:
        return self.root / "study"

    @property
    def out(self) -> Path:
        return self.root / "written" / "out"

    @property
    def temporary(self) -> Path:
        return self.root / "temporary"

    def unfinished(self) -> list[Path]:
        """Return what stands beside the place where the result will be."""
        return [path for path in self.out.parent.iterdir() if path != self.out]

    def held(self) -> list[Path]:
        """Return the paths inside unfinished folders, those of a folder that goes meanwhile not included."""
        found: list[Path] = []
        for folder in self.unfinished():
            with suppress(FileNotFoundError):
                found += folder.rglob("*")
        return found


def made_place(root: Path) -> Place:
    place = Place(root)
    shutil.copytree(bundled_study(STUDY), place.study)
    place.out.parent.mkdir()
    place.temporary.mkdir()
    return place


Moment = Callable[[Place], bool]


def records_are_open(place: Place) -> bool:
    return any(path.name.startswith(OVERFLOW) for path in place.temporary.iterdir())


def records_are_computed(place: Place) -> bool:
    """Some time after they were opened; whether they still are is looked at when the process stands still."""
    if records_are_open(place):
        time.sleep(0.2)
    return records_are_open(place)


def a_file_is_written(place: Place) -> bool:
    return bool(place.held())


def a_folder_is_begun(place: Place) -> bool:
    return bool(place.unfinished())


def readings_are_written(place: Place) -> bool:
    return any(path.parent.name == "meter_readings" for path in place.held())


@dataclass(frozen=True)
class Command:
    """A command line, what writes the same in this process, and moments at which the command is under way."""

    line: tuple[str, ...]
    undisturbed: Callable[[Path], object]
    moments: tuple[Moment, ...]


COMMANDS: Mapping[str, Command] = {
    "indicators": Command(
        ("indicators", "study"),
        lambda folder: pipeline.indicators(bundled_study(STUDY)).save(folder),
        (records_are_open, records_are_computed),
    ),
    "run": Command(
        ("run", "study"),
        lambda folder: pipeline.run(bundled_study(STUDY)).save(folder),
        (a_file_is_written,),
    ),
    "simulate": Command(
        ("simulate", "ccpe-3.0", "--year", "2023", "--size", "medium"),
        lambda folder: simulated_study("ccpe-3.0", 2023, folder, size="medium"),
        (a_folder_is_begun, readings_are_written),
    ),
}


@contextmanager
def started(
    command: Command, place: Place, loaded: Sequence[str] = (), path: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Yield a command under way, with modules loaded before it and a folder where modules are looked for first."""
    temporary = {"TMPDIR": str(place.temporary), "SUANLI_LANG": "en"}
    first = {"PYTHONPATH": os.pathsep.join(map(str, [path, *sys.path]))} if path else {}
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            START.format(loaded=tuple(loaded)),
            *command.line,
            "--out",
            str(place.out),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=place.root,
        env={**os.environ, **temporary, **first},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def is_held(process: subprocess.Popen[str], place: Place, moment: Moment) -> bool:
    """Return whether a process was made to stand still at a moment, with its work under way."""
    until = time.monotonic() + WAIT
    while not moment(place):
        if process.poll() is not None:
            return False
        assert time.monotonic() < until
        time.sleep(LOOK)
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    return process.poll() is None and moment(place) and not place.out.exists()


@contextmanager
def met(
    command: Command, place: Place, moment: Moment, loaded: Sequence[str] = ()
) -> Iterator[subprocess.Popen[str]]:
    """Yield a command that stands still at a moment; one that was past it is started anew."""
    for _ in range(ATTEMPTS):
        with started(command, place, loaded) as process:
            if is_held(process, place, moment):
                yield process
                return
        for folder in (place.out, *place.unfinished(), *place.temporary.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)
    pytest.fail(f"the command was never met where {moment.__name__}")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_leaves_nothing_half_done_and_the_next_is_undisturbed(
    name: str, tmp_path: Path
) -> None:
    command, place = COMMANDS[name], made_place(tmp_path)
    study = contents(place.study)
    for moment in command.moments:
        with met(command, place, moment) as process:
            process.kill()
            process.communicate()
            assert process.returncode == -signal.SIGKILL
        assert not place.out.exists()
        assert contents(place.study) == study
    # what is left is hidden, or where temporary files are, and can be told as what it is
    left, overflow = place.unfinished(), [*place.temporary.iterdir()]
    assert left or overflow
    assert all(path.name.startswith(f".{place.out.name}.") for path in left)
    assert all(path.name.startswith(OVERFLOW) for path in overflow)
    with started(command, place) as process:
        _, errors = process.communicate(timeout=WAIT)
    assert process.returncode == 0, errors
    assert set(place.unfinished()) <= set(left)
    # the next run removes what the killed ones left where temporary files are
    assert not [*place.temporary.iterdir()]
    assert contents(place.study) == study
    command.undisturbed(tmp_path / "undisturbed")
    written = contents(place.out)
    assert len(written) >= 4
    assert written == contents(tmp_path / "undisturbed")


@pytest.mark.parametrize("name", ["indicators", "simulate"])
def test_an_interrupted_command_says_so_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    command, place = COMMANDS[name], made_place(tmp_path)
    before = contents(tmp_path)
    with met(command, place, command.moments[-1], LATE) as process:
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        shown, errors = process.communicate(timeout=WAIT)
    assert process.returncode == INTERRUPTED, errors
    assert errors.strip() == say("cli", "interrupted", "en")
    assert shown == ""
    assert contents(tmp_path) == before
    assert not [*place.out.parent.iterdir(), *place.temporary.iterdir()]


def test_an_interrupt_while_duckdb_loads_a_module_is_not_lost(tmp_path: Path) -> None:
    place, slow = made_place(tmp_path / "place"), tmp_path / "slow"
    (slow / "pandas").mkdir(parents=True)
    (slow / "pandas" / "__init__.py").write_text(SLOW, encoding="utf-8")
    with started(COMMANDS["indicators"], place, path=slow) as process:
        while not (slow / "pandas" / "loading").exists():
            if process.poll() is not None:
                pytest.fail("DuckDB loads no module any more")
            time.sleep(LOOK)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=WAIT)
    assert process.returncode == INTERRUPTED
