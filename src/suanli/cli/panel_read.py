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
        from rich.console import Group

        from suanli import pipeline
        from suanli.report.panel import panel_json, panel_view
        from suanli.report.prose import Prose
        from suanli.report.screen import print_json, show
        from suanli.report.trouble import counts, problem_json
        from suanli.result import save_panel_result

        result = pipeline.judged(place, files=[Path(file) for file in files], number=number)
        folder = Path(out) if out else default_out(place)
        save_panel_result(result, folder)
        if as_json:
            listed = [problem_json(problem) for problem in result.problems]
            print_json({"result": str(folder), "problems": listed, **panel_json(result)})
            return
        lines = [Prose(counts(result.problems, language))] if result.problems else []
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
                metavar="count",
            ),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def default_out(place: str) -> Path:
    """Return the folder a panel's weights are saved in unless another is named: `weights` in the panel's folder."""
    folder = Path(place)
    if (folder / "study.yaml").is_file():
        folder = folder / "panel"
    elif folder.is_file():
        folder = folder.parent
    elif not folder.exists():
        # a demonstration panel, named by its framework
        folder = Path(f"{place}-panel")
    return folder / "weights"
