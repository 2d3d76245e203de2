"""The regions whose names come closest to one that is not known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from string import digits
from types import MappingProxyType

from suanli.regions.division_codes import holders
from suanli.regions.name_key import name_key
from suanli.regions.region import Region
from suanli.regions.spellings import is_latin, likely_keys

_MOST = 3
_CLOSE, _CLOSE_SHORT = 0.6, 0.5
_SHORT = 2  # two characters with one wrong (广洞) are still a likely name
_COMPARED = 24  # names that share most letters; only these are compared letter by letter
_LONGEST_KEY = 64
_LONGEST_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """Names of regions, laid out so that the few that resemble a spelling are found quickly.

    Attributes
    ----------
    regions
        The regions, in order.
    names
        Normal forms of their names, each with its region.
    by_piece
        Places in `names` of the forms that contain a pair of Latin letters or another character.
    by_code
        Regions by the normal form of their codes.
    """

    regions: tuple[Region, ...]
    names: tuple[tuple[str, Region], ...]
    by_piece: Mapping[str, tuple[int, ...]]
    by_code: Mapping[str, Region]

    def closest(self, key: str) -> tuple[Region, ...]:
        """Return up to three regions that the normal form `key` resembles, the nearest first.

        Two or three Latin letters alone (HN) are taken for an abbreviation, which several
        provinces may share; a number, for a code with a slip or of a unit further down.
        """
        if not key or len(key) > _LONGEST_KEY:
            return ()
        if is_latin(key) and len(key) <= _LONGEST_ABBREVIATION:
            return self._abbreviated(key)
        if key.isascii() and key.isdigit():
            return self._near_codes(key)
        return self._near_names(key)

    def _near_names(self, key: str) -> tuple[Region, ...]:
        places = (self.by_piece.get(piece, ()) for piece in _pieces(key))
        shared = Counter(place for found in places for place in found)
        likeliest = sorted(shared, key=lambda place: (-shared[place], place))[:_COMPARED]
        close = _CLOSE_SHORT if len(key) <= _SHORT else _CLOSE
        scored = [(-_ratio(key, self.names[place][0]), place) for place in likeliest]
        near = sorted(pair for pair in scored if -pair[0] >= close)
        return tuple(dict.fromkeys(self.names[place][1] for _, place in near))[:_MOST]

    def _near_codes(self, key: str) -> tuple[Region, ...]:
        # the prefecture or province that would hold the code of a county
        near = (*holders(key), *_one_slip_away(key))
        found = (self.by_code[code] for code in near if code in self.by_code)
        return tuple(dict.fromkeys(found))[:_MOST]

    def _abbreviated(self, key: str) -> tuple[Region, ...]:
        named = ((name_key(region.short.en), region) for region in self.regions)
        meant = [(name, region) for name, region in named if _may_abbreviate(key, name)]
        meant.sort(key=lambda pair: -_ratio(key, pair[0]))
        by_iso = [it for it in self.regions if (it.iso or "").casefold().endswith(f"-{key}")]
        return tuple(dict.fromkeys([*by_iso, *(region for _, region in meant)]))[:_MOST]


@lru_cache(maxsize=64)
def likeness(regions: tuple[Region, ...]) -> Likeness:
    """Return the names of `regions`, ready to be compared."""
    names = tuple((key, region) for region in regions for key in likely_keys(region))
    by_piece: dict[str, list[int]] = {}
    for place, (key, _) in enumerate(names):
        for piece in dict.fromkeys(_pieces(key)):
            by_piece.setdefault(piece, []).append(place)
    return Likeness(
        regions=regions,
        names=names,
        by_piece=MappingProxyType({piece: tuple(found) for piece, found in by_piece.items()}),
        by_code=MappingProxyType({name_key(region.code): region for region in regions}),
    )


def _one_slip_away(key: str) -> Iterator[str]:
    """Yield the numbers with two digits swapped, or one digit wrong, missing or too many."""
    cuts = [(key[:place], key[place:]) for place in range(len(key) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + digit + right[1:] for left, right in cuts if right for digit in digits)
    yield from (left + digit + right for left, right in cuts for digit in digits)
    yield from (left + right[1:] for left, right in cuts if right)


def _may_abbreviate(key: str, name: str) -> bool:
    rest = iter(name)
    return name[:1] == key[:1] and all(letter in rest for letter in key)


def _ratio(key: str, name: str) -> float:
    return SequenceMatcher(None, key, name, autojunk=False).ratio()


def _pieces(key: str) -> Iterator[str]:
    """Yield pairs of Latin letters and single characters of any other script."""
    for place, letter in enumerate(key):
        if not letter.isascii():
            yield letter
        elif place + 1 < len(key):
            yield key[place : place + 2]
