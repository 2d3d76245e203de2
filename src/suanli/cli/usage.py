"""What is wrong with a command line, in the program's language."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from suanli.language import Language, say


class WrongUsage(click.UsageError):
    """A wrong command line whose message is already in the program's language."""


def wrong_usage(
    key: str, language: Language, ctx: click.Context | None = None, **details: object
) -> WrongUsage:
    """Return the error whose message is the catalogue's `usage-<key>`."""
    return WrongUsage(say("cli", f"usage-{key}", language, **details), ctx)


def no_such_command(
    ctx: click.Context, name: str, known: Iterable[str], language: Language
) -> WrongUsage:
    """Return the error that names the unknown command and those spelt like it."""
    from difflib import get_close_matches

    sentence = say("cli", "usage-no-such-command", language, name=name)
    return WrongUsage(sentence + _closest(get_close_matches(name, list(known)), language), ctx)


@contextmanager
def told_where(ctx: click.Context) -> Iterator[None]:
    """Add the command to errors of parsing that do not say where they happened."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def usage_message(error: click.UsageError, language: Language) -> str:
    """Return what is wrong with a command line, the closest right spelling if there is one, and where to read on."""
    sentence = _sentence(error, language)
    sentence += _closest(getattr(error, "possibilities", None) or (), language)
    if error.ctx is not None:
        see = say("cli", "usage-see-help", language, command=error.ctx.command_path)
        sentence += f"\n{see}"
    return sentence


def _closest(names: Iterable[str], language: Language) -> str:
    listed = sorted(names)
    return say("cli", "usage-closest", language, names=", ".join(listed)) if listed else ""


def _sentence(error: click.UsageError, language: Language) -> str:
    if isinstance(error, WrongUsage):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return say("cli", "usage-no-such-option", language, name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return _option_sentence(error, language)
    if isinstance(error, click.MissingParameter):
        is_argument = isinstance(error.param, click.Argument)
        key = "usage-missing-argument" if is_argument else "usage-missing-option"
        return say("cli", key, language, name=_name(error.param))
    if isinstance(error, click.BadParameter):
        reason = _reason(error.param, language)
        return say("cli", "usage-bad-value", language, name=_name(error.param), reason=reason)
    return say("cli", "usage-other", language)


def _option_sentence(error: click.BadOptionUsage, language: Language) -> str:
    known = error.ctx.command.params if error.ctx is not None else []
    flags = {name for param in known if getattr(param, "is_flag", False) for name in param.opts}
    key = "usage-takes-none" if error.option_name in flags else "usage-needs-value"
    return say("cli", key, language, name=error.option_name)


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return (
        parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
    )


def _reason(parameter: click.Parameter | None, language: Language) -> str:
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        return say("cli", "usage-choice", language, choices=" / ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        if kind.max is not None:
            return say("cli", "usage-range", language, low=kind.min, high=kind.max)
        return say("cli", "usage-number", language, low=kind.min)
    return ""
