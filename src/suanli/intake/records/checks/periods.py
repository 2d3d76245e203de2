"""Years that a rule needs and the records lack."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import narwhals as nw

from suanli.intake.records.checks.columns import FIRST_YEAR, LAST_YEAR
from suanli.intake.records.checks.conditions import (
    Condition,
    counted,
    met,
    of_table,
    problem,
    rows_of,
    told,
    written,
)
from suanli.intake.records.records import Records
from suanli.intake.records.schema import table_schemas
from suanli.language import Text
from suanli.problems import Place, Problem, Severity

SHIPMENT_YEARS = 6
"""Years of shipments that a period adds up, its own included."""

_STANDING = ("exchange_points", "ai_services", "honours", "server_shipments")
"""Tables of which earlier years count too: only one without any rows is amiss. Shipments have a check of their own."""

_COMPONENTS = MappingProxyType({"software_revenue": "component", "it_spending": "component"})


def in_periods(periods: Sequence[str]) -> Mapping[str, nw.Expr]:
    """Return, by a name of its own, whether a dated row is of each period."""
    return {f"in_{period}": nw.col("period") == period for period in periods}


def missing_periods(records: Records, table: str, counts: Mapping[str, int]) -> list[Problem]:
    """Return a warning, naming the periods, if a dated table has no row in some period of the study.

    `counts` are those of `in_periods`, and of all `rows`.
    """
    missing = ", ".join(period for period in records.periods if not counts[f"in_{period}"])
    if not missing or (table in _STANDING and counts["rows"]):
        return []
    condition = of_table("period-without-rows", Severity.WARNING, table)
    said = {"found": Text(missing.replace(", ", "、"), missing)}
    return [_dated(problem(records, condition, missing, said), missing)]


def check_moments(records: Records, table: str, inside: int) -> list[Problem]:
    """Return what is wrong with the moments of a table: none, of no sane year, or outside the study's periods.

    `inside` is how many rows lie within them; `found` of the note on the others is between which moments all rows lie.
    """
    key = table_schemas()[table].key[0]
    raw = records.engine.scan(records.files(table)).select("time", key)
    year, path = nw.col("time").dt.year(), f"{table}.time"
    insane = (year < FIRST_YEAR) | (year > LAST_YEAR)
    expected = f"{FIRST_YEAR}–{LAST_YEAR}"
    conditions = [
        Condition("required-empty", Severity.ERROR, nw.col("time").is_null(), path, (key,)),
        Condition("year-implausible", Severity.ERROR, insane, path, (key, "time"), (), expected),
    ]
    counts = counted(records, raw, conditions)
    problems = met(records, raw, conditions, counts)
    outside = counts["rows"] - counts["met_0"] - inside
    if outside:
        span = raw.select(nw.col("time").min().alias("first"), nw.col("time").max().alias("last"))
        (ends,) = rows_of(records.collected(span))
        found = " – ".join(map(written, ends.values()))
        condition = of_table("rows-outside-periods", Severity.NOTE, path)
        numbers = {"count": outside, "rows": counts["rows"], "periods": ", ".join(records.periods)}
        problems.append(problem(records, condition, found, numbers))
    return problems


def check_shipment_years(records: Records) -> list[Problem]:
    """Return a warning for each kind of server without shipments in a year that a period's six-year sum needs."""
    if not records.has("server_shipments"):
        return []
    years: dict[str, set[int]] = {}
    shipped = records.table("server_shipments").select("kind", "year").drop_nulls().unique()
    for kind, year in records.collected(shipped).iter_rows():
        years.setdefault(kind, set()).add(year)
    stated = table_schemas()["server_shipments"].column("kind")
    labels = dict(zip(stated.values, stated.labels, strict=True))
    problems = []
    for kind in sorted(years):
        needed = {
            int(period) - back for period in records.periods for back in range(SHIPMENT_YEARS)
        }
        missing = ", ".join(map(str, sorted(needed - years[kind])))
        if missing:
            condition = of_table(
                "shipment-years-missing", Severity.WARNING, "server_shipments.year"
            )
            details = {"kind": labels.get(kind, kind), "years": SHIPMENT_YEARS}
            problems.append(_dated(problem(records, condition, missing, details), missing))
    return problems


def check_components(records: Records) -> list[Problem]:
    """Return a warning for each table of components that a place and period does not have all of.

    A place of a region that states some and not all leaves the region without a value, whatever others state.
    """
    problems = []
    for name, column in _COMPONENTS.items():
        if records.has(name):
            problems += _check_components(records, name, column)
    return problems


def _check_components(records: Records, name: str, column: str) -> list[Problem]:
    whole = len(table_schemas()[name].column(column).values)
    rows = records.table(name).filter(
        nw.col("period").is_in(list(records.periods)) & ~nw.col("region").is_null()
    )
    counted = rows.group_by("region", "region_code", "period").agg(
        nw.col(column).n_unique().cast(nw.Int64).alias("present")
    )
    condition = Condition(
        "components-missing",
        Severity.WARNING,
        nw.col("present") < whole,
        f"{name}.{column}",
        ("region_code", "period"),
        ("present",),
        str(whole),
    )
    return told(records, counted, [condition])


def _dated(found: Problem, periods: str) -> Problem:
    place = Place(file=found.place.file, path=found.place.path, period=periods)
    return Problem(found.code, found.severity, place, found.found, found.expected, found.details)
