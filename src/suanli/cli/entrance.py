"""The way in: one command line to one exit code."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from suanli.cli.interrupts import heed_interrupts
from suanli.cli.program import COMMANDS, Commands, Option
from suanli.cli.reasons import file_trouble
from suanli.cli.speech import language_of
from suanli.cli.usage import usage_message
from suanli.language import Language, say
from suanli.problems import SuanliError

INTERRUPTED = 130
"""Exit code of a run that its user stopped, as shells count it."""
_COMPLETION = "_SUANLI_COMPLETE"
"""The variable by which a shell asks for completion: `eval "$(_SUANLI_COMPLETE=bash_source suanli)"`."""


def run_and_leave() -> None:
    """Run the command line of this process and leave with its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        stream = getattr(sys, name)
        # an old console may not know a character: show a stand-in rather than stop
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = exit_code(sys.argv[1:])
    if code == INTERRUPTED:
        # an interrupt met while a module was being imported may make the interpreter end by the signal after all
        _flush()
        os._exit(code)
    sys.exit(code)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def exit_code(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 problems, 2 a wrong command line, 130 interrupted."""
    language = language_of(arguments)
    try:
        heed_interrupts()
        outcome = _outcome(arguments, language)
        sys.stdout.flush()
    except click.UsageError as error:
        return _failed(usage_message(error, language), 2)
    except SuanliError as error:
        return _reported(error, language, as_json="--json" in arguments)
    except BrokenPipeError:
        _silence()
        return 0
    except (click.Abort, KeyboardInterrupt):
        return _failed(say("cli", "interrupted", language), INTERRUPTED)
    except OSError as error:
        message = file_trouble(error, language)
        _silence()
        return _failed(message, 1)
    return outcome if isinstance(outcome, int) else 0


def _outcome(arguments: Sequence[str], language: Language) -> object:
    """Return what the command returns; click's own `main` would turn a reader that has gone into a failure."""
    program = _program(language)
    if instruction := os.environ.get(_COMPLETION):
        from click.shell_completion import shell_complete

        return shell_complete(program, {"obj": language}, "suanli", _COMPLETION, instruction)
    try:
        with program.make_context("suanli", list(arguments), obj=language) as ctx:
            return program.invoke(ctx)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code


def _program(language: Language) -> Commands:
    program = Commands("suanli", language, COMMANDS)
    version = Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help=say("cli", "option-version", language),
    )
    program.params.insert(0, version)
    return program


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"suanli {version('suanli')}")
        ctx.exit()


def _silence() -> None:
    """Send what is still to be written to standard output nowhere, so that leaving does not fail again."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _failed(message: str, code: int) -> int:
    with suppress(OSError):
        click.echo(message, err=True)
    return code


def _reported(error: SuanliError, language: Language, *, as_json: bool) -> int:
    """Show what is wrong: for programs on standard output, in the form of `check --json`."""
    from suanli.report.screen import error_screen, print_json, show
    from suanli.report.trouble import problem_json, trouble

    with suppress(OSError):
        if as_json:
            print_json({"problems": [problem_json(problem) for problem in error.problems]})
        else:
            show(trouble(error.problems, language), on=error_screen())
    return 1
