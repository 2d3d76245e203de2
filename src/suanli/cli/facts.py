"""`suanli facts`."""

import click

from suanli.cli.files import result_folder
from suanli.cli.program import argument, made_command, option
from suanli.language import Language

_VERDICTS = ("agrees", "differs", "not-testable")


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def facts(folder: str, verdict: str | None, as_json: bool) -> None:
        from suanli.report.facts import facts as facts_shown
        from suanli.report.facts import facts_json
        from suanli.report.screen import print_json, show
        from suanli.result import facts_beside, load_result

        result = load_result(result_folder(folder))
        found = facts_beside(result)
        if as_json:
            print_json(facts_json(found, result, verdict=verdict))
        else:
            show(facts_shown(found, result, language, verdict=verdict))

    return made_command(
        "facts",
        language,
        facts,
        [
            argument("result", "folder", language),
            option("verdict", "--verdict", language=language, type=click.Choice(_VERDICTS)),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
