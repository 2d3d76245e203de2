"""Which language to speak, decided before anything is parsed, and click's own words in it."""

import os
from collections.abc import Mapping, Sequence

import click

from suanli.language import LANGUAGES, Language, entries, say


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
    """A help page whose headings are in the program's language."""

    def __init__(self, language: Language, width: int | None) -> None:
        super().__init__(width=width, max_width=100)
        self._language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or say("cli", "heading-usage", self._language))

    def write_heading(self, heading: str) -> None:
        """Write a heading, click's own ones in the program's language."""
        key = f"heading-{heading.lower()}"
        super().write_heading(
            say("cli", key, self._language) if key in entries("cli") else heading
        )


class Context(click.Context):
    """A context whose object is the language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return a formatter that speaks the context's language."""
        return Formatter(self.find_root().obj or "en", self.terminal_width)


def usage_message(error: click.UsageError, language: Language) -> str:
    """Return what is wrong with a command line, as a sentence, with the closest right spelling if there is one."""
    sentence = _sentence(error, language)
    if names := getattr(error, "possibilities", None):
        sentence += " " + say("cli", "usage-closest", language, names=", ".join(sorted(names)))
    if error.ctx is not None:
        sentence += "\n" + say(
            "cli", "usage-see-help", language, command=error.ctx.command_path
        )
    return sentence


def _sentence(error: click.UsageError, language: Language) -> str:
    if isinstance(error, click.NoSuchOption):
        return say("cli", "usage-no-such-option", language, name=error.option_name)
    if isinstance(error, click.MissingParameter):
        is_argument = isinstance(error.param, click.Argument)
        key = "usage-missing-argument" if is_argument else "usage-missing-option"
        return say("cli", key, language, name=_name(error.param))
    if isinstance(error, click.BadParameter):
        return say(
            "cli", "usage-bad-value", language, name=_name(error.param), reason=_reason(error, language)
        )
    return say("cli", "usage-other", language, reason=error.message)


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def _reason(error: click.BadParameter, language: Language) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return say("cli", "usage-choice", language, choices=" / ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return say("cli", "usage-number", language, low=kind.min)
    return error.message
