"""`suanli framework show`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def show_framework(name: str, as_json: bool) -> None:
        from suanli.intake import framework_named
        from suanli.report.framework_tree import framework_tree
        from suanli.report.screen import print_json, show

        found = framework_named(name)
        if as_json:
            print_json(found.model_dump(mode="json"))
        else:
            show(framework_tree(found, language))

    return made_command(
        "framework-show",
        language,
        show_framework,
        [
            argument("framework", "name", language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
