"""The way in: one command line to one exit code."""

import sys
from collections.abc import Sequence

import click

from suanli.cli.program import COMMANDS, Commands, UnknownCommand
from suanli.cli.speech import language_of, usage_message
from suanli.language import Language, say
from suanli.problems import SuanliError


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # an old console may not know a character: show a stand-in rather than stop
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(exit_code(sys.argv[1:]))


def exit_code(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 problems, 2 a wrong command line, 130 interrupted."""
    language = language_of(arguments)
    program = Commands("suanli", language, COMMANDS)
    program.params.insert(0, _version_option(language))
    try:
        outcome = program.main(
            args=list(arguments), prog_name="suanli", standalone_mode=False, obj=language
        )
    except click.exceptions.NoArgsIsHelpError as error:
        return _failed(error.message, 2)
    except UnknownCommand as error:
        return _failed(error.message, 2)
    except click.UsageError as error:
        return _failed(usage_message(error, language), 2)
    except SuanliError as error:
        return _reported(error, language)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (click.Abort, KeyboardInterrupt):
        return _failed(say("cli", "interrupted", language), 130)
    except OSError as error:
        reason = error.strerror or str(error)
        name = error.filename or ""
        return _failed(say("cli", "file-trouble", language, name=name, reason=reason), 1)
    return outcome if isinstance(outcome, int) else 0


def _version_option(language: Language) -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            from importlib.metadata import version

            click.echo(f"suanli {version('suanli')}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=say("cli", "option-version", language),
    )


def _failed(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code


def _reported(error: SuanliError, language: Language) -> int:
    from suanli.report.screen import error_screen
    from suanli.report.trouble import trouble

    error_screen().print(trouble(error.problems, language))
    return 1
