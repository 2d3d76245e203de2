"""The names of a set of regions, ready to be looked up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from suanli.regions.not_regions import country_keys
from suanli.regions.region import Region
from suanli.regions.spellings import exact_keys, is_latin, loose_keys

_LONGEST_KEY = 64  # no name of a region is longer; also bounds the work on hostile cells


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Normal forms of names and the regions they name.

    Attributes
    ----------
    exact
        Codes and full names: each names one region.
    loose
        Every other form, with all the regions it may name.
    """

    exact: Mapping[str, Region]
    loose: Mapping[str, tuple[Region, ...]]

    def hits(self, key: str) -> tuple[Region, ...]:
        """Return every region that the normal form `key` may name, in the order of the list.

        A key may also be a region with the unit that holds it (江苏苏州; Suzhou, Jiangsu) or with
        the country (Guangdong, China), or a region said twice (广东 Guangdong; 北京市北京市).
        """
        if (found := self._direct(key)) or len(key) > _LONGEST_KEY:
            return found
        if found := self._in_two_parts(key):
            return found
        for rest in _without_country(key):
            if found := self._direct(rest) or self._in_two_parts(rest):
                return found
        return ()

    def _direct(self, key: str) -> tuple[Region, ...]:
        if region := self.exact.get(key):
            return (region,)
        return self.loose.get(key, ())

    def _in_two_parts(self, key: str) -> tuple[Region, ...]:
        same: list[Region] = []
        within: list[Region] = []
        for cut in range(1, len(key)):
            left, right = key[:cut], key[cut:]
            lefts, rights = self._direct(left), self._direct(right)
            pairs = [(one, other) for one in lefts for other in rights]
            same += [one for one, other in pairs if one == other and _may_repeat(one, left, right)]
            within += [other for one, other in pairs if other.parent == one.code]
            within += [one for one, other in pairs if one.parent == other.code]
        # 吉林省 Jilin says the province twice; it is not the city of Jilin in its province
        return tuple(dict.fromkeys(same or within))


@lru_cache(maxsize=64)
def name_index(regions: tuple[Region, ...]) -> NameIndex:
    """Return the index of names; a full name or code that two regions share is no exact name."""
    exact: dict[str, list[Region]] = {}
    loose: dict[str, list[Region]] = {}
    for region in regions:
        for key in exact_keys(region):
            exact.setdefault(key, []).append(region)
        for key in loose_keys(region):
            loose.setdefault(key, []).append(region)
    for key, found in exact.items():
        if len(found) > 1:
            loose[key] = found + loose.get(key, [])
    return NameIndex(
        exact=MappingProxyType({key: found[0] for key, found in exact.items() if len(found) == 1}),
        loose=MappingProxyType({key: tuple(dict.fromkeys(loose[key])) for key in loose}),
    )


def shared_names(regions: Iterable[Region]) -> dict[str, tuple[Region, ...]]:
    """Return the normal forms that name more than one of `regions`, with those regions."""
    loose = name_index(tuple(regions)).loose
    return {key: found for key, found in sorted(loose.items()) if len(found) > 1}


def _may_repeat(region: Region, left: str, right: str) -> bool:
    # 省 and 市 columns joined give 北京市北京市; elsewhere a repeated name must change its script
    return region.kind == "municipality" or _script(left) != _script(right)


def _script(key: str) -> str:
    if is_latin(key):
        return "latin"
    return "digits" if key.isdigit() else "other"


def _without_country(key: str) -> Iterator[str]:
    for country in country_keys():
        if key.startswith(country):
            yield key.removeprefix(country)
        if key.endswith(country):
            yield key.removesuffix(country)
