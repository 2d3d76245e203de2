import pytest

from suanli.intake.records.meter_units import factored_meters, meter_factor, meter_factors
from tests.unit.intake.records.sound_tables import records_of


@pytest.mark.parametrize(
    ("quantity", "carrier", "unit", "factor"),
    [
        ("total_energy", "electricity", "kWh", 1.0),
        ("total_energy", None, "MWh", 1000.0),
        ("it_energy", "electricity", "万千瓦时", 10_000.0),
        ("total_energy", "heat", "GJ", 1e6 / 3600),
        ("total_energy", "diesel", "L", 9.9),
        ("total_energy", "diesel", "m³", 9900.0),
        ("total_energy", "gas", "m³", 10.5),
        ("total_energy", "gas", "Nm³", 10.5),
        ("total_energy", "gas", "kWh", 1.0),
        ("clean_energy", "electricity", "GWh", 1e6),
        ("water", "water", "m³", 1000.0),
        ("water", None, "吨", 1000.0),
        ("carbon", "none", "t", 1000.0),
        ("carbon", None, "kgCO₂", 1.0),
        ("electricity_cost", "electricity", "万元", 10_000.0),
    ],
)
def test_factors(quantity, carrier, unit, factor):
    assert meter_factor(quantity, carrier, unit) == pytest.approx(factor, rel=1e-15)


@pytest.mark.parametrize(
    ("quantity", "carrier", "unit"),
    [
        ("total_energy", "electricity", "L"),
        ("total_energy", "diesel", "kg"),
        ("total_energy", "water", "kWh"),
        ("it_energy", "diesel", "L"),
        ("water", "water", "kWh"),
        ("water", "electricity", "L"),
        ("carbon", None, "L"),
        ("electricity_cost", None, "USD"),
        ("total_energy", "electricity", "kWhh"),
        ("total_energy", "electricity", ""),
        ("heat", None, "kWh"),
    ],
)
def test_no_factor(quantity, carrier, unit):
    assert meter_factor(quantity, carrier, unit) is None


METERS = [
    {"meter_id": "a", "quantity": "water", "unit": "m³"},
    {"meter_id": "b", "quantity": "total_energy", "carrier": "diesel", "unit": "L"},
    {"meter_id": "c", "quantity": "total_energy", "carrier": "diesel", "unit": "L"},
    {"meter_id": "d", "quantity": "total_energy", "carrier": "diesel", "unit": "kg"},
    {"meter_id": "e", "quantity": None, "unit": "kg"},
]


def test_factors_of_the_meters():
    with records_of({"meters": METERS}) as records:
        factors = records.collected(meter_factors(records)).sort("quantity", "carrier", "unit")
        meters = records.collected(factored_meters(records)).sort("meter_id")
    assert factors.rows() == [
        ("total_energy", "diesel", "L", 9.9),
        ("total_energy", "diesel", "kg", None),
        ("water", "", "m³", 1000.0),
    ]
    assert meters.select("meter_id", "carrier", "factor").rows() == [
        ("a", None, 1000.0),
        ("b", "diesel", 9.9),
        ("c", "diesel", 9.9),
        ("d", "diesel", None),
        ("e", None, None),
    ]


def test_no_meters_have_no_factors():
    with records_of({}) as records:
        assert records.collected(meter_factors(records)).rows() == []
