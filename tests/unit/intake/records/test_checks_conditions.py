import struct
from datetime import date
from pathlib import Path

import polars as pl

from suanli.intake.records.checks import CHECKS, check_records
from suanli.intake.records.checks.conditions import file_of, rows_of
from suanli.language import entries
from suanli.problems import Severity
from tests.made_records import frame_of
from tests.unit.intake.records.sound_tables import records_of, sound_tables


def test_gravest_come_first():
    tables = sound_tables("production", "facilities", "weather_stations", "supercomputers")
    tables["production"][0]["product"] = "microcomputer"
    tables["facilities"][0]["racks_built"] = None
    tables["supercomputers"][0]["rmax"] = 100.0
    with records_of(tables) as records:
        severities = [problem.severity for problem in check_records(records)]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.NOTE]


def test_the_same_records_give_the_same_problems():
    tables = sound_tables("chips", "facilities")
    for row in tables["chips"]:
        row["count"] = -1.0
    answers = []
    for _ in range(2):
        with records_of(tables) as records:
            answers.append([(one.code, one.found) for one in check_records(records)])
        tables["chips"].reverse()
    assert answers[0] == answers[1]


def test_every_check_is_named_once():
    names = [check.__name__ for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(name.startswith("check_") for name in names)


def test_the_file_of_a_table(tmp_path):
    with records_of(sound_tables("meters")) as records:
        assert file_of(records, "meters") == "meters.parquet"
        assert file_of(records, "chips") == ""
        part = str(tmp_path / "meters" / "part-0.parquet")
        object.__setattr__(records.files("meters"), "paths", (part,))
        assert file_of(records, "meters") == "meters/part-0.parquet"
        parts = [str(tmp_path / "meters" / f"year={year}" / "a.parquet") for year in (2022, 2023)]
        object.__setattr__(records.files("meters"), "paths", tuple(parts))
        assert file_of(records, "meters") == "meters/"


def test_long_and_hostile_texts_are_cut():
    tables = sound_tables("meters")
    tables["meters"][0]["quantity"] = "x" * 10_000
    with records_of(tables) as records:
        problem = next(one for one in check_records(records) if one.code == "value-not-allowed")
    assert len(problem.found) < 100


def test_texts_say_what_they_are_of():
    assert "{count" in entries("problems")["key-repeated"]["zh"]


def test_days_that_python_does_not_know_are_shown_as_text():
    days = pl.DataFrame({"day": [-800_000, 0]}).with_columns(pl.col("day").cast(pl.Date))
    first, second = rows_of(days)
    assert isinstance(first["day"], str)
    assert second["day"] == "1970-01-01"
    assert rows_of(days.tail(1))[0]["day"] == date(1970, 1, 1)


def test_sentences_are_whole_where_the_statistics_of_a_damaged_file_deny_its_rows():
    tables = sound_tables("meter_readings")
    rows = tables["meter_readings"]
    for place, row in enumerate(rows):
        row["amount"] = 100.0 + place
    rows[1]["amount"] = 101.5
    with records_of(tables) as records:
        files = records.files("meter_readings")
        first = Path(files.paths[0])
        second = first.with_name("part-2.parquet")
        object.__setattr__(files, "paths", (str(first), str(second)))
        frame_of("meter_readings", rows[:5]).write_parquet(first, compression="uncompressed")
        frame_of("meter_readings", rows[5:]).write_parquet(second)
        sound, torn = (struct.pack("<d", amount) for amount in (101.5, -101.5))
        first.write_bytes(first.read_bytes().replace(sound, torn))
        (problem,) = [one for one in check_records(records) if one.code == "value-out-of-bounds"]
    assert problem.details["count"] == 1
    assert "such as rows that cannot be named" in problem.message("en")
    assert "例如：无法列出（" in problem.message("zh")
