"""Small rules on a register of centres, and records of three provinces."""

from contextlib import contextmanager
from functools import partial

import narwhals as nw

from suanli.indicators.caliber import Caliber
from suanli.indicators.items import as_of, centres, items
from suanli.indicators.rule import Rule
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.records import Records, Span
from suanli.intake.records.schema import table_schemas
from suanli.regions import provinces
from tests.made import framework, indicator
from tests.made_records import write_records

REGIONS = provinces().only(["广东", "贵州", "青海"])
PERIODS = ("2021", "2022")


def centre(name, year, place, built, used=None, **more):
    return {
        "facility_id": name,
        "year": year,
        "region_code": place,
        "kind": "data_centre",
        "status": "in_use",
        "racks_built": built,
        "racks_used": used,
        **more,
    }


TABLES = {
    "facilities": [
        centre("a", 2022, "440106", 10, 5),
        centre("b", 2022, "广东", 30),
        centre("c", 2022, "贵州", 30, 20),
        centre("c", 2019, "贵州", 30, 20),
        centre("d", 2022, "上海", 7, 7),
    ],
    "exchange_points": [{"point_id": "X", "region_code": "520000", "opened": "2017-06-01"}],
}


def racks(records):
    level = nw.when(nw.col("facility_id") == "c").then(nw.lit(1)).otherwise(nw.lit(0))
    return items(
        centres(records),
        record=nw.col("facility_id"),
        numerator=nw.col("racks_used"),
        denominator=nw.col("racks_built"),
        weight=nw.col("racks_built"),
        level=level,
        part=nw.col("kind"),
    )


def counted(records):
    return items(centres(records), record=nw.col("facility_id"), numerator=nw.lit(1.0))


def points(records):
    opened = as_of(records.table("exchange_points"), records.periods)
    return items(opened, record=nw.col("point_id"), numerator=nw.lit(1.0))


def built(records, factor=1.0):
    return items(
        centres(records),
        record=nw.col("facility_id"),
        numerator=nw.col("racks_built") * factor,
        part=nw.col("facility_id"),
    )


_CENTRES = ("facilities",)
_COUNT = Rule("count", counted, "sum", "个", _CENTRES, absent="zero")
RULES = {
    rule.name: rule
    for rule in (
        Rule(
            *("racks", racks, "ratio", "1", _CENTRES),
            levels=("stated", "guessed"),
            beside={"n": Rule("n", counted, "sum", "个", _CENTRES)},
        ),
        _COUNT,
        Rule("points", points, "sum", "个", ("exchange_points",), absent="zero", lasting=True),
        Rule("built", partial(built, factor=1e4), "sum", "个", _CENTRES),
        Rule("chips", counted, "sum", "个", ("chips", "facilities")),
        Rule(
            *("power", built, "sum", "EFLOPS(FP32)", _CENTRES),
            caliber=Caliber("infrastructure"),
        ),
    )
}

FRAMEWORK = framework(
    indicator("u", unit="%", rule="racks"),
    indicator("n", unit="个", rule="count"),
    indicator("x", unit="个", rule="points"),
    indicator("t", unit="万个", rule="built"),
    indicator("plain"),
)


@contextmanager
def records(folder, tables=None, regions=REGIONS, periods=PERIODS, *, engine=None):
    """Yield the records of tables, written into a folder."""
    write_records(folder, TABLES if tables is None else tables)
    files = {
        path.stem: TableFiles(table_schemas()[path.stem], (path.as_posix(),), "parquet", {})
        for path in sorted(folder.iterdir())
    }
    reads = [path for table in files.values() for path in table.paths]
    used = engine or DuckDBEngine(reads=reads)
    opened = Records(used, files, Span(regions, periods))
    try:
        yield opened
    finally:
        if engine is None:
            used.close()
