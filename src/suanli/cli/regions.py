"""`suanli regions`."""

import click

from suanli.cli.program import argument, made_command
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def regions(spelling: str | None) -> None:
        from suanli.regions import everything, groupings, provinces
        from suanli.report.regions import region_groupings, region_list
        from suanli.report.screen import screen

        console = screen()
        if spelling is None:
            console.print(region_list(provinces().members, language))
            console.print(region_groupings(groupings(), provinces(), language))
            return
        known = everything()
        candidates = known.candidates(spelling)
        console.print(region_list(candidates or (known.resolve(spelling),), language))

    return made_command(
        "regions", language, regions, [argument("region", "spelling", language, required=False)]
    )
