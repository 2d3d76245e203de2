"""Files that say the same in another order, layout, unit or clock, and a region of which they say nothing."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from suanli.indicators import Recorded
from suanli.indicators.rules import RULES
from suanli.intake import bundled_study, read_study
from suanli.intake.records.schema import table_schemas
from tests.properties.varied_studies import (
    CLOSE,
    Tables,
    base,
    check_same,
    column,
    computed,
    one_parquet,
    rule_names,
    written,
)

STUDIES = ("ccpe-3.0", "cpdi-2.0")
METERED = ("pue", "cue", "wue", "electricity_price", "clean_energy_share")
PROBED = (
    *("delay_between_regions", "loss_between_regions"),
    *("delay_within_region", "loss_within_region"),
)


def test_the_studies_have_gaps_fallbacks_and_pairs_to_lose() -> None:
    made = base("ccpe-3.0")[1]
    assert {problem.code for problem in made.problems} == {"coverage-incomplete", "fallback-used"}
    assert made.grid.values.shape == (2, 31, 53)
    assert made.pairs.height > 900
    assert base("cpdi-2.0")[1].grid.values.shape == (2, 31, 16)


@pytest.mark.parametrize("name", STUDIES)
def test_the_order_of_rows_changes_nothing(name: str, tmp_path: Path) -> None:
    tables, before = base(name)
    generator = np.random.default_rng(20240101)
    mixed = {table: frame[generator.permutation(len(frame))] for table, frame in tables.items()}
    assert not mixed["facilities"].equals(tables["facilities"])
    made = computed(written(tmp_path / "mixed", name, mixed))
    check_same(made, before)


def in_parts(path: Path, frame: pl.DataFrame) -> None:
    """Write parts of unequal size whose names stand in another order, some of them in a folder further down."""
    (path / "z").mkdir(parents=True)
    third = len(frame) // 3
    for part, begin, end in (
        ("z/a", 0, third // 2),
        ("z/b", third // 2, third),
        ("c", third, 2 * third),
        ("b", 2 * third, None),
    ):
        frame[begin:end].write_parquet(path / f"{part}.parquet", row_group_size=100)


def by_year(path: Path, frame: pl.DataFrame) -> None:
    """Write a folder for each year; a column of years is in their names alone."""
    if "year" in frame.columns:
        years = pl.col("year")
    elif "time" in frame.columns:
        years = pl.col("time").dt.year()
    else:
        one_parquet(path, frame)
        return
    for (year,), own in frame.group_by(years.alias("_year")):
        folder = path / f"year={year}"
        folder.mkdir(parents=True)
        own.drop("year", strict=False).write_parquet(folder / "part-0.parquet", row_group_size=7)


def one_csv(path: Path, frame: pl.DataFrame) -> None:
    """Write a CSV file."""
    frame.write_csv(path.with_suffix(".csv"))


def csv_in_parts(path: Path, frame: pl.DataFrame) -> None:
    """Write two CSV files, the later rows in the one whose name comes first."""
    path.mkdir()
    half = len(frame) // 2
    frame[:half].write_csv(path / "b.csv")
    frame[half:].write_csv(path / "a.csv")


LAYOUTS = (in_parts, by_year, one_csv, csv_in_parts, one_parquet)


@pytest.mark.parametrize(("name", "turn"), [("ccpe-3.0", 0), ("ccpe-3.0", 2), ("cpdi-2.0", 1)])
def test_parts_folders_and_formats_change_nothing(name: str, turn: int, tmp_path: Path) -> None:
    """Every table is laid out in another way than its neighbours."""
    tables, before = base(name)
    layouts = {table: LAYOUTS[(at + turn) % len(LAYOUTS)] for at, table in enumerate(tables)}

    def laid_out(path: Path, frame: pl.DataFrame) -> None:
        layouts[path.name](path, frame)

    made = computed(written(tmp_path / "laid-out", name, tables, laid_out))
    check_same(made, before)


# 西藏: its centres, its rows, and what is at its centres
EMPTY = "54"


def without_region(tables: Tables) -> Tables:
    """Return tables without the rows of the region, its centres, and what stands in them or leads to them."""
    register = tables["facilities"].filter(in_region())
    gone = pl.Series(register["facility_id"].unique()).implode()
    found = {}
    for table, frame in tables.items():
        names = [
            name for name in ("facility_id", "source_id", "target_id") if name in frame.columns
        ]
        there = [pl.col(name).is_in(gone) for name in names]
        there += [in_region()] if "region_code" in frame.columns else []
        found[table] = frame.filter(~pl.any_horizontal(there)) if there else frame
    assert len(found["facilities"]) < len(tables["facilities"])
    return found


def in_region() -> pl.Expr:
    return pl.col("region_code").str.starts_with(EMPTY)


def test_a_region_without_records_leaves_the_others_alone(tmp_path: Path) -> None:
    tables = without_region(base("ccpe-3.0")[0])
    codes = list(read_study(bundled_study("ccpe-3.0")).regions.codes)
    others = [code for code in codes if not code.startswith(EMPTY)]
    whole = computed(written(tmp_path / "whole", "ccpe-3.0", tables, regions=codes))
    without = computed(written(tmp_path / "without", "ccpe-3.0", tables, regions=others))
    kept = [codes.index(code) for code in others]
    assert whole.grid.values[:, kept].tobytes() == without.grid.values.tobytes()
    (new,) = set(range(len(codes))) - set(kept)
    own = pl.col("region_code") != codes[new]
    assert whole.measures.filter(own).equals(without.measures)
    assert whole.pairs.equals(without.pairs)
    for code, name in rule_names(whole, "ccpe-3.0").items():
        # of a leading firm it is known where it is, and so where it is not
        nothing = RULES[name].absent == "zero" or name == "leading_firms"
        wanted = 0.0 if nothing else np.nan
        np.testing.assert_array_equal(column(whole, code)[:, new], wanted, err_msg=name)


UNITS = {
    "TiB": ("PiB", 2.0**-10),
    "kWh": ("MWh", 1e-3),
    "kW": ("MW", 1e-3),
    "万元": ("亿元", 1e-4),
    "Gbps": ("Mbit/s", 1e3),
    "Mbit/s": ("Gbps", 1e-3),
    "个": ("万个", 1e-4),
    "户": ("万户", 1e-4),
    "人": ("万人", 1e-4),
    "TFLOPS": ("PFLOPS", 1e-3),
    "PFLOPS": ("TFLOPS", 1e3),
    "ms": ("s", 1e-3),
    "km": ("m", 1e3),
    "台": ("万台", 1e-4),
}
"""By unit of the schema another one, and what a number becomes in it."""


def in_other_units(tables: Tables) -> tuple[Tables, dict[str, str]]:
    """Return tables with every number that has a unit of `UNITS` in the other unit, and what to declare."""
    turned: dict[str, pl.DataFrame] = {}
    declared: dict[str, str] = {}
    for table, frame in tables.items():
        columns = [own for own in table_schemas()[table].columns if own.name in frame.columns]
        numbers = [own for own in columns if own.kind == "number"]
        others = {own.name: UNITS[own.unit] for own in numbers if own.unit in UNITS}
        declared |= {f"{table}.{name}": unit for name, (unit, _) in others.items()}
        products = [pl.col(name) * factor for name, (_, factor) in others.items()]
        turned[table] = frame.with_columns(products)
    return turned, declared


@pytest.mark.parametrize("name", STUDIES)
def test_other_units_change_nothing_if_they_are_declared(name: str, tmp_path: Path) -> None:
    tables, before = base(name)
    turned, units = in_other_units(tables)
    assert len(units) > 5
    made = computed(written(tmp_path / "units", name, turned, units=units))
    np.testing.assert_allclose(made.grid.values, before.grid.values, rtol=CLOSE)
    assert made.measures["measure"].equals(before.measures["measure"])


def test_meters_in_other_units_change_nothing(tmp_path: Path) -> None:
    """Every other meter counts in a unit a thousand or ten thousand times as large."""
    tables, before = base("ccpe-3.0")
    larger = {"kWh": ("MWh", 1e-3), "L": ("m³", 1e-3), "kg": ("t", 1e-3), "元": ("万元", 1e-4)}
    others = tables["meters"].filter(pl.col("unit").is_in(list(larger)))[::2]
    assert others["unit"].n_unique() == len(larger)
    factors = others.select(
        "meter_id", pl.col("unit").replace_strict({u: f for u, (_, f) in larger.items()}).alias("f")
    )
    units = others.select(
        "meter_id", pl.col("unit").replace_strict({u: n for u, (n, _) in larger.items()})
    )
    changed = {**tables, "meters": tables["meters"].update(units, on="meter_id")}
    for table, amount in (("meter_readings", "amount"), ("meter_registers", "reading")):
        joined = tables[table].join(factors, on="meter_id", how="left")
        product = pl.col(amount) * pl.col("f").fill_null(1.0)
        changed[table] = joined.with_columns(product.alias(amount)).drop("f")
    made = computed(written(tmp_path / "units", "ccpe-3.0", changed), *METERED)
    check_metered(made, before, METERED)


def test_moments_in_utc_are_those_of_local_time(tmp_path: Path) -> None:
    """A new year begins eight hours before the year of UTC does."""
    tables, before = base("ccpe-3.0")
    changed = dict(tables)
    for table in ("meter_readings", "meter_registers", "probes"):
        changed[table] = tables[table].with_columns(pl.col("time") - timedelta(hours=8))
    folder = written(tmp_path / "utc", "ccpe-3.0", changed, times="UTC", utc_offset=8)
    check_metered(computed(folder, *METERED, *PROBED), before, (*METERED, *PROBED), exactly=True)
    # and it matters to say so
    wrong = computed(written(tmp_path / "wrong", "ccpe-3.0", changed), "pue")
    assert not np.array_equal(column(wrong, "3.1.2.2"), column(before, "3.1.2.2"))


def test_an_interval_read_twice_is_the_same_interval(tmp_path: Path) -> None:
    tables, before = base("ccpe-3.0")
    halves = pl.col("interval_minutes") / 2
    lengths = tables["meters"].select("meter_id", halves.alias("minutes"))
    first = tables["meter_readings"].join(lengths, on="meter_id").with_columns(pl.col("amount") / 2)
    second = first.with_columns(pl.col("time") + pl.duration(minutes=pl.col("minutes")))
    changed = {
        **tables,
        "meters": tables["meters"].with_columns(halves),
        "meter_readings": pl.concat([first, second]).drop("minutes"),
    }
    made = computed(written(tmp_path / "halves", "ccpe-3.0", changed), *METERED)
    check_metered(made, before, METERED, exactly=True)


def check_metered(
    made: Recorded, before: Recorded, names: tuple[str, ...], *, exactly: bool = False
) -> None:
    named = rule_names(made, "ccpe-3.0")
    assert set(named.values()) == set(names)
    for code in named:
        values, wanted = column(made, code), column(before, code)
        np.testing.assert_allclose(values, wanted, rtol=CLOSE, err_msg=code)
        assert not exactly or values.tobytes() == wanted.tobytes(), code
