"""Which language to speak, decided before anything is parsed, and help pages in it."""

import os
from collections.abc import Iterable, Mapping, Sequence

import click

from suanli.language import LANGUAGES, Language, entries, say
from suanli.report.wrapping import width, wrapped

_WIDEST = 100


def language_of(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of `--lang`, of SUANLI_LANG, or of the locale; English where none says Chinese.

    `--lang` may stand anywhere among the arguments, since help has to be in the right language too.

    >>> language_of(["show", "--lang", "zh"], {})
    'zh'
    >>> language_of([], {"LANG": "zh_CN.UTF-8"})
    'zh'
    """
    for position, argument in enumerate(arguments):
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            asked = arguments[position + 1]
        for language in LANGUAGES:
            if asked == language:
                return language
    for name in ("SUANLI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


class Formatter(click.HelpFormatter):
    """A help page in the program's language, its lines as wide as they look."""

    def __init__(self, language: Language, room: int | None) -> None:
        super().__init__(width=room, max_width=_WIDEST)
        self._language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        start = (prefix or say("cli", "heading-usage", self._language)) + prog
        hang = width(start) + 1
        lines = wrapped(args, max(self.width - hang, 10))
        self.write(f"{start} {lines[0]}".rstrip() + "\n")
        for line in lines[1:]:
            self.write(f"{'':{hang}}{line}\n")

    def write_heading(self, heading: str) -> None:
        """Write a heading; click's own names of sections are keys of the catalogue."""
        key = f"heading-{heading.lower()}"
        words = say("cli", key, self._language) if key in entries("cli") else f"{heading}:"
        self.write(f"{'':{self.current_indent}}{words}\n")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        for line in wrapped(text, max(self.width - self.current_indent, 10)):
            self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2
    ) -> None:
        """Write names and what they mean, the meanings under one another."""
        pairs = list(rows)
        widest = max((w for name, _ in pairs if (w := width(name)) <= col_max), default=col_max)
        hang = self.current_indent + widest + col_spacing
        for name, meaning in pairs:
            lines = wrapped(meaning, max(self.width - hang, 10))
            start = f"{'':{self.current_indent}}{name}"
            if width(name) > widest:
                self.write(f"{start}\n")
                start = ""
            self.write(f"{start}{' ' * (hang - width(start))}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{'':{hang}}{line}\n")


class Context(click.Context):
    """A context whose object is the language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return a formatter that speaks the context's language."""
        return Formatter(self.find_root().obj or "en", self.terminal_width)
