"""Groups whose figures are those of some of their members only."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import narwhals as nw
import polars as pl

from suanli.intake.records.checks.conditions import (
    EXAMPLES,
    listed,
    listed_in_both,
    of_table,
    problem,
)
from suanli.intake.records.checks.periods import SHIPMENT_YEARS
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.places import lineage
from suanli.intake.records.records import Records
from suanli.intake.records.schema import TableSchema, table_schemas
from suanli.problems import Problem, Severity
from suanli.regions import Regions

_WINDOWS: Mapping[str, Callable[[CaliberOptions], int]] = MappingProxyType(
    {
        "server_shipments": lambda options: SHIPMENT_YEARS,
        "intellectual_property": lambda options: options.patent_years,
    }
)
"""Over how many years, its own included, a period adds up the figures of a table; the period alone for others."""


def check_members(records: Records) -> list[Problem]:
    """Return a warning for each table of figures by place in which groups have rows of some members and not of others.

    What such a group adds up to is then less than it is. Every year that a period of the study adds up is looked at by
    itself. A row of the whole group stands for every member, and one of a place inside a member for that member.
    """
    if not records.regions.groups:
        return []
    problems = []
    for (table,), rows in _stated(records).group_by("table", maintain_order=True):
        lacking = _lacking(rows, records.regions)
        if found := [f"{at}: {_few(members)}" for at, members in lacking.items() if members]:
            schema = table_schemas()[str(table)]
            path = f"{schema.name}.{schema.place}"
            condition = of_table("group-members-missing", Severity.WARNING, path)
            few = found[:EXAMPLES]
            details = {"count": len(found), "rows": len(lacking), "found": listed_in_both(few)}
            problems.append(problem(records, condition, listed(few), details))
    return problems


def _stated(records: Records) -> pl.DataFrame:
    """Return which places state figures, by table, group and year (`period`); one query for all tables."""
    named = [
        records.table(name)
        .filter(~nw.col("region").is_null() & nw.col("period").is_in(_years(records, name)))
        .select(
            nw.lit(name).alias("table"), "region", "period", nw.col(schema.place).alias("place")
        )
        for name, schema in table_schemas().items()
        if records.has(name) and schema.place and _by_place(schema)
    ]
    if not named:
        return pl.DataFrame(schema={"table": pl.String})
    rows = records.collected(nw.concat(named, how="vertical").unique())
    return rows.sort("table", "region", "period", "place")


def _by_place(schema: TableSchema) -> bool:
    """Return whether rows are figures of places: a list of things has none where there is nothing to list.

    Patents may be listed or added up by place; no rows of a place are not taken for none.
    """
    return schema.place == schema.key[0] or schema.name in _WINDOWS


def _years(records: Records, table: str) -> list[str]:
    """Return the years whose figures the study's periods add up, as text."""
    window = _WINDOWS[table](records.options) if table in _WINDOWS else 1
    years = {int(period) - back for period in records.periods for back in range(window)}
    return [str(year) for year in sorted(years)]


def _lacking(rows: pl.DataFrame, regions: Regions) -> dict[str, tuple[str, ...]]:
    """Return the members without figures of each group and year that has any."""
    lines = {place: lineage(place, regions) for place in rows["place"].unique()}
    made_of = {group.code: group.members for group in regions.groups}
    lacking = {}
    for (region, period), own in rows.group_by("region", "period", maintain_order=True):
        if region not in made_of:
            # a province or prefecture in the list that is itself and no group
            continue
        stated = [lines[place] for place in own["place"]]
        whole = any(line[0] == region for line in stated)
        inside = {code for line in stated for code in line}
        members = () if whole else made_of[str(region)]
        lacking[f"{region}·{period}"] = tuple(code for code in members if code not in inside)
    return lacking


def _few(members: tuple[str, ...]) -> str:
    return " ".join((*members[:EXAMPLES], *("…" for _ in members[EXAMPLES : EXAMPLES + 1])))
