"""Where the terminal's words go: consoles that respect NO_COLOR and the width of what they write to."""

import json
import os
import sys
from typing import Any

from rich.console import (
    Console,
    ConsoleOptions,
    ConsoleRenderable,
    RenderableType,
    RenderHook,
    RenderResult,
)
from rich.segment import Segment

_PIPED_WIDTH = 120
_NARROWEST = 20
_UNSEEN = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
# marks that turn the direction of writing, or join and split nothing that can be seen
_UNSEEN |= dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)


class _Harmless:
    """Something to show, with what its texts hold of control characters made visible: names come from files."""

    def __init__(self, shown: ConsoleRenderable) -> None:
        self._shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield its segments."""
        for segment in console.render(self._shown, options):
            if segment.control:
                yield segment
            else:
                yield Segment(segment.text.translate(_UNSEEN), segment.style)


class _HarmlessHook(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Harmless(shown) for shown in renderables]


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
    asked_width = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    width = max(asked_width, _NARROWEST) if asked_width else None
    if width is None and not stream.isatty():
        width = _PIPED_WIDTH
    made = Screen(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
    made.push_render_hook(_HarmlessHook())
    return made
