"""`suanli show`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def show(
        folder: str,
        node: str,
        region: str | None,
        period: str | None,
        top: int | None,
        as_json: bool,
    ) -> None:
        from suanli.report.profile import profile, profile_json
        from suanli.report.ranking import ranking, ranking_json
        from suanli.report.screen import print_json, screen
        from suanli.result import load_result

        result = load_result(folder)
        if as_json and region:
            print_json(profile_json(result, region=region, period=period))
        elif as_json:
            print_json(ranking_json(result, node=node, period=period, top=top))
        elif region:
            screen().print(profile(result, language, region=region, period=period))
        else:
            screen().print(ranking(result, language, node=node, period=period, top=top))

    return made_command(
        "show",
        language,
        show,
        [
            argument("result", "folder", language),
            option("node", "--node", language=language, default="index", metavar="CODE"),
            option("region", "--region", language=language, metavar="NAME"),
            option("period", "--period", language=language),
            option("top", "--top", language=language, type=click.IntRange(min=1)),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
