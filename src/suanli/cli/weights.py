"""`suanli weights`."""

from pathlib import Path

import click

from suanli.cli.files import result_folder
from suanli.cli.program import argument, made_command, option
from suanli.language import Language

PANEL_MANIFEST = "panel.json"
"""The file by which a folder is known as the saved weights of a panel."""


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def weights(folder: str, as_json: bool) -> None:
        from suanli.report.screen import print_json, show
        from suanli.report.weights import weights_json, weights_view
        from suanli.result import load_result

        if (Path(folder) / PANEL_MANIFEST).is_file():
            _show_panel(folder, language, as_json=as_json)
            return
        result = load_result(result_folder(folder))
        if as_json:
            print_json(weights_json(result))
        else:
            show(weights_view(result, language))

    return made_command(
        "weights",
        language,
        weights,
        [
            argument("result", "folder", language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def _show_panel(folder: str, language: Language, *, as_json: bool) -> None:
    """Show the weights that `suanli panel read` saved."""
    from suanli.report.panel import panel_json, panel_view
    from suanli.report.screen import print_json, show
    from suanli.result import load_panel_result

    result = load_panel_result(folder)
    if as_json:
        print_json(panel_json(result))
    else:
        show(panel_view(result, language))
