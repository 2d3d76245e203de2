"""Lengths and areas whose ratio is not of the same ground."""

from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl

from suanli.intake.records.checks.conditions import (
    EXAMPLES,
    listed,
    listed_in_both,
    of_table,
    problem,
)
from suanli.intake.records.places import lineage
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity
from suanli.regions import Regions, everything

_LENGTHS = ("access_fibre", "long_distance_fibre")
_NETWORKS, _STATISTICS = "operator_networks", "region_statistics"

Named = Mapping[tuple[str, str], frozenset[str]]
"""Spellings of the places that state a figure, by region and period."""


def check_areas(records: Records) -> list[Problem]:
    """Return a warning for each length of cable that other places of a region and year state than state an area.

    A region is the sum of its places, so that its length per area is then of two different grounds. Nothing is said
    where one of the two is not stated for any place of the region. A region stands for all prefectures in it.
    """
    if not (records.has(_NETWORKS) and records.has(_STATISTICS)):
        return []
    areas = _named(records, _STATISTICS, ("area",))["area"]
    lengths = _named(records, _NETWORKS, _LENGTHS)
    grounds = _Grounds(records.regions)
    problems = []
    for column, named in lengths.items():
        shared = sorted(named.keys() & areas.keys())
        apart = {at: grounds.apart(named[at], areas[at]) for at in shared}
        if found := [_shown(at, *sides) for at, sides in apart.items() if any(sides)]:
            path = f"{_NETWORKS}.{column}"
            condition = of_table("areas-of-other-places", Severity.WARNING, path)
            few = found[:EXAMPLES]
            details = {"count": len(found), "rows": len(shared), "found": listed_in_both(few)}
            problems.append(problem(records, condition, listed(few), details))
    return problems


class _Grounds:
    """Which places of one side are not among those of the other, whatever their level and spelling."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._inside: dict[str, set[str]] = {}
        for unit in (*everything().members, *regions.known):
            if unit.parent:
                self._inside.setdefault(unit.parent, set()).add(unit.code)
        self._inside |= {group.code: set(group.members) for group in regions.groups}
        self._lines: dict[str, tuple[str, ...]] = {}

    def apart(
        self, one: frozenset[str], other: frozenset[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the smallest known places that only `one` names, and those that only `other` does."""
        if one == other:
            return (), ()
        first, second = self._smallest(one), self._smallest(other)
        return self._alone(first, second), self._alone(second, first)

    def _alone(self, places: set[str], others: set[str]) -> tuple[str, ...]:
        """Return the places that are not named, nor lie in one that is, nor hold one: a county may stand for more."""
        around = {code for other in others for code in self._line(other)}
        return tuple(
            place
            for place in sorted(places)
            if place not in around and others.isdisjoint(self._line(place))
        )

    def _smallest(self, spellings: frozenset[str]) -> set[str]:
        """Return the places named, and for one that holds others all those in it."""
        found: set[str] = set()
        seen: set[str] = set()
        left = {self._line(spelling)[0] for spelling in spellings}
        while left:
            seen |= left
            found |= {place for place in left if place not in self._inside}
            left = {unit for place in left for unit in self._inside.get(place, ())} - seen
        return found

    def _line(self, place: str) -> tuple[str, ...]:
        if place not in self._lines:
            self._lines[place] = lineage(place, self._regions)
        return self._lines[place]


def _named(records: Records, table: str, columns: Sequence[str]) -> dict[str, Named]:
    """Return by column where a table states it; one query."""
    inside = ~nw.col("region").is_null() & nw.col("period").is_in(list(records.periods))
    stated = (
        records.table(table)
        .filter(inside)
        .group_by("region", "period", "region_code")
        .agg(*(nw.col(column).count() for column in columns))
    )
    rows = records.collected(stated)
    return {
        column: {
            (str(region), str(period)): frozenset(own["region_code"])
            for (region, period), own in rows.filter(pl.col(column) > 0).group_by(
                "region", "period"
            )
        }
        for column in columns
    }


def _shown(at: tuple[str, str], one: Sequence[str], other: Sequence[str]) -> str:
    region, period = at
    return f"{region}·{period}: {_few(one)}, {_few(other)}"


def _few(places: Sequence[str]) -> str:
    return " ".join((*places[:EXAMPLES], *("…" for _ in places[EXAMPLES : EXAMPLES + 1]))) or "–"
