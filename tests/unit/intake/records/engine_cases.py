"""Files of records in every form that is read, and the rows that any engine must find in them."""

# moments of records are local time: they have no zone
# ruff: noqa: DTZ001

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from suanli.intake.records.engine import TableFiles
from suanli.intake.records.schema import table_schemas

UTC = timedelta(0)


def table(name: str, paths: list[Path], **more) -> TableFiles:
    form = paths[0].suffix[1:]
    units = more.pop("units", {})
    return TableFiles(
        table_schemas()[name], tuple(path.as_posix() for path in paths), form, units, **more
    )


def said(problems):
    """Return problems, each of which can be told in both languages."""
    for problem in problems:
        for language in ("zh", "en"):
            text = problem.message(language) + problem.action(language)
            assert ("。" in text) == (language == "zh"), text
    return list(problems)


def written(path: Path, content: str | bytes | pl.DataFrame) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, pl.DataFrame):
        content.write_parquet(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def parts_of_other_columns(folder: Path) -> TableFiles:
    """Parts with other orders, types, cases and blanks of columns; one lacks the optional ones."""
    first = pl.DataFrame(
        {
            "facility_id": ["F1"],
            "year": pl.Series([2023], dtype=pl.Int16),
            "kind": ["data_centre"],
            "status": ["in_use"],
            "racks_built": [10.5],
        }
    )
    second = pl.DataFrame(
        {
            "Status ": ["in_use"],
            "racks_built": pl.Series([7], dtype=pl.Int32),
            "kind": ["ai_centre"],
            "facility_id": [2],
            "year": ["2022"],
            "fast_network": [True],
            "in_service": [date(2020, 2, 29)],
        }
    )
    paths = [written(folder / "b.parquet", first), written(folder / "a.parquet", second)]
    return table("facilities", paths)


OTHER_COLUMNS = [
    ("2", 2022, "ai_centre", "in_use", 7.0, True, date(2020, 2, 29)),
    ("F1", 2023, "data_centre", "in_use", 10.5, None, None),
]
FACILITY = ("facility_id", "year", "kind", "status", "racks_built", "fast_network", "in_service")

SPELLINGS = """\
facility_id,year,kind,status,racks_built,industries_served,fast_network,in_service,name
 F1 ,2023,data_centre,in_use,1e3,5,是,2023/5/1,"a ""b"", c"
F2,2023.0,data_centre,in_use,-.5,5.0,NO,2023-05-01 0:00,␠␠
F3,,data_centre,in_use,,,,,'x
F4,2023.5,data_centre,in_use,"1,000",5.5,maybe,2023-02-30,\\n
F5,２０２３,data_centre,in_use,nan,1e2,2,5/1/2023,"two
lines"
""".replace("␠", " ")
SPELT = [
    ("F1", 2023, 1000.0, 5, True, date(2023, 5, 1), 'a "b", c'),
    ("F2", 2023, -0.5, 5, False, date(2023, 5, 1), None),
    ("F3", None, None, None, None, None, "'x"),
    ("F4", None, None, None, None, None, "\\n"),
    ("F5", None, None, None, None, None, "two\nlines"),
]
SPELT_COLUMNS = (
    *("facility_id", "year", "racks_built", "industries_served"),
    *("fast_network", "in_service", "name"),
)
# rows by their key, as the file has it
SPELT_MISREAD = {
    "year": (2, ("F4·2023.5", "F5·２０２３")),
    "racks_built": (2, ("F4·2023.5: 1,000", "F5·２０２３: nan")),
    "industries_served": (2, ("F4·2023.5: 5.5", "F5·２０２３: 1e2")),
    "fast_network": (2, ("F4·2023.5: maybe", "F5·２０２３: 2")),
    "in_service": (2, ("F4·2023.5: 2023-02-30", "F5·２０２３: 5/1/2023")),
}

CALLED = """\
meter_id,facility_id,quantity,unit,interval_minutes,category
M1,F, IT耗电 ,kWh,15,UPS输出端
M2,F,Total Energy,kWh,15,3
M3,F,WATER,m³,15,
M4,F,用水,m³,15,
M5,F,,m³,15,4.5
"""
MEANT = [
    ("M1", "it_energy", 1),
    ("M2", "total_energy", 3),
    ("M3", "water", None),
    ("M4", "用水", None),
    ("M5", None, None),
]
FRAME_CALLED = pl.DataFrame(
    {
        "meter_id": ["M1", "M2"],
        "quantity": ["IT耗电", "total energy"],
        "category": [1, 3],
    }
)

MOMENTS = [
    ("2022-12-31T16:00Z", datetime(2023, 1, 1)),
    ("2022-12-31 16:00:00UTC", datetime(2023, 1, 1)),
    ("2023-01-01 00:00:00+08:00", datetime(2023, 1, 1)),
    ("2023-01-01T00:00:00.25-0330", datetime(2023, 1, 1, 11, 30, 0, 250000)),
    ("2023-01-01 00:00:00", datetime(2023, 1, 1)),
    ("2023/1/1 0:00", datetime(2023, 1, 1)),
    ("2023-1-1", datetime(2023, 1, 1)),
    ("2024-02-29 23:59:59.123456", datetime(2024, 2, 29, 23, 59, 59, 123456)),
    ("2023-02-29 00:00:00", None),
    ("2023-01-01 24:00:00", None),
    ("01/02/2023 00:00", None),
]


def moments(folder: Path) -> TableFiles:
    lines = "".join(f"M{number:02},{text},1\n" for number, (text, _) in enumerate(MOMENTS))
    return table("meter_readings", [written(folder / "m.csv", f"meter_id,time,amount\n{lines}")])


def instants(folder: Path) -> TableFiles:
    """Moments with a time zone, without one, and as a day, in Parquet files of their own."""
    start = datetime(2023, 1, 1)
    ids, amounts = ["M1"], [1.0]
    columns = {"plain": pl.Series([start]), "day": pl.Series([start.date()])}
    zoned = pl.Series([datetime(2022, 12, 31, 16)]).dt.replace_time_zone("UTC")
    columns |= {"zoned": zoned.dt.convert_time_zone("America/New_York")}
    paths = [
        written(
            folder / f"{name}.parquet",
            pl.DataFrame({"meter_id": ids, "time": column, "amount": amounts}),
        )
        for name, column in columns.items()
    ]
    return table("meter_readings", paths)


def folders(folder: Path, ending: str) -> TableFiles:
    """Parts whose folders give the year and the place, one of them with signs that are not plain in a path."""
    paths = []
    for year, place, centre in ((2022, "%E5%B9%BF+ 1%25", "F1"), (2023, "北京", "F2")):
        path = folder / f"year={year}" / f"region_code={place}" / f"part 1'{ending}"
        if ending == ".csv":
            content = f"facility_id,kind,status\n{centre},ai_centre,in_use\n"
        else:
            content = pl.DataFrame(
                {"facility_id": [centre], "kind": ["ai_centre"], "status": ["in_use"]}
            )
        paths.append(written(path, content))
    return table("facilities", paths, partitions=("year", "region_code"))


FOLDER_ROWS = [("F1", 2022, "广+ 1%"), ("F2", 2023, "北京")]
NUMBERS_AS_CODES = pl.DataFrame(
    {
        "facility_id": [1.0, 2.5, None],
        "year": [2023.0, 2023.5, float("nan")],
        "kind": ["ai_centre"] * 3,
        "status": ["in_use"] * 3,
        "region_code": [440000, 110105, None],
        "racks_built": [float("nan"), float("inf"), 1e300],
        "fast_network": [1, 0, 2],
    }
)


def rows(engine, files, *columns):
    return sorted(
        engine.collected(engine.scan(files).select(*columns)).rows(), key=lambda row: str(row[0])
    )


def misread(engine, files):
    return {column: (count, texts) for column, count, texts in engine.misread(files)}


def check_engine(engine, tmp_path):
    """Check everything that an engine must read alike."""
    files = parts_of_other_columns(tmp_path / "parts")
    assert rows(engine, files, *FACILITY) == OTHER_COLUMNS
    csv = table("facilities", [written(tmp_path / "c.csv", f"\ufeff{SPELLINGS}")])
    assert rows(engine, csv, *SPELT_COLUMNS) == SPELT
    assert misread(engine, csv) == SPELT_MISREAD
    called = table("meters", [written(tmp_path / "called.csv", CALLED)])
    assert rows(engine, called, "meter_id", "quantity", "category") == MEANT
    assert misread(engine, called) == {"category": (1, ("M5: 4.5",))}
    stored = table("meters", [written(tmp_path / "called.parquet", FRAME_CALLED)])
    assert rows(engine, stored, "meter_id", "quantity", "category") == MEANT[:2]
    gb = table(
        "facilities",
        [written(tmp_path / "g.csv", SPELLINGS.encode("gb18030"))],
        encodings={(tmp_path / "g.csv").as_posix(): "gb18030"},
    )
    assert rows(engine, gb, *SPELT_COLUMNS) == SPELT
    tabs = table(
        "facilities",
        [
            written(
                tmp_path / "t.csv",
                "status\tfacility_id\tyear\tkind\r\nin_use\tF;,1\t2023\tai_centre\r\n",
            )
        ],
    )
    assert rows(engine, tabs, "facility_id", "status") == [("F;,1", "in_use")]
    told = dict(rows(engine, moments(tmp_path), "meter_id", "time"))
    assert told == {f"M{number:02}": found for number, (_, found) in enumerate(MOMENTS)}
    assert misread(engine, moments(tmp_path)) == {
        "time": (3, ("M08·2023-02-29 00:00:00", "M09·2023-01-01 24:00:00", "M10·01/02/2023 00:00"))
    }
    assert rows(engine, instants(tmp_path / "i"), "time") == [(datetime(2023, 1, 1),)] * 3
    utc = [
        written(tmp_path / "i" / "zoned.parquet", pl.read_parquet(tmp_path / "i" / "zoned.parquet"))
    ]
    assert rows(engine, table("meter_readings", utc, clock=UTC), "time") == [
        (datetime(2022, 12, 31, 16),)
    ]
    for ending in (".csv", ".parquet"):
        found = folders(tmp_path / f"x=9{ending}" / "year=1999", ending)
        assert rows(engine, found, "facility_id", "year", "region_code") == FOLDER_ROWS
    codes = table("facilities", [written(tmp_path / "n.parquet", NUMBERS_AS_CODES)])
    assert rows(
        engine, codes, "facility_id", "year", "region_code", "racks_built", "fast_network"
    ) == [
        ("1", 2023, "440000", None, True),
        ("2.5", None, "110105", None, False),
        (None, None, None, 1e300, None),
    ]
    assert {column: count for column, (count, _) in misread(engine, codes).items()} == {
        "year": 1,
        "racks_built": 1,
        "fast_network": 1,
    }


def check_frames(engine):
    """Check that frames go in and come out of an engine as they are."""
    frame = pl.DataFrame(
        {
            "text": ["x'\n\"\\`", None],
            "n, m`": [1.1, None],
            "whole": [2**62, None],
            "day": [date(2023, 1, 1), None],
            "moment": [datetime(2023, 1, 1, 5, 6, 7, 8), None],
            "flag": [True, None],
        },
        schema_overrides={"moment": pl.Datetime("us")},
    )
    assert engine.collected(engine.frame(frame)).equals(frame)
    empty = engine.collected(engine.frame(frame.clear()))
    assert empty.schema == frame.schema
    assert empty.height == 0
    staged = engine.staged(engine.frame(frame))
    again = engine.staged(engine.frame(frame))
    assert engine.collected(staged).equals(engine.collected(again))
