"""A region that someone looks up by name, where no row of data is concerned."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from suanli.problems import Problem, RegionError, Severity
from suanli.regions.region import Region
from suanli.regions.regions import Regions

_OF_LOOK_UPS: Mapping[str, str] = MappingProxyType(
    {
        "region-aggregate": "region-lookup-aggregate",
        "region-not-covered": "region-lookup-not-covered",
        "region-is-province": "region-lookup-is-province",
        "region-is-prefecture": "region-lookup-is-prefecture",
        "region-not-selected": "region-lookup-not-selected",
    }
)
"""Problems whose sentences speak of rows of data, and their like for look-ups."""


def looked_up(known: Regions, spelling: str) -> Region:
    """Return the region that a spelling names.

    Raises
    ------
    RegionError
        If it names none, in words for someone who looks a name up.
    """
    found = known.find(spelling)
    if not isinstance(found, Problem):
        return found
    if code := _OF_LOOK_UPS.get(found.code):
        # the region that was named is not the one to name instead
        found = replace(found, code=code, expected="")
    raise RegionError([replace(found, severity=Severity.ERROR)])
