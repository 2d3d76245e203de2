"""Small tables whose plain sums depend on the order of their rows: the values of rules do not."""

import tempfile
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from suanli.indicators.rules import RULES
from tests.made_records import Rows
from tests.unit.indicators.made_families import opened, values

TENTHS = (0.1, 0.2, 0.3)
PLACE = ("110000", "2023")
CENTRE = {"year": 2023, "region_code": "110000", "kind": "data_centre", "status": "in_use"}
AT_F = {"facility_id": "f", "year": 2023}
METER = {"facility_id": "f", "unit": "kWh", "interval_minutes": 525600}
PROBE = {"source_id": "f", "target_id": "g", "sent": 1, "lost": 0, "direction": "one_way"}


def centres(*names: str, **further: Any) -> Rows:
    return [{"facility_id": name, **CENTRE, **further} for name in names]


def amounts(column: str, name: str, **further: Any) -> Rows:
    """Return a row for each tenth, with a name of its own."""
    return [{name: f"n{at}", column: tenth, **further} for at, tenth in enumerate(TENTHS)]


METERS = [
    {"meter_id": "i", "quantity": "it_energy", **METER},
    *({"meter_id": f"n{at}", "quantity": "total_energy", **METER} for at in range(3)),
]
READ_ONCE = {"meter_id": "i", "time": "2023-01-01T00:00:00", "amount": 1.0}
STORED = {**AT_F, "place": "external", "medium": "disk"}
CASES: Mapping[str, Mapping[str, Rows]] = {
    "computing_revenue": {
        "facilities": amounts("revenue", "facility_id", **CENTRE),
    },
    "rack_utilisation": {
        "facilities": amounts("racks_used", "facility_id", **CENTRE, racks_built=1.0),
    },
    "compute_in_use": {
        "facilities": centres("f"),
        "chips": amounts("peak", "chip", **AT_F, purpose="ai", precision="FP32", count=1e6),
    },
    "broadband_ports": {
        "operator_networks": amounts("broadband_ports", "operator", region_code="11", year=2023),
    },
    "pue": {
        "facilities": centres("f"),
        "meters": METERS,
        "meter_readings": [
            READ_ONCE,
            *amounts("amount", "meter_id", time="2023-01-01T00:00:00"),
        ],
    },
    "storage_capacity": {
        "facilities": centres("f"),
        "storage_systems": amounts("capacity", "system_id", **STORED),
    },
    "storage_per_rack": {
        "facilities": centres("f", racks_built=1.0),
        "storage_systems": amounts("capacity", "system_id", **STORED),
    },
    "storage_compute_balance": {
        "facilities": centres("f"),
        "storage_systems": [{"system_id": "s", "capacity": 2.0**20, **STORED}],
        "chips": amounts("peak", "chip", **AT_F, purpose="ai", precision="FP32", count=1e6),
    },
    "centre_egress_bandwidth": {
        "facilities": centres("f"),
        "egress_links": amounts("bandwidth", "link_id", **AT_F, network="metro"),
    },
    "clean_energy_share": {
        "facilities": centres("f"),
        "meters": [{"meter_id": "i", "quantity": "total_energy", **METER}],
        "meter_readings": [READ_ONCE],
        "clean_energy": amounts("amount", "claim_id", **AT_F, instrument="contract"),
    },
    "access_fibre_density": {
        "operator_networks": [
            {"region_code": "110000", "year": 2023, "operator": "A", "access_fibre": 1.0}
        ],
        "region_statistics": [
            {"region_code": code, "year": 2023, "area": tenth}
            for code, tenth in zip(("110101", "110102", "110105"), TENTHS, strict=True)
        ],
    },
    "delay_within_region": {
        "facilities": centres("f", "g"),
        "probes": [
            {**PROBE, "time": f"2023-0{at}-01T00:00:00", "delay": tenth}
            for at, tenth in enumerate(TENTHS, start=1)
        ],
    },
}
"""By rule, tables with three amounts whose sum forwards is not their sum backwards."""


def value(rule: str, tables: Mapping[str, Rows], folder: Path) -> float | None:
    with opened(folder, tables) as records:
        return values(records, RULES[rule])[PLACE]


def test_the_tenths_are_such_that_it_shows() -> None:
    (*_, forwards), (*_, backwards) = accumulate(TENTHS), accumulate(reversed(TENTHS))
    assert forwards != backwards


@pytest.mark.parametrize("rule", CASES)
def test_a_value_is_the_same_backwards(rule: str, tmp_path: Path) -> None:
    turned = {table: list(reversed(rows)) for table, rows in CASES[rule].items()}
    forwards = value(rule, CASES[rule], tmp_path / "forwards")
    backwards = value(rule, turned, tmp_path / "backwards")
    if forwards != pytest.approx(backwards, rel=1e-15):
        pytest.fail(f"{forwards} and {backwards} are not even close")
    assert forwards == backwards


numbers = st.floats(0, 1e7).map(lambda number: round(number, 3))
racks = st.integers(1, 10**6).map(float)
registers = st.lists(
    st.fixed_dictionaries({"racks_built": racks, "racks_used": numbers, "revenue": numbers}),
    min_size=2,
    max_size=6,
)
FIRST = ("rack_utilisation", "computing_revenue", "ai_centres_in_use")


def first_values(rows: Sequence[Mapping[str, Any]]) -> list[float | None]:
    ai = {**CENTRE, "kind": "ai_centre"}
    register = [{"facility_id": f"f{at}", **ai, **row} for at, row in enumerate(rows)]
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder), {"facilities": register}) as records,
    ):
        return [values(records, RULES[name])[PLACE] for name in FIRST]


# an example takes a tenth of a second: one that fails is told as it is found
@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rows=registers, data=st.data())
def test_any_register_may_be_shuffled_and_any_centre_entered_as_two(
    rows: list[dict[str, float]], data: st.DataObject
) -> None:
    rate, revenue, count = first_values(rows)
    assert first_values(data.draw(st.permutations(rows))) == [rate, revenue, count]
    one, *others = data.draw(st.permutations(rows))
    share = data.draw(st.floats(0, 1))
    halves = [
        {name: amount * part for name, amount in one.items()} for part in (share, 1.0 - share)
    ]
    split_rate, split_revenue, split_count = first_values([*others, *halves])
    assert split_rate == pytest.approx(rate, rel=1e-12, abs=1e-12)
    assert split_revenue == pytest.approx(revenue, rel=1e-12, abs=1e-12)
    assert count is not None
    assert split_count == count + 1
