"""What stands in region columns without being one region: totals and areas."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from suanli.regions.name_key import name_key


@cache
def country_keys() -> tuple[str, ...]:
    """Return the normal forms of the names of China, longest first."""
    keys = {name_key(word) for word in _words()["country"]}
    return tuple(sorted(keys, key=lambda key: (-len(key), key)))


@cache
def figure_keys() -> frozenset[str]:
    """Return the normal forms of words for totals and statistics (合计, Total)."""
    return frozenset(name_key(word) for word in _words()["figures"])


@cache
def area_keys() -> frozenset[str]:
    """Return the normal forms of names of China or parts that span provinces (东部地区)."""
    words = _words()
    areas = (*map(name_key, words["areas"]), *country_keys())
    endings = ("", *map(name_key, words["endings"]))
    return frozenset(area + ending for area in areas for ending in endings)


def is_aggregate(key: str, *, of_china: bool) -> bool:
    """Return whether a normal form is a total or, among regions of China, an area above them.

    >>> is_aggregate("东部地区", of_china=True), is_aggregate("total", of_china=False)
    (True, True)
    """
    return key in figure_keys() or (of_china and key in area_keys())


@cache
def _words() -> Mapping[str, Sequence[str]]:
    source = files("suanli.regions").joinpath("data", "not_regions.yaml")
    words: Mapping[str, Sequence[str]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return words
