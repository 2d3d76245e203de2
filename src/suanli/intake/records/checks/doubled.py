"""Figures of a place that a table has more than once: under two spellings, or beside those of its parts."""

import narwhals as nw
import polars as pl

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.engine import Frame
from suanli.intake.records.places import lineage
from suanli.intake.records.records import Records
from suanli.intake.records.schema import TableSchema, table_schemas
from suanli.problems import Problem, Severity
from suanli.regions import Regions


def check_doubled(records: Records) -> list[Problem]:
    """Return what counts twice in tables of figures by place: nothing else in a row tells that it is the same figure.

    A place under two spellings is an error. A place beside others inside it is a warning: its row is a total of
    them, or a remainder that is meant to be added.
    """
    problems = []
    for name, spellings in _spellings(records).items():
        places = _places(spellings, records.regions)
        # most tables spell every place in one way, and name places or their parts, not both
        if places.height > places["place"].n_unique() or (places["whole"] == 0).any():
            problems += _check(records, table_schemas()[name], places)
    return problems


def _spellings(records: Records) -> dict[str, list[str]]:
    """Return the spellings of places in each table that has figures by place; one query for all tables."""
    named = [
        records.table(name)
        .filter(~nw.col("region").is_null())
        .select(nw.lit(name).alias("table"), nw.col(column).alias("spelling"))
        for name, schema in table_schemas().items()
        if records.has(name) and (column := schema.place) == schema.key[0]
    ]
    if not named:
        return {}
    rows = records.collected(nw.concat(named, how="vertical").unique()).sort("table", "spelling")
    return {
        str(table): list(own["spelling"])
        for (table,), own in rows.group_by("table", maintain_order=True)
    }


def _places(spellings: list[str], regions: Regions) -> pl.DataFrame:
    """Return the place that each spelling means, the outermost one around it in the table, and if that is the same."""
    lines = {spelling: lineage(spelling, regions) for spelling in spellings}
    named = {line[0] for line in lines.values()}
    rows = []
    for spelling, line in lines.items():
        *_, outermost = (code for code in line if code in named)
        rows.append((spelling, line[0], outermost, int(line[0] == outermost)))
    schema = {"spelling": pl.String, "place": pl.String, "around": pl.String, "whole": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _check(records: Records, schema: TableSchema, places: pl.DataFrame) -> list[Problem]:
    column = schema.key[0]
    known = records.engine.frame(places.rename({"spelling": column}))
    rows = records.table(schema.name).filter(~nw.col("region").is_null())
    rows = rows.join(known, on=column, how="left")
    others = [name for name in schema.key if name != column]
    path = f"{schema.name}.{column}"
    twice = Condition(
        *("place-stated-twice", Severity.ERROR, nw.col("first") != nw.col("last"), path),
        ("first", "last", *others),
    )
    beside = Condition(
        *("region-beside-its-parts", Severity.WARNING, nw.col("least") < nw.col("most"), path),
        ("around", *others),
    )
    return [
        *told(records, _spread(rows, ["place", *others], column), [twice]),
        *told(records, _spread(rows, ["around", *others], column), [beside]),
    ]


def _spread(rows: Frame, keys: list[str], column: str) -> Frame:
    return rows.group_by(*keys).agg(
        nw.col(column).min().alias("first"),
        nw.col(column).max().alias("last"),
        nw.col("whole").min().alias("least"),
        nw.col("whole").max().alias("most"),
    )
