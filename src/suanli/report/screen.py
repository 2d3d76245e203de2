"""Where the terminal's words go: consoles that respect NO_COLOR and the width of what they write to."""

import json
import os
import sys
from typing import Any

from rich.console import Console, RenderableType

_PIPED_WIDTH = 120


class Screen(Console):
    """A console that says so when its reader has gone, and adds nothing of its own to what it is given."""

    def on_broken_pipe(self) -> None:
        """Pass the error on: the command line decides what the exit code is.

        Raises
        ------
        BrokenPipeError
            Always.
        """
        raise BrokenPipeError


def screen() -> Screen:
    """Return a console on standard output; wide enough for tables where there is no terminal."""
    return _console(stderr=False)


def error_screen() -> Screen:
    """Return a console on standard error."""
    return _console(stderr=True)


def show(shown: RenderableType, *, on: Screen | None = None) -> None:
    """Write something to a console, standard output unless another is given; files get no spaces at ends of lines."""
    console = on or screen()
    if console.is_terminal:
        console.print(shown)
        return
    with console.capture() as captured:
        console.print(shown)
    lines = (line.rstrip(" ") for line in captured.get().splitlines())
    console.file.write("\n".join(lines) + "\n")


def print_json(value: Any) -> None:  # noqa: ANN401 - anything JSON can hold
    """Write a value to standard output as JSON for programs, Chinese as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _console(*, stderr: bool) -> Screen:
    stream = sys.stderr if stderr else sys.stdout
    asked = os.environ.get("COLUMNS", "")
    known = stream.isatty() or asked.isdecimal()
    width = None if known else _PIPED_WIDTH
    return Screen(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
