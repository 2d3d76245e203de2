"""`suanli compare`."""

import click

from suanli.cli.files import result_folder
from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def compare(before: str, after: str, as_json: bool) -> None:
        from suanli.report.comparison import compared, compared_json
        from suanli.report.screen import print_json, show
        from suanli.result import comparison, load_result

        earlier, later = load_result(result_folder(before)), load_result(result_folder(after))
        found = comparison(earlier, later)
        if as_json:
            print_json(compared_json(found, earlier, later))
        else:
            show(compared(found, earlier, later, language))

    return made_command(
        "compare",
        language,
        compare,
        [
            argument("before", "before", language),
            argument("after", "after", language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
