"""`suanli regions`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def regions(spelling: str | None, as_json: bool) -> None:
        from rich.console import Group

        from suanli.regions import everything, groupings, provinces
        from suanli.report.regions import candidates, region_groupings, region_list, regions_json
        from suanli.report.screen import print_json, show

        known = everything()
        found = provinces().members if spelling is None else known.candidates(spelling)
        if spelling is not None and not found:
            found = (known.resolve(spelling),)
        if as_json:
            print_json(regions_json(found))
        elif spelling is None:
            listed = region_list(found, known, language)
            show(Group(listed, region_groupings(groupings(), provinces(), language)))
        else:
            show(candidates(spelling, found, known, language))

    return made_command(
        "regions",
        language,
        regions,
        [
            argument("region", "spelling", language, required=False),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
