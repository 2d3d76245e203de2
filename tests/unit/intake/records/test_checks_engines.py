"""What is wrong with records is told alike whichever engine looks at them."""

import math

import pytest

from suanli.intake.records import check_tables, open_records, unread
from suanli.intake.records.checks import check_records
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.sources import RecordSources
from suanli.intake.records.span import Span
from suanli.intake.records.split_engine import SplitEngine
from suanli.regions import provinces
from tests.made_records import frame_of
from tests.spark_ready import needs_spark
from tests.unit.intake.records.engine_cases import said, table, written
from tests.unit.intake.records.sound_tables import YEARS, sound_tables

PLANTED = {
    "meter_readings": {
        *("required-empty", "value-out-of-bounds", "year-implausible", "key-repeated"),
        *("reference-unknown", "rows-outside-periods"),
    },
    "meter_registers": {
        *("required-empty", "value-out-of-bounds", "key-repeated", "reference-unknown"),
        "register-reset",
    },
    "probes": {
        *("value-not-allowed", "probe-lost-above-sent", "probe-delay-of-lost", "probe-to-itself"),
        *("key-repeated", "reference-unknown", "probe-delay-missing", "probe-directions-mixed"),
        *("probe-faster-than-light", "rows-outside-periods"),
    },
    "meters": {"meter-unit", "meter-year-empty", "meter-year-short", "meter-spans-differ"},
    "facilities": {
        *("value-not-allowed", "value-out-of-bounds", "racks-used-above-built", "key-repeated"),
    },
    "chips": {"required-empty", "reference-unknown"},
    "households": {"covered-above-households"},
    "software_revenue": {"components-missing"},
}
"""What is wrong with each table after errors were planted in it, and in what it is compared with."""
READINGS = """\
meter_id,time,amount
F1-total,2022-01-01,1
F1-total,2022-02-30,2
F1-total,2022-03-01,"1,0"
"""
PROBES = """\
source_id,target_id,time,sent,lost,delay,direction
F1,F2,2022-01-01,x,1,-,单向
"""
NO_NUMBERS = (math.inf, -math.inf, math.nan)
MISREAD = {"meter_readings": {"time", "amount"}, "probes": {"sent", "delay"}}


def rows_of(tables, name, **where):
    return [row for row in tables[name] if where.items() <= row.items()]


def small_errors(tables):
    tables["facilities"].append({**tables["facilities"][0]})
    tables["facilities"][1] |= {"racks_used": 2000.0, "kind": "garage"}
    tables["facilities"][2]["industries_served"] = -1
    tables["chips"][0] |= {"facility_id": "F9", "count": None}
    tables["meters"][0]["unit"] = "L"
    tables["households"][0]["gigabit_covered"] = 200.0
    tables["software_revenue"].pop()


def reading_errors(tables):
    readings, registers = tables["meter_readings"], tables["meter_registers"]
    own = rows_of(tables, "meter_readings", meter_id="F1-total")
    readings.append({**own[3], "amount": 7.0})
    own[0]["amount"] = -5.0
    own[1]["amount"] = None
    readings.append({**own[2], "meter_id": "nowhere"})
    readings += [{**own[2], "time": f"{year}-05-01T00:00:00"} for year in (1066, 2020, 2024)]
    readings.append({**own[2], "time": None})
    late = [row for row in readings if row["meter_id"] == "F2-total" and "2023-0" in row["time"]]
    empty = [row for row in readings if row["meter_id"] == "F3-total" and "2022-" in row["time"]]
    tables["meter_readings"] = [row for row in readings if row not in (*late, *empty)]
    turned = rows_of(tables, "meter_registers", meter_id="F1-it")
    turned[7]["reading"] = 3.0
    turned[9]["reading"] = None
    registers.append({**turned[2]})
    registers.append({**turned[2], "meter_id": "nowhere", "reading": -1.0})


def probe_errors(tables):
    first = tables["probes"][0]
    planted = (
        {"lost": 200.0},
        {"delay": None},
        {"lost": 100.0},
        {"target_id": "F1"},
        {"direction": "round_trip"},
        {"delay": 0.01},
        {"direction": "sideways"},
        {"target_id": "F9"},
        {},
        {},
    )
    for number, change in enumerate(planted):
        # the last two are of one moment
        time = f"2022-07-{min(number, 8) + 1:02}T00:00:00"
        tables["probes"].append({**first, "time": time, **change})
    tables["probes"].append({**first, "time": "2021-07-01T00:00:00"})


def sources_of(folder, tables, texts=None):
    files = {}
    for name, rows in tables.items():
        path = written(folder / f"{name}.parquet", frame_of(name, rows))
        files[name] = table(name, [path])
    for name, text in (texts or {}).items():
        files[name] = table(name, [written(folder / f"{name}.csv", text)])
    span = Span(provinces(), tuple(map(str, YEARS)))
    return RecordSources(files, span, CaliberOptions(), "reported", "", ())


def problems_of(sources, engine):
    with open_records(sources, engine=engine) as records:
        assert isinstance(records.engine, SplitEngine) is (engine == "spark")
        problems = check_tables(records)
        return said(problems if unread(problems) else problems + check_records(records))


@needs_spark
@pytest.mark.xdist_group("spark")
@pytest.mark.usefixtures("spark")
def test_planted_errors_are_told_alike(tmp_path):
    tables = sound_tables()
    for plant in (small_errors, reading_errors, probe_errors):
        plant(tables)
    sources = sources_of(tmp_path, tables)
    wanted = problems_of(sources, "duckdb")
    found = {}
    for problem in wanted:
        found.setdefault(problem.place.path.partition(".")[0], set()).add(problem.code)
    assert found == PLANTED
    assert problems_of(sources, "spark") == wanted


@needs_spark
@pytest.mark.xdist_group("spark")
@pytest.mark.usefixtures("spark")
def test_values_that_are_none_are_told_alike(tmp_path):
    tables = sound_tables("facilities", "weather_stations", "meters")
    sources = sources_of(tmp_path, tables, {"meter_readings": READINGS, "probes": PROBES})
    wanted = problems_of(sources, "duckdb")
    found = {}
    for problem in wanted:
        if problem.code.startswith("records-not-"):
            name, column = problem.place.path.split(".")
            found.setdefault(name, set()).add(column)
    assert found == MISREAD
    assert problems_of(sources, "spark") == wanted


@needs_spark
@pytest.mark.xdist_group("spark")
@pytest.mark.usefixtures("spark")
def test_amounts_of_parquet_that_are_no_numbers_are_told_alike(tmp_path):
    tables = sound_tables("facilities", "weather_stations", "meters", "meter_readings")
    own = rows_of(tables, "meter_readings", meter_id="F1-total")
    for row, none in zip(own, NO_NUMBERS, strict=False):
        row["amount"] = none
    sources = sources_of(tmp_path, tables)
    wanted, found = ([*problems_of(sources, name)] for name in ("duckdb", "spark"))
    # engines spell them in their own ways where they quote them
    assert wanted.pop(0).code == found.pop(0).code == "records-not-number"
    assert found == wanted
    assert "meter_readings.amount" not in {one.place.path for one in wanted}


@needs_spark
@pytest.mark.xdist_group("spark")
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("large", [True, False])
def test_torn_lines_are_told_alike(tmp_path, large):
    name, headings = ("meter_readings", "time,amount") if large else ("firms", "year,region_code")
    torn = f"{'meter' if large else 'firm'}_id,{headings}\nF1,2022\n"
    sources = sources_of(tmp_path, sound_tables("facilities", "weather_stations"), {name: torn})
    wanted = problems_of(sources, "duckdb")
    assert "row-ragged" in {one.code for one in wanted}
    assert problems_of(sources, "spark") == wanted
