"""Where the terminal's words go: consoles that respect NO_COLOR and the width of what they write to."""

import json
import sys
from typing import Any

from rich.console import Console

_PIPED_WIDTH = 120


def screen() -> Console:
    """Return a console on standard output; wide enough for tables where there is no terminal."""
    return _console(stderr=False)


def error_screen() -> Console:
    """Return a console on standard error."""
    return _console(stderr=True)


def print_json(value: Any) -> None:  # noqa: ANN401 - anything JSON can hold
    """Write a value to standard output as JSON for programs, Chinese as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
