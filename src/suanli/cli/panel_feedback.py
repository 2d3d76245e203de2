"""`suanli panel feedback`."""

from pathlib import Path

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def feedback(place: str, files: tuple[str, ...], out: str | None) -> None:
        from suanli import pipeline
        from suanli.report.words import as_typed

        given = [Path(file) for file in files]
        number, made = pipeline.feedback_forms(place, out, files=given, language=language)
        folder = made[0].parent
        click.echo(say("cli", "made-feedback", language, count=len(made), folder=folder))
        place = as_typed(place)
        click.echo(say("cli", "made-feedback-next", language, round=number, place=place))

    return made_command(
        "panel-feedback",
        language,
        feedback,
        [
            argument("panel", "place", language),
            argument("panel-files", "files", language, nargs=-1),
            option("feedback-out", "--out", language=language, metavar="folder"),
        ],
    )
