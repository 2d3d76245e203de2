"""The commands: what they are called, where they live, and how their help is found."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from suanli.cli.speech import Context
from suanli.language import LANGUAGES, Language, entries, say

# command -> module with `command(language)`; imported when it is called
COMMANDS: Mapping[str, str] = {
    "demo": "suanli.cli.demo",
    "new": "suanli.cli.new",
    "check": "suanli.cli.check",
    "run": "suanli.cli.run",
    "show": "suanli.cli.show",
    "compare": "suanli.cli.compare",
    "facts": "suanli.cli.facts",
    "frameworks": "suanli.cli.frameworks",
    "framework": "suanli.cli.framework",
    "regions": "suanli.cli.regions",
}


class Command(click.Command):
    """A command with its examples under its options."""

    context_class = Context

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, one a line, as they are typed."""
        if self.epilog:
            with formatter.section("Examples"):
                for line in self.epilog.strip().splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Commands(click.Group):
    """Commands that are imported when they are called; their summaries come from the catalogue."""

    context_class = Context

    def __init__(self, key: str, language: Language, modules: Mapping[str, str]) -> None:
        super().__init__(
            name=key,
            params=common_options(language),
            help=say("cli", key, language),
            epilog=_examples(key, language),
            add_help_option=False,
            no_args_is_help=True,
        )
        self._language = language
        self._modules = modules
        self._prefix = "" if key == "suanli" else f"{key}-"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order they are shown."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        module = self._modules.get(cmd_name)
        if module is None:
            return None
        found: click.Command = import_module(module).command(self._language)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say that there is none and which are close."""
        if args and args[0] not in self._modules and not args[0].startswith("-"):
            raise no_such_command(ctx, args[0], self._modules, self._language)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, say("cli", f"{self._prefix}{name}-summary", self._language))
                    for name in self._modules
                ]
            )

    format_epilog = Command.format_epilog


class UnknownCommand(click.UsageError):
    """A command that does not exist."""


def no_such_command(
    ctx: click.Context, name: str, known: Mapping[str, str], language: Language
) -> UnknownCommand:
    """Return the error that names the unknown command and those spelt like it."""
    from difflib import get_close_matches

    sentence = say("cli", "usage-no-such-command", language, name=name)
    if close := get_close_matches(name, list(known)):
        sentence += " " + say("cli", "usage-closest", language, names=", ".join(close))
    return UnknownCommand(sentence, ctx)


def made_command(
    key: str, language: Language, run: Callable[..., Any], parameters: Sequence[click.Parameter]
) -> click.Command:
    """Return a command whose texts are the catalogue's under `key`."""
    return Command(
        name=key.rpartition("-")[2],
        callback=run,
        params=[*parameters, *common_options(language)],
        help=say("cli", key, language),
        epilog=_examples(key, language),
        add_help_option=False,
    )


def option(key: str, *declarations: str, language: Language, **attributes: Any) -> click.Option:  # noqa: ANN401
    """Return an option whose help is the catalogue's `option-<key>`."""
    return click.Option(declarations, help=say("cli", f"option-{key}", language), **attributes)


def argument(key: str, name: str, language: Language, **attributes: Any) -> click.Argument:  # noqa: ANN401
    """Return an argument that is shown as the catalogue's `argument-<key>`."""
    return click.Argument(
        [name], metavar=say("cli", f"argument-{key}", language), **attributes
    )


def common_options(language: Language) -> list[click.Parameter]:
    """Return the options that every command has."""
    return [
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=say("cli", "option-lang", language),
        ),
        click.Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help=say("cli", "option-help", language),
        ),
    ]


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _examples(key: str, language: Language) -> str | None:
    found = entries("cli").get(f"{key}-examples")
    return found[language] if found else None
