"""`suanli run`."""

from pathlib import Path
from typing import Any

import click

from suanli.cli.engines import engine_choice, engine_options
from suanli.cli.files import default_result
from suanli.cli.program import argument, made_command, option
from suanli.cli.usage import wrong_usage
from suanli.language import Language, say

_SHOWN = 10


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def run(
        study: str,
        out: str | None,
        change: tuple[str, ...],
        as_json: bool,
        **engine: str | None,
    ) -> None:
        from rich.console import Group

        from suanli import pipeline
        from suanli.cli.fitted import fitted_lines
        from suanli.cli.progress import progress
        from suanli.report.prose import Prose
        from suanli.report.ranking import ranking, ranking_json
        from suanli.report.screen import print_json, show
        from suanli.report.trouble import counts, problem_json

        folder = Path(out) if out else default_result(study)
        changes = changes_of(change, language)
        with progress(language) as stage:
            result = pipeline.run(
                study, with_changes=changes, stage=stage, **engine_choice(engine, language)
            )
            stage("saving")
            result.save(folder)
        if as_json:
            listed = [problem_json(problem) for problem in result.problems]
            table = ranking_json(result, node="index", period=None, top=None)
            print_json({"result": str(folder), "problems": listed, **table})
            return
        lines = fitted_lines(result, language)
        if result.problems:
            lines.append(Prose(counts(result.problems, language)))
        lines.append(Prose(say("cli", "saved-result", language, folder=folder)))
        show(Group(ranking(result, language, node="index", period=None, top=_SHOWN), *lines))

    return made_command(
        "run",
        language,
        run,
        [
            argument("study", "study", language),
            option("out", "--out", language=language, metavar="folder"),
            option("change", "--change", language=language, multiple=True, metavar="change"),
            *engine_options(language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def changes_of(declared: tuple[str, ...], language: Language) -> dict[str, Any]:
    """Return changes by path from `path=value` words; values are read as YAML scalars and lists.

    Raises
    ------
    WrongUsage
        If a word is not of that form.
    """
    import yaml

    changes = {}
    for word in declared:
        path, sign, value = word.partition("=")
        if not sign or not path:
            raise wrong_usage("change", language)
        try:
            changes[path] = yaml.safe_load(value)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise wrong_usage("change", language) from error
    return changes
