"""`suanli show`."""

import click

from suanli.cli.files import result_folder
from suanli.cli.program import argument, made_command, option
from suanli.cli.usage import wrong_usage
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def show_result(
        folder: str,
        node: str | None,
        region: str | None,
        period: str | None,
        top: int | None,
        as_json: bool,
    ) -> None:
        from rich.console import Group

        from suanli.cli.fitted import fitted_lines
        from suanli.report.profile import profile, profile_json
        from suanli.report.ranking import ranking, ranking_json
        from suanli.report.screen import print_json, show
        from suanli.result import load_result

        check_alone(region, {"--node": node, "--top": top}, language)
        result = load_result(result_folder(folder))
        code = node or "index"
        if as_json and region:
            print_json(profile_json(result, region=region, period=period))
        elif as_json:
            print_json(ranking_json(result, node=code, period=period, top=top))
        else:
            shown = (
                profile(result, language, region=region, period=period)
                if region
                else ranking(result, language, node=code, period=period, top=top)
            )
            show(Group(shown, *fitted_lines(result, language)))

    return made_command(
        "show",
        language,
        show_result,
        [
            argument("result", "folder", language),
            option("node", "--node", language=language, metavar="node"),
            option("region", "--region", language=language, metavar="region"),
            option("period", "--period", language=language, metavar="period"),
            option("top", "--top", language=language, type=click.IntRange(min=1), metavar="count"),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def check_alone(region: str | None, others: dict[str, object], language: Language) -> None:
    """Refuse options of a ranking beside a region, whose profile has neither.

    Raises
    ------
    WrongUsage
        If any is given.
    """
    given = [name for name, value in others.items() if value is not None]
    if region is not None and given:
        raise wrong_usage("with-region", language, names=", ".join(given))
