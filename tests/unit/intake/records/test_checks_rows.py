"""Single rows: what the schema says of a column, and what the columns of a row must be to each other."""

import pytest

from suanli.intake.records.checks import check_records
from suanli.intake.records.schema import table_schemas
from suanli.problems import Severity
from tests.unit.intake.records.sound_tables import checked, found, records_of, sound_tables

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def test_sound_tables_are_clean():
    tables = sound_tables()
    assert set(tables) == set(table_schemas())
    assert all(tables.values())
    assert checked(tables) == {}


def changed(table, at=0, **values):
    tables = sound_tables(table)
    tables[table][at] |= values
    return tables


MOMENT = "F1·F2·2022-06-01 10:00:00"

# what one changed row is: the change, the problem, and what it shows
ROWS = [
    ("production", {"quantity": None},
     "required-empty", "quantity", ERROR, "110000·2022·server"),
    ("facilities", {"kind": ""},
     "required-empty", "kind", ERROR, "F1·2022"),
    ("facilities", {"status": "used"},
     "value-not-allowed", "status", ERROR, "F1·2022: used"),
    ("meters", {"category": 4},
     "value-not-allowed", "category", ERROR, "F1-total: 4"),
    ("facilities", {"load_rate": 1.5},
     "value-out-of-bounds", "load_rate", ERROR, "F1·2022: 1.5"),
    ("facilities", {"industries_served": -1},
     "value-out-of-bounds", "industries_served", ERROR, "F1·2022: -1"),
    ("facilities", {"latitude": -91.0},
     "value-out-of-bounds", "latitude", ERROR, "F1·2022: -91"),
    ("meter_readings", {"amount": -5.0},
     "value-out-of-bounds", "amount", ERROR, "F1-total·2022-01-01 00:00:00: -5"),
    ("honours", {"expires": "2930-01-01"},
     "year-implausible", "expires", ERROR, "H: 2930-01-01"),
    ("production", {"year": 202},
     "year-implausible", "year", ERROR, "110000·202·server"),
    ("facilities", {"racks_used": 1200.0},
     "racks-used-above-built", "racks_used", ERROR, "F1·2022: 1200, 1000"),
    ("facilities", {"stage": "building"},
     "stage-in-use", "stage", WARNING, "F1·2022: building"),
    ("facilities", {"in_service": "2023-01-01"},
     "in-use-before-service", "in_service", WARNING, "F1·2022: 2023-01-01"),
    ("facilities", {"racks_built": None},
     "centre-without-racks", "racks_built", WARNING, "F1·2022"),
    ("facilities", {"racks_built": 0.0, "racks_used": 0.0},
     "centre-without-racks", "racks_built", WARNING, "F1·2022"),
    ("chips", {"peak": None},
     "peak-missing", "peak", WARNING, "F1·2022·A·FP16"),
    ("chips", {"peak": None, "peak_fp32": 9.0},
     "peak-missing", "peak", WARNING, "F1·2022·A·FP16"),
    ("chips", {"precision": "FP64"},
     "precision-unusual", "precision", WARNING, "F1·2022·A: ai, FP64"),
    ("chips", {"precision": "FP32", "peak_fp32": 299.0},
     "peak-fp32-differs", "peak_fp32", WARNING, "F1·2022·A: 300, 299"),
    ("server_shipments", {"mean_compute": None, "clock": 2.0},
     "peak-missing", "mean_compute", WARNING, "110000·2022·general·M"),
    ("server_shipments", {"precision": "INT8"},
     "precision-unusual", "precision", WARNING, "110000·2022·M: general, INT8"),
    ("supercomputers", {"rmax": 12.5},
     "rmax-above-rpeak", "rmax", ERROR, "X-110000·2022·TOP500: 12.5, 12"),
    ("production", {"product": "microcomputer"},
     "microcomputers-left-out", "product", NOTE, "110000·2022: 10"),
    ("households", {"gigabit_covered": 101.0},
     "covered-above-households", "gigabit_covered", ERROR, "110000·2022: 101, 100"),
    ("storage_systems", {"read_share": None},
     "iops-without-conditions", "iops", NOTE, "S-F1·2022: 100000"),
    ("probes", {"lost": 101.0, "delay": None},
     "probe-lost-above-sent", "lost", ERROR, f"{MOMENT}: 100, 101, –"),
    ("probes", {"delay": None},
     "probe-delay-missing", "delay", WARNING, f"{MOMENT}: 100, 1, –"),
    ("probes", {"lost": 100.0, "delay": 0.0},
     "probe-delay-of-lost", "delay", ERROR, f"{MOMENT}: 100, 100, 0"),
    ("probes", {"target_id": "F1"},
     "probe-to-itself", "target_id", ERROR, "F1·F1·2022-06-01 10:00:00: 100, 1, 12"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "values", "code", "column", "severity", "shown"),
    ROWS,
    ids=[f"{row[2]}-{row[0]}-{at}" for at, row in enumerate(ROWS)],
)
def test_one_wrong_row(table, values, code, column, severity, shown):
    tables = changed(table, **values)
    problem = checked(tables)[code, f"{table}.{column}"]
    assert (problem.severity, problem.found) == (severity, shown)
    assert problem.details["count"] == 1
    assert problem.details["rows"] == len(tables[table])
    assert problem.place.file == f"{table}.parquet"


def test_what_is_right_is_not_told():
    names = ("facilities", "chips", "supercomputers", "probes", "households", "weather_stations")
    tables = sound_tables(*names)
    tables["facilities"][0] |= {
        "racks_used": 1000.0,
        "load_rate": 1.0,
        "latitude": 90.0,
        "stage": None,
        "in_service": "2022-12-31",
    }
    tables["chips"][0] |= {"peak": None, "flop_per_cycle": 32.0, "clock": 2.0, "cores": 64.0}
    tables["chips"][1] |= {"precision": "FP32", "peak": None, "peak_fp32": 9.0}
    tables["supercomputers"][0] |= {"rmax": 12.0}
    tables["probes"][0] |= {"lost": 100.0, "delay": None}
    tables["households"][0] |= {"gigabit_covered": 100.0}
    # a centre under construction has a stage, and no racks yet
    built = {**tables["facilities"][0], "facility_id": "F9", "status": "under_construction"}
    tables["facilities"].append(
        built
        | {"stage": "building", "in_service": "2024-01-01", "racks_built": None, "racks_used": None}
    )
    assert checked(tables) == {}


def test_a_day_of_an_implausible_year_is_told_once():
    tables = sound_tables("facilities", "weather_stations")
    tables["facilities"][0]["in_service"] = "2930-01-01"
    assert set(checked(tables)) == {("year-implausible", "facilities.in_service")}


def test_more_lost_than_sent_is_told_once():
    tables = sound_tables("facilities", "weather_stations", "probes")
    tables["probes"][0] |= {"lost": 101.0, "delay": 20.0}
    assert set(checked(tables)) == {("probe-lost-above-sent", "probes.lost")}


def test_native_figures_are_needed_where_the_study_converts_by_them():
    tables = sound_tables("chips")
    tables["chips"][0] |= {"peak_fp32": 19.5}
    problem = found(tables, "peak-missing", "chips", options={"precision": "native"})
    assert (problem.details["count"], problem.details["rows"]) == (5, 6)


def test_examples_are_the_first_five_by_key():
    tables = sound_tables("meter_readings")
    for row in tables["meter_readings"]:
        row["amount"] = None
    tables["meter_readings"].reverse()
    problem = found(tables, "required-empty")
    assert problem.details["count"] == problem.details["rows"] == 72
    moments = [f"F1-total·2022-0{month}-01 00:00:00" for month in range(1, 6)]
    assert problem.found == "; ".join(moments)


def test_sentences():
    problem = found(changed("facilities", racks_used=1200.0), "racks-used-above-built")
    assert problem.message("zh") == (
        "《算力中心名册》共6行，其中1行的已使用标准机架数大于已建成数（依次为已使用、已建成），"
        "例如：F1·2022：1200、1000。"
    )
    assert problem.message("en") == (
        "Register of computing centres: 1 of 6 rows have more racks in use than are fitted out"
        " (in use, fitted out), such as F1·2022: 1200, 1000."
    )


def test_bounds_count_in_the_units_of_the_schema():
    tables = changed("storage_systems", read_share=70.0)
    with records_of(tables) as records:
        units = records.files("storage_systems")
        object.__setattr__(units, "units", {"read_share": "1"})  # stated as a share: 70 is 7000 %
        problem = next(
            one for one in check_records(records) if one.place.path == "storage_systems.read_share"
        )
    assert (problem.code, problem.details["count"]) == ("value-out-of-bounds", 6)
    assert problem.found.startswith("S-F1·2022: 7000")
    assert problem.expected == "0 to 100"
    assert "（0至100）" in problem.message("zh")
    assert "(0 to 100)" in problem.message("en")


@pytest.mark.parametrize(
    ("table", "column", "unit", "shown", "zh", "en"),
    [
        ("storage_systems", "capacity", "PB", "S-F1·2022: -1818.99 TiB", "-1818.99 TB（2^40字节）",
         "-1818.99 TiB"),
        ("facilities", "revenue", "亿元", "F1·2022: -20000 万元", "-20000 万元",
         "-20000 × 10,000 yuan"),
        ("facilities", "load_rate", "%", "F1·2022: -0.02", "-0.02。", "-0.02."),
    ],
)  # fmt: skip
def test_converted_values_are_shown_with_the_unit_of_the_schema(table, column, unit, shown, zh, en):
    tables = changed(table, **{column: -2.0})
    with records_of(tables) as records:
        object.__setattr__(records.files(table), "units", {column: unit})
        problem = next(
            one for one in check_records(records) if one.place.path == f"{table}.{column}"
        )
    assert problem.found.split("; ")[0] == shown
    assert zh in problem.message("zh")
    assert en in problem.message("en")


def test_values_are_called_by_their_labels():
    problem = found(changed("server_shipments", precision="INT8"), "precision-unusual")
    assert problem.found == "110000·2022·M: general, INT8"
    assert "110000·2022·M：通用服务器、INT8。" in problem.message("zh")
    assert "110000·2022·M: general-purpose server, INT8." in problem.message("en")


def test_tables_that_the_study_lacks_are_not_looked_at():
    assert checked({}) == {}


def test_empty_tables_say_nothing_of_rows():
    tables = {name: [] for name in table_schemas()}
    codes = {code for code, _ in checked(tables)}
    assert codes == {"period-without-rows"}


def test_words_that_are_not_allowed_are_told_with_those_that_are():
    problem = found(changed("facilities", status="使用中"), "value-not-allowed")
    assert problem.found == "F1·2022: 使用中"
    assert problem.expected == "in_use / under_construction"
    assert "in_use（在用） / under_construction（在建）" in problem.message("zh")
    # whoever writes tables in Chinese may ask in English what they may write
    assert "in_use (在用) / under_construction (在建)" in problem.message("en")
    meter = found(changed("meters", category=4), "value-not-allowed")
    assert "1（UPS输出端、UPS output）" in meter.message("zh")
    assert "1 (UPS输出端, UPS output)" in meter.message("en")
    # programs write large tables
    problem = found(changed("probes", direction="单向"), "value-not-allowed")
    assert "one_way / round_trip" in problem.message("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_are_read_as_the_values_that_they_name(language):
    tables = sound_tables()
    for name, rows in tables.items():
        for column in table_schemas()[name].columns:
            labels = dict(zip(column.values, column.labels, strict=True))
            for row in rows if column.kind == "text" and not table_schemas()[name].large else ():
                if row.get(column.name) is not None:
                    row[column.name] = (
                        labels[row[column.name]].said(language) if labels else row[column.name]
                    )
    assert checked(tables) == {}


def test_every_way_to_write_a_value_means_one():
    for schema in table_schemas().values():
        for column in schema.columns:
            pairs = list(zip(column.values, column.labels, strict=True))
            for value, label in pairs:
                ways = (value, label.zh, label.en)
                assert {column.spellings[way.lower()] for way in ways} == {value}
            assert len({label.zh for _, label in pairs}) == len(pairs)
