"""`suanli framework show`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def show(name: str, as_json: bool) -> None:
        from suanli.intake import framework_named
        from suanli.report.frameworks import framework_tree
        from suanli.report.screen import print_json, screen

        found = framework_named(name)
        if as_json:
            print_json(found.model_dump(mode="json"))
        else:
            screen().print(framework_tree(found, language))

    return made_command(
        "framework-show",
        language,
        show,
        [
            argument("framework", "name", language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
