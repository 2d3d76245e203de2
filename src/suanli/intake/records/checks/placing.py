"""Places that lie in no region of the study, and centres that moved."""

from collections.abc import Iterator
from dataclasses import dataclass

import narwhals as nw

from suanli.intake.records.checks.conditions import (
    EXAMPLES,
    Condition,
    listed,
    of_table,
    problem,
    row_count,
    told,
    written,
)
from suanli.intake.records.outlines import COORDINATES
from suanli.intake.records.places import located
from suanli.intake.records.records import Records
from suanli.intake.records.schema import table_schemas
from suanli.language import LANGUAGES, Text
from suanli.problems import Problem, Severity
from suanli.regions import Regions

_ELSEWHERE = (
    *("region-not-covered", "region-not-selected", "region-is-province"),
    "place-outside-study",
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A spelling in a table that is no region of the study: in how many rows, what it is, and why."""

    spelling: str
    rows: int
    code: str
    reason: Problem


def check_places(records: Records) -> list[Problem]:
    """Return what is wrong with places that name no region of the study, table by table.

    A place that nobody knows is an error; one that is known but not evaluated, or a total, is a warning: such rows take
    no part. The details hold the reasons of the examples.
    """
    found: dict[tuple[str, str], list[_Place]] = {}
    for table, place in _unplaced(records):
        found.setdefault((table, place.code), []).append(place)
    return [_told(records, table, places) for (table, _), places in found.items()]


def check_moves(records: Records) -> list[Problem]:
    """Return a note if centres stand in different regions in different years: each counts where it stood."""
    if not records.has("facilities"):
        return []
    placed = records.table("facilities").filter(~nw.col("region").is_null())
    stood = placed.group_by("facility_id").agg(
        nw.col("region").n_unique().alias("regions"),
        nw.col("region").min().alias("first"),
        nw.col("region").max().alias("last"),
    )
    condition = Condition(
        *("facility-moved", Severity.NOTE, nw.col("regions") > 1, "facilities.region_code"),
        ("facility_id",),
        ("first", "last"),
    )
    return told(records, stood, [condition])


def check_outlines(records: Records) -> list[Problem]:
    """Return a warning for centres whose coordinates lie in the outline of another region than the one they name.

    The region that is named counts.
    """
    if not (records.has("facilities") and records.outlines("facilities")):
        return []
    centres = records.table("facilities").filter(~nw.col("region_code").is_null())
    both = centres.join(records.outlined("facilities"), on=[*COORDINATES], how="inner")
    condition = Condition(
        *("facility-outside-its-region", Severity.WARNING, nw.col("region") != nw.col("outlined")),
        "facilities.region_code",
        ("facility_id", "year"),
        ("region", "outlined"),
    )
    return told(records, both, [condition])


def _unplaced(records: Records) -> Iterator[tuple[str, _Place]]:
    """Yield the places without a region by table, the most frequent first; one query for all tables."""
    named = [
        records.table(name)
        .filter(nw.col("region").is_null() & ~nw.col(column).is_null())
        .select(nw.lit(name).alias("table"), nw.col(column).alias("place"))
        for name, schema in table_schemas().items()
        if (column := schema.place) and records.has(name)
    ]
    if not named:
        return
    together = nw.concat(named, how="vertical").group_by("table", "place")
    counted = together.agg(nw.len().cast(nw.Int64).alias("rows"))
    order = list(table_schemas())
    rows = records.collected(counted).rows()
    for table, place, count in sorted(rows, key=lambda row: (order.index(row[0]), -row[2], row[1])):
        yield table, _judged(place, count, records.regions)


def _judged(place: str, rows: int, regions: Regions) -> _Place:
    """Return what a place is that lies in no region, by the same search that looked for its region."""
    reason = located(place, regions)
    if not isinstance(reason, Problem):
        message = f"{place} lies in {reason}"
        raise TypeError(message)
    if reason.code == "region-aggregate":
        code = "place-aggregate"
    elif reason.code in _ELSEWHERE:
        code = "place-elsewhere"
    else:
        code = "place-unknown"
    return _Place(place, rows, code, reason)


def _told(records: Records, table: str, places: list[_Place]) -> Problem:
    schema, code = table_schemas()[table], places[0].code
    severity = Severity.ERROR if code == "place-unknown" else Severity.WARNING
    condition = of_table(code, severity, f"{table}.{schema.place}")
    shown = places[:EXAMPLES]
    found = listed([f"{written(place.spelling)} ({place.rows:,})" for place in shown])
    details: dict[str, object] = {
        "count": sum(place.rows for place in places),
        "rows": row_count(records, records.table(table)),
        "places": len(places),
        "found": Text(
            listed([f"{written(place.spelling)}（{place.rows:,}行）" for place in shown], "zh"),
            found,
        ),
    }
    for language in LANGUAGES:
        reasons = dict.fromkeys(place.reason.message(language) for place in shown)
        details[f"reasons_{language}"] = ("" if language == "zh" else " ").join(reasons)
    return problem(records, condition, found, details)
