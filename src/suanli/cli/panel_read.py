"""`suanli panel read`."""

from pathlib import Path

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def read(
        place: str, files: tuple[str, ...], out: str | None, number: int | None, as_json: bool
    ) -> None:
        from rich.console import Group, RenderableType

        from suanli import pipeline
        from suanli.report.panel import panel_json, panel_view
        from suanli.report.prose import Prose
        from suanli.report.screen import print_json, show
        from suanli.report.trouble import findings
        from suanli.result import save_panel_result

        given = [Path(file) for file in files]
        result = pipeline.judged(place, files=given, number=number)
        folder = Path(out) if out else pipeline.weights_folder(place, given, number)
        save_panel_result(result, folder)
        if as_json:
            print_json({"result": str(folder), **panel_json(result)})
            return
        lines: list[RenderableType] = (
            [findings(result.problems, language)] if result.problems else []
        )
        lines.append(Prose(say("cli", "saved-panel", language, folder=folder)))
        show(Group(panel_view(result, language), *lines))

    return made_command(
        "panel-read",
        language,
        read,
        [
            argument("panel", "place", language),
            argument("panel-files", "files", language, nargs=-1),
            option("panel-out", "--out", language=language, metavar="folder"),
            option(
                *("panel-round", "--round", "number"),
                language=language,
                type=click.IntRange(min=1),
                metavar="round",
            ),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
