"""`suanli simulate`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say

_SIZES = ("small", "medium", "large")
_YEARS = (2015, 2035)


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def simulate(framework: str, year: int, size: str, seed: int, out: str) -> None:
        from rich.console import Group

        from suanli.report.prose import Prose
        from suanli.report.screen import show
        from suanli.report.stamp import stamped
        from suanli.report.words import as_typed
        from suanli.simulation import SIZES, simulated_study

        chosen = next(name for name in SIZES if name == size)
        with written_rows(language) as progress:
            made = simulated_study(framework, year, out, size=chosen, seed=seed, progress=progress)
        counts = {"tables": len(made.rows), "rows": f"{sum(made.rows.values()):,}"}
        place = as_typed(made.folder)
        told = (
            say("cli", "made-simulated", language, folder=place, **counts),
            say("cli", "made-simulated-next", language, folder=place),
        )
        lines = [Prose(made.title.said(language)), *map(Prose, told)]
        show(stamped(Group(*lines), simulated=True))

    return made_command(
        "simulate",
        language,
        simulate,
        [
            argument("framework", "framework", language),
            option(
                *("simulate-year", "--year"),
                language=language,
                type=click.IntRange(*_YEARS),
                required=True,
                metavar="year",
            ),
            option(
                *("simulate-size", "--size"),
                language=language,
                type=click.Choice(_SIZES),
                default="small",
            ),
            option(
                *("simulate-seed", "--seed"),
                language=language,
                type=click.IntRange(min=0),
                default=1,
                metavar="seed",
            ),
            option(*("simulate-out", "--out"), language=language, required=True, metavar="folder"),
        ],
    )


@contextmanager
def written_rows(language: Language) -> Iterator[Callable[[str, int], None] | None]:
    """Yield a function that shows which table is being written and how far, on a terminal only."""
    from suanli.report.screen import error_screen

    console = error_screen()
    if not console.is_terminal:
        yield None
        return
    with console.status(say("cli", "stage-targets", language)) as status:
        from suanli.intake.records import table_schemas

        def show_rows(table: str, rows: int) -> None:
            title = table_schemas()[table].title.said(language)
            status.update(say("cli", "stage-simulated", language, table=title, rows=f"{rows:,}"))

        yield show_rows
