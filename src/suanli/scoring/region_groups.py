"""The groups of regions that imputation compares within."""

from collections.abc import Mapping

from suanli.framework import Framework
from suanli.regions import Regions, by_parent, grouping


def region_groups(framework: Framework, regions: Regions) -> Mapping[str, str]:
    """Return the group of each region in the grouping that imputation asks for; `parent` groups by province.

    Without a grouping every region belongs to one group.
    """
    name = framework.missing.grouping
    if name is None:
        return {}
    chosen = by_parent(regions) if name == "parent" else grouping(name)
    return {member: group.code for group in chosen.groups for member in group.members}
