"""Every table of every framework and size conforms to its schema, and is the same for the same seed."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from suanli.intake.records.schema import table_schemas
from suanli.intake.records.writing import conformed
from suanli.simulation.places import great_circle, places
from suanli.simulation.sizes import SIZES
from suanli.simulation.tables import record_tables
from tests.unit.simulation.fake_targets import fake_targets
from tests.unit.simulation.references import unmatched

STUDIES = [
    ("ccpe-3.0", "small"),
    ("ccpe-3.0", "medium"),
    ("ccpe-3.0-city", "small"),
    ("cpdi-2.0", "small"),
]
NEEDED = {
    "cpdi-2.0": {
        *("facilities", "chips", "server_shipments", "supercomputers", "production"),
        *("software_revenue", "intellectual_property", "research_spending", "operator_networks"),
        *("it_spending", "region_statistics"),
    },
    "ccpe-3.0": {
        *("facilities", "chips", "meters", "meter_readings", "meter_registers", "clean_energy"),
        *("storage_systems", "egress_links", "probes", "access_nodes", "key_sites"),
        *("exchange_points", "operator_networks", "households", "access_speeds", "ai_services"),
        *("policies", "industry_events", "honours", "firms", "graduates", "weather_stations"),
        *("intellectual_property", "research_spending", "region_statistics"),
    },
    "ccpe-3.0-city": {"facilities", "chips", "meters", "meter_readings", "ai_services"},
}
studies = pytest.mark.parametrize(("framework_id", "size"), STUDIES)


@studies
def test_tables_are_those_that_the_framework_needs(tables, framework_id, size):
    names = set(tables(framework_id, size))
    assert names - {"meter_registers"} == NEEDED[framework_id] - {"meter_registers"}


@studies
def test_rows_conform_to_their_schemas(tables, framework_id, size):
    for name, frame in tables(framework_id, size).items():
        schema = table_schemas()[name]
        whole = conformed(schema, frame)
        assert whole.height > 0, name
        assert whole.select(schema.key).is_unique().all(), name
        for column in schema.columns:
            if column.name in whole.columns:
                check_column(f"{name}.{column.name}", column, whole[column.name].drop_nulls())


def check_column(name, column, values):
    if column.values:
        assert set(values.cast(pl.String).unique()) <= set(column.values), name
    if column.kind == "number":
        assert values.is_finite().all(), name
    if column.least is not None and values.len():
        assert values.min() >= column.least, name
    if column.most is not None and values.len():
        assert values.max() <= column.most, name


@studies
def test_rows_refer_to_rows_there_are(tables, framework_id, size):
    made = tables(framework_id, size)
    assert unmatched(made) == []
    codes = set(fake_targets(framework_id).regions.codes)
    for name, frame in made.items():
        if "region_code" in frame.columns:
            assert set(frame["region_code"].unique()) <= codes, name


@studies
def test_what_is_said_of_a_centre_is_plausible(tables, framework_id, size):
    rows = tables(framework_id, size)["facilities"].filter(status="in_use")
    assert (rows["racks_used"] <= rows["racks_built"]).all()
    assert (rows["racks_used"] > 0).all()
    assert rows["load_rate"].is_between(0.01, 1).all()
    assert (rows["in_service"].dt.year() <= rows["year"]).all()
    assert rows["stage"].is_null().all()
    if "reported_pue" in rows.columns:
        assert rows["reported_pue"].is_between(1, 4).all()
    building = tables(framework_id, size)["facilities"].filter(status="under_construction")
    assert building["in_service"].is_null().all()
    assert building["stage"].is_not_null().all()


def test_centres_of_provinces_stay_about_their_capital(tables):
    rows = tables("ccpe-3.0")["facilities"]
    for code, longitude, latitude in rows.select(
        "region_code", "longitude", "latitude"
    ).iter_rows():
        home = places()[code]
        start = np.array([home.longitude, home.latitude])
        assert great_circle(start, np.array([longitude, latitude])) < 121
    moved = rows.group_by("facility_id").agg(pl.col("longitude", "latitude").n_unique())
    assert moved["longitude"].max() == moved["latitude"].max() == 1
    assert rows["longitude"].n_unique() > 0.9 * rows["facility_id"].n_unique()
    cities = tables("ccpe-3.0-city")["facilities"]
    assert cities["longitude"].is_null().all()


def test_centres_differ_in_size_and_stay_from_year_to_year(tables):
    rows = tables("ccpe-3.0", "medium")["facilities"].filter(status="in_use")
    spread = rows.group_by("region_code", "year").agg(
        times=pl.col("racks_built").max() / pl.col("racks_built").median()
    )
    assert (spread["times"] > 4).all()
    both = rows.group_by("facility_id").agg(pl.len())
    assert (both["len"] == 2).mean() > 0.6
    opened = rows.filter(year=2023).join(rows.filter(year=2022), on="facility_id", how="anti")
    assert (opened["in_service"] >= date(2023, 1, 1)).all()
    # whatever was being built is the first to open
    assert (
        tables("ccpe-3.0", "medium")["facilities"]
        .filter(
            pl.col("facility_id").is_in(opened["facility_id"].implode()),
            status="under_construction",
        )
        .height
    )


def test_loads_have_seasons_weeks_and_days():
    aimed = fake_targets("ccpe-3.0", count=1)
    size = SIZES["medium"]
    made = {}
    for name, _, frame in record_tables(aimed, size, seed=1):
        made.setdefault(name, []).append(frame)
    meters, readings = pl.concat(made["meters"]), pl.concat(made["meter_readings"])
    rows = readings.join(meters, on="meter_id").filter(
        interval_minutes=1440.0, quantity="total_energy"
    )
    day = rows.group_by(pl.col("time").dt.month().alias("month")).agg(pl.col("amount").mean())
    month = dict(day.iter_rows())
    assert month[7] > 1.03 * month[2]
    week = dict(
        rows.group_by(pl.col("time").dt.weekday().alias("day"))
        .agg(pl.col("amount").mean())
        .iter_rows()
    )
    assert min(week[one] for one in range(1, 6)) > max(week[6], week[7])


def test_the_same_seed_gives_the_same_rows(tables):
    aimed = fake_targets("ccpe-3.0")
    again = list(record_tables(aimed, SIZES["small"], seed=1))
    for name in ("facilities", "chips", "probes", "meter_registers", "egress_links"):
        frames = pl.concat([frame for table, _, frame in again if table == name])
        assert frames.equals(tables("ccpe-3.0")[name]), name
    other = next(iter(record_tables(aimed, SIZES["small"], seed=2)))[2]
    assert not other["racks_built"].equals(tables("ccpe-3.0")["facilities"]["racks_built"])


def test_parts_are_limited(tables):
    from dataclasses import replace

    size = replace(SIZES["medium"], part_rows=20_000)
    aimed = fake_targets("ccpe-3.0")
    parts = [
        (name, part, frame.height)
        for name, part, frame in record_tables(aimed, size, seed=1)
        if name in ("meter_readings", "probes")
    ]
    assert max(height for *_, height in parts) <= 20_000
    for table in ("meter_readings", "probes"):
        numbers = [part for name, part, _ in parts if name == table]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) > 5


def test_a_missing_target_is_told():
    aimed = fake_targets("cpdi-2.0")
    aimed.values[0, 0, aimed.codes.index("2.2.3.1")] = np.nan
    with pytest.raises(ValueError, match=r"targets of 2\.2\.3\.1 are incomplete"):
        list(record_tables(aimed, SIZES["small"], seed=1))
