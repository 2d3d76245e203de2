"""`suanli frameworks`."""

import click

from suanli.cli.program import made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def frameworks(as_json: bool) -> None:
        from suanli.framework import bundled, bundled_ids
        from suanli.report.frameworks import framework_list, framework_list_json
        from suanli.report.screen import print_json, show

        found = [bundled(name) for name in bundled_ids()]
        if as_json:
            print_json(framework_list_json(found))
        else:
            show(framework_list(found, language))

    return made_command(
        "frameworks",
        language,
        frameworks,
        [option("json", "--json", "as_json", language=language, is_flag=True)],
    )
