"""Regions that are known but not covered: Hong Kong, Macao and Taiwan of China."""

from functools import cache

from suanli.regions.name_index import NameIndex, name_index
from suanli.regions.region import Region
from suanli.regions.rows import parts, region, table


def not_covered(key: str) -> Region | None:
    """Return the region outside the evaluation that a normal form names, or None.

    >>> not_covered("hongkong").name.en
    'Hong Kong, China'
    """
    return next(iter(_outside().hits(key)), None)


@cache
def _outside() -> NameIndex:
    return name_index(tuple(region(parts(row)) for row in table("outside")))
