"""`suanli framework diff`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def diff(before: str, after: str, as_json: bool) -> None:
        from suanli.framework import difference
        from suanli.intake import framework_named
        from suanli.report.difference import difference_json, difference_table
        from suanli.report.screen import print_json, show

        earlier, later = framework_named(before), framework_named(after)
        found = difference(earlier, later)
        if as_json:
            print_json(difference_json(found))
        else:
            show(difference_table(found, earlier, later, language))

    return made_command(
        "framework-diff",
        language,
        diff,
        [
            argument("framework-before", "before", language),
            argument("framework-after", "after", language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
