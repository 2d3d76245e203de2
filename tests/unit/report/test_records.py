import json

import pytest

from suanli.intake.records.schema import table_schemas
from suanli.report.records import table_columns, table_list, tables_json
from tests.unit.report.screens import shown

TABLES = table_schemas()
CLAIMS = TABLES["clean_energy"]


def test_list_in_both_languages():
    tables = [TABLES["facilities"], TABLES["meters"]]
    assert shown(table_list(tables, "zh"), 80) == (
        "表          名称          主键               列数\n"
        "facilities  算力中心名册  facility_id, year    21\n"
        "meters      计量表        meter_id              7"
    )
    assert "Register of computing centres" in shown(table_list(tables, "en"), 80)


def test_columns_in_both_languages():
    zh = shown(table_columns([CLAIMS], "zh"), 100).splitlines()
    assert zh[0] == "清洁能源凭据 [clean_energy]"
    assert "主键：facility_id, year, instrument, claim_id" in zh
    rows = {
        line.split()[0]: line
        for line in zh
        if line and line.split()[0] in ("facility_id", "amount")
    }
    assert "必填；引用 facilities" in rows["facility_id"]
    assert rows["amount"].split() == ["amount", "电量", "数值", "千瓦时", "必填；≥", "0"]
    en = shown(table_columns([CLAIMS], "en"), 120)
    assert "required; one of owned (own generation) / contract" in en
    assert "Key: facility_id, year, instrument, claim_id" in en


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_every_table_fits(language, columns):
    text = shown(table_columns(list(TABLES.values()), language), columns)
    assert all(f"[{name}]" in text for name in TABLES)


@pytest.mark.parametrize(
    ("table", "column", "zh", "en"),
    [
        ("facilities", "load_rate", "0至1", "0 to 1"),
        ("facilities", "racks_used", "≥ 0", "≥ 0"),
        ("weather_stations", "temperature", "−60至60", "−60 to 60"),
    ],
)
def test_bounds(table, column, zh, en):
    for language, bounds in (("zh", zh), ("en", en)):
        lines = shown(table_columns([TABLES[table]], language), 120).splitlines()
        (line,) = (line for line in lines if line.startswith(f"{column} "))
        assert line.endswith(bounds)


def test_json():
    (found,) = json.loads(json.dumps(tables_json([CLAIMS])))
    assert found["table"] == "clean_energy"
    assert found["title"] == {"zh": "清洁能源凭据", "en": "Clean-energy claims"}
    assert found["note"]["en"].startswith("Own generation")
    amount = found["columns"][-1]
    assert amount == {
        "name": "amount",
        "title": {"zh": "电量", "en": "Electricity"},
        "type": "number",
        "unit": "kWh",
        "required": True,
        "values": [],
        "labels": [],
        "min": 0,
        "max": None,
        "refers": None,
    }
    assert tables_json([TABLES["policies"]])[0]["note"] is None
