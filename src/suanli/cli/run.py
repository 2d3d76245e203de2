"""`suanli run`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say

_SHOWN = 10


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def run(study: str, out: str | None, change: tuple[str, ...], as_json: bool) -> None:
        from suanli import pipeline
        from suanli.report.ranking import ranking, ranking_json
        from suanli.report.screen import print_json, screen
        from suanli.report.trouble import as_json as problem_json
        from suanli.report.trouble import counts

        folder = Path(out) if out else Path(study) / "result"
        with progress(language) as stage:
            result = pipeline.run(
                study, with_changes=changes_of(change, language), stage=stage
            )
            stage("saving")
            result.save(folder)
        if as_json:
            print_json(
                {
                    "result": str(folder),
                    "problems": [problem_json(problem) for problem in result.problems],
                    **ranking_json(result, node="index", period=None, top=None),
                }
            )
            return
        console = screen()
        console.print(ranking(result, language, node="index", period=None, top=_SHOWN))
        if result.problems:
            console.print(counts(result.problems, language))
        console.print(say("cli", "saved-result", language, folder=folder))

    return made_command(
        "run",
        language,
        run,
        [
            argument("study", "study", language),
            option("out", "--out", language=language, metavar="DIR"),
            option(
                "change", "--change", language=language, multiple=True, metavar="PATH=VALUE"
            ),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def changes_of(declared: tuple[str, ...], language: Language) -> dict[str, Any]:
    """Return changes by path from `path=value` words; values are read as YAML scalars and lists."""
    import yaml

    changes = {}
    for word in declared:
        path, sign, value = word.partition("=")
        if not sign or not path:
            raise click.UsageError(say("cli", "usage-change", language))
        try:
            changes[path] = yaml.safe_load(value)
        except yaml.YAMLError as error:
            raise click.UsageError(say("cli", "usage-change", language)) from error
    return changes


@contextmanager
def progress(language: Language) -> Iterator[Any]:
    """Yield a function that shows the stage a long run is in, on a terminal only."""
    from suanli.report.screen import error_screen

    console = error_screen()
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status(say("cli", "stage-reading", language)) as status:
        yield lambda name: status.update(say("cli", f"stage-{name}", language))
