"""`suanli weights`."""

import click

from suanli.cli.files import result_folder
from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def weights(folder: str, as_json: bool) -> None:
        from suanli.report.screen import print_json, show
        from suanli.report.weights import weights_json, weights_view
        from suanli.result import load_result

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
