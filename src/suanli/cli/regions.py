"""`suanli regions`."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language
from suanli.problems import Problem, RegionError, Severity

if TYPE_CHECKING:  # lists of regions are read when asked for
    from suanli.regions import Region, Regions

_OF_LOOK_UPS: Mapping[str, str] = MappingProxyType(
    {
        "region-aggregate": "region-lookup-aggregate",
        "region-not-covered": "region-lookup-not-covered",
    }
)
"""Problems whose sentences speak of rows of data, and their like for look-ups."""


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def regions(spelling: str | None, as_json: bool) -> None:
        from rich.console import Group

        from suanli.regions import everything, groupings, groupings_named, provinces
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


def looked_up(known: "Regions", spelling: str) -> "Region":
    """Return the region that a spelling names.

    Raises
    ------
    RegionError
        If it names none, in words for someone who looks a name up: no row of data is concerned.
    """
    found = known.find(spelling)
    if not isinstance(found, Problem):
        return found
    code = _OF_LOOK_UPS.get(found.code, found.code)
    raise RegionError([replace(found, code=code, severity=Severity.ERROR)])
