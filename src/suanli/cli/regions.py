"""`suanli regions`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def regions(spelling: str | None, as_json: bool) -> None:
        from rich.console import Group

        from suanli.regions import (
            everything,
            groupings,
            groupings_named,
            looked_up,
            provinces,
        )
        from suanli.report import regions as report
        from suanli.report.screen import print_json, show

        known = everything()
        found = provinces().members if spelling is None else known.candidates(spelling)
        groups = groupings_named(spelling) if spelling is not None and not found else ()
        if spelling is not None and not found and not groups:
            found = (looked_up(known, spelling),)
        if as_json:
            print_json(report.groupings_json(groups) if groups else report.regions_json(found))
        elif groups:
            show(report.named_groupings(groups, provinces(), language))
        elif spelling is None:
            listed = report.region_list(found, known, language)
            show(Group(listed, report.region_groupings(groupings(), provinces(), language)))
        else:
            show(report.candidates(spelling, found, known, language))

    return made_command(
        "regions",
        language,
        regions,
        [
            argument("region", "spelling", language, required=False),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
