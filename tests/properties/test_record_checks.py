"""Sound records stay clean whatever their size; one fault anywhere is found, counted and named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.intake.records.schema import table_schemas
from tests.unit.intake.records.sound_tables import checked, sound_tables

# codes of prefectures with coordinates that are apart by more than probes of 12 ms can be fast
PLACES = [
    ("110000", 116.4, 39.9),
    ("310000", 121.5, 31.2),
    ("440100", 113.3, 23.1),
    ("510100", 104.1, 30.7),
]
NAMES = (
    *("facilities", "weather_stations", "chips", "clean_energy", "storage_systems", "egress_links"),
    *("meters", "meter_readings", "meter_registers", "probes", "honours"),
)
BOUNDED = [
    (name, column.name, column.least - 1 if column.least is not None else column.most + 1)
    for name in NAMES
    for column in table_schemas()[name].columns
    if column.least is not None or column.most is not None
]
REQUIRED = [
    (name, column.name, None)
    for name in NAMES
    for column in table_schemas()[name].columns
    if column.required and column.kind != "flag"
]
CHOSEN = [
    (name, column.name, "other than allowed")
    for name in NAMES
    for column in table_schemas()[name].columns
    if column.values and column.kind == "text" and "other" not in column.values
]
CODES = {
    **dict.fromkeys(BOUNDED, "value-out-of-bounds"),
    **dict.fromkeys(REQUIRED, "required-empty"),
    **dict.fromkeys(CHOSEN, "value-not-allowed"),
}


@st.composite
def sound(draw):
    centres = draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=4))
    first = draw(st.integers(2000, 2030))
    years = tuple(range(first, first + draw(st.integers(1, 3))))
    names = draw(
        st.lists(
            st.text("AB算力-.'\"", min_size=1, max_size=6), min_size=4, max_size=4, unique=True
        )
    )
    places = dict(zip([f"F{name}" for name in names], centres, strict=False))
    return sound_tables(*NAMES, places=places, years=years), tuple(map(str, years))


@settings(max_examples=8)
@given(sound())
def test_sound_records_are_clean(records):
    tables, periods = records
    assert checked(tables, periods=periods) == {}


@settings(max_examples=25)
@given(sound(), st.sampled_from(list(CODES)), st.data())
def test_one_fault_is_found(records, fault, data):
    tables, periods = records
    table, column, wrong = fault
    row = data.draw(st.sampled_from(tables[table]))
    row[column] = wrong
    problem = checked({table: tables[table]}, periods=periods)[CODES[fault], f"{table}.{column}"]
    assert problem.details["count"] == 1
    key = table_schemas()[table].key[0]
    assert problem.found.startswith("–" if row[key] is None else str(row[key]))
