"""The commands: what they are called, where they live, and how their help is found."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from suanli.cli.speech import Context
from suanli.cli.usage import no_such_command, told_where, wrong_usage
from suanli.language import LANGUAGES, Language, entries, say

# command -> module with `command(language)`; imported when it is called
COMMANDS: Mapping[str, str] = {
    "demo": "suanli.cli.demo",
    "new": "suanli.cli.new",
    "simulate": "suanli.cli.simulate",
    "check": "suanli.cli.check",
    "run": "suanli.cli.run",
    "show": "suanli.cli.show",
    "indicators": "suanli.cli.indicators",
    "trace": "suanli.cli.trace",
    "compare": "suanli.cli.compare",
    "facts": "suanli.cli.facts",
    "freeze": "suanli.cli.freeze",
    "ahp": "suanli.cli.ahp",
    "panel": "suanli.cli.panel",
    "weights": "suanli.cli.weights",
    "frameworks": "suanli.cli.frameworks",
    "framework": "suanli.cli.framework",
    "regions": "suanli.cli.regions",
    "records": "suanli.cli.records",
}


_PLACES = ("file", "folder", "url")


class Command(click.Command):
    """A command with its examples under its options, all in one language."""

    context_class = Context

    def __init__(self, key: str, language: Language, **attributes: Any) -> None:  # noqa: ANN401
        super().__init__(
            help=say("cli", key, language),
            epilog=_examples(key, language),
            add_help_option=False,
            options_metavar=say("cli", "usage-options", language),
            # what is left over is told in the program's language, below
            context_settings={"allow_extra_args": True},
            **attributes,
        )
        self._language = language

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; more than the command takes are an error."""
        with told_where(ctx):
            super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise wrong_usage("extra-arguments", self._language, ctx, names=" ".join(ctx.args))
        return ctx.args

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(self.epilog, formatter)


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
            no_args_is_help=False,
            # without a command the group's own function runs: it shows the help
            invoke_without_command=True,
            callback=_help_instead,
            options_metavar=say("cli", "usage-options", language),
            subcommand_metavar=say("cli", "usage-command", language),
        )
        self._language = language
        self._modules = modules
        self._prefix = "" if key == "suanli" else f"{key}-"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options before the command."""
        with told_where(ctx):
            return super().parse_args(ctx, args)

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

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(self.epilog, formatter)


class Option(click.Option):
    """An option whose help is one text, with no words of click's beside it."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return how the option is written, and what it does."""
        names = ", ".join(sorted(self.opts, key=len))
        value = "" if self.is_flag else f" {self.metavar}"
        return f"{names}{value}", self.help or ""


class PlaceOption(Option):
    """An option that names a file, a folder or an address, which an empty text does not."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401
        """Return the value that the command is given."""
        if value == "":
            raise click.BadOptionUsage(self.opts[0], "", ctx)
        return super().process_value(ctx, value)


def made_command(
    key: str, language: Language, run: Callable[..., Any], parameters: Sequence[click.Parameter]
) -> click.Command:
    """Return a command whose texts are the catalogue's under `key`."""
    return Command(
        key,
        language,
        name=key.rpartition("-")[2],
        callback=run,
        params=[*parameters, *common_options(language)],
    )


def option(
    key: str,
    *declarations: str,
    language: Language,
    metavar: str = "",
    **attributes: Any,  # noqa: ANN401
) -> click.Option:
    """Return an option whose help is the catalogue's `option-<key>` and whose value is its `metavar-<metavar>`.

    A choice shows its values instead.
    """
    kind = attributes.get("type")
    shown = say("cli", f"metavar-{metavar}", language) if metavar else None
    if isinstance(kind, click.Choice):
        shown = f"[{'|'.join(map(str, kind.choices))}]"
    made = PlaceOption if metavar in _PLACES else Option
    return made(
        declarations, help=say("cli", f"option-{key}", language), metavar=shown, **attributes
    )


def argument(key: str, name: str, language: Language, **attributes: Any) -> click.Argument:  # noqa: ANN401
    """Return an argument that is shown as the catalogue's `argument-<key>`."""
    return click.Argument([name], metavar=say("cli", f"argument-{key}", language), **attributes)


def common_options(language: Language) -> list[click.Parameter]:
    """Return the options that every command has."""
    return [
        option(
            *("lang", "--lang"),
            language=language,
            type=click.Choice(LANGUAGES),
            expose_value=False,
        ),
        option(
            *("help", "-h", "--help"),
            language=language,
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
        ),
    ]


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _help_instead() -> int | None:
    """Show a group's help where no command was named, which is a wrong command line."""
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        return None
    click.echo(ctx.get_help(), err=True)
    return 2


def _write_examples(examples: str | None, formatter: click.HelpFormatter) -> None:
    """Write the examples, one a line, as they are typed."""
    if examples:
        with formatter.section("Examples"):
            for line in examples.strip().splitlines():
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")


def _examples(key: str, language: Language) -> str | None:
    found = entries("cli").get(f"{key}-examples")
    return found[language] if found else None
