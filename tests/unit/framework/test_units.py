"""Units as people write them."""

import subprocess
import sys

import numpy as np
import pytest

from suanli.framework import UnitError, bundled, bundled_ids, units
from suanli.framework.vocabulary import COUNTED
from suanli.language import entries

EQUAL = [
    (1, "亿GB", 0.1, "EB"),
    (1, "PB/s", 8000, "Tbps"),
    (8, "Tbps", 1, "TB/s"),
    (1, "EB (2^60 B)", 2**60 / 1e18, "EB"),
    (1, "EB（2^60 B）", 1, "EiB"),
    (1, "TiB", 2**40, "B"),
    (1, "万台", 10_000, "台"),
    (1, "百万元", 0.01, "亿元"),
    (1, "万亿元", 10_000, "亿元"),
    (1, "百亿亿次", 1, "EFLOPS"),
    (1, "百亿亿次/秒", 1000, "PFlops"),
    (1, "EFlops", 1, "EFLOPS(FP32)"),
    (1, "Tflop/s", 1000, "GFLOPS"),
    (58, "%", 0.58, "1"),
    (1, "‰", 0.1, "%"),
    (3, "个百分点", 3, "%"),
    (1, "/", 1, "1"),
    (1, "km/km²", 0.001, "m/m²"),
    (1, "万平方公里", 10_000, "km2"),
    (1, "元/kWh", 1, "元/度"),
    (3, "亿度", 3, "亿kWh"),
    (2, "千瓦时", 2, "kWh"),
    (1, "kgCO2/kWh", 1, "tCO2/MWh"),
    (1, "Mbit/s/标准机架", 1000, "kbps/标准机架"),
    (1, "IOPS/TB", 1000, "IOPS/PB"),
    (1, "EB/EFLOPS", 1, "TB/TFLOPS"),
    (25, "°C", 298.15, "K"),
    (212, "°F", 100, "℃"),
    (1, "100 million yuan", 1, "亿元"),
    (1, "10,000 units", 1, "万台"),
    (1, "10^4 t", 1, "万吨"),
    (1, "户/百人", 0.01, "户/人"),
    (1, "元每千瓦时", 1, "元/kWh"),
    (1, "兆比特/秒", 1, "Mbps"),
    (1, "个/万平方公里", 0.0001, "个/km²"),
]
DIFFERENT = [
    ("台", "户"),
    ("人", "人次"),
    ("元", "美元"),
    ("EFLOPS(FP16)", "EFLOPS(FP32)"),
    ("EFLOPS", "POPS"),
    ("Tbps", "TB"),
    ("EB", "EFLOPS"),
    ("kgCO2", "kg"),
    ("万次", "EFLOPS"),
    ("°C", "台"),
]
UNKNOWN = [
    "",
    "万斗",
    "亿圆",
    "EB (2^50 B)",
    "GBs",
    "元/",
    "/元",
    "万°C",
    "a" * 65,
    "__import__('os')",
    "9**9**9",
    "kg^99",
]


@pytest.mark.parametrize(("value", "unit", "expected", "to"), EQUAL)
def test_conversion(value, unit, expected, to):
    assert units.converted(float(value), unit, to) == pytest.approx(expected, rel=1e-15)
    assert units.converted(float(expected), to, unit) == pytest.approx(value, rel=1e-12)


def test_a_tenth_is_exact():
    assert units.converted(1.0, "亿GB", "EB") == 0.1
    assert units.converted(3.0, "万台", "亿台") == 0.0003


def test_arrays_are_converted_whole_and_not_changed():
    values = np.array([[1.0, np.nan], [0.0, -2.0]])
    made = units.converted(values, "万台", "台")
    np.testing.assert_array_equal(made, [[1e4, np.nan], [0, -2e4]])
    np.testing.assert_array_equal(values, [[1.0, np.nan], [0, -2]])
    assert units.converted(values, "°C", "K")[0, 0] == 274.15


@pytest.mark.parametrize(("unit", "to"), DIFFERENT)
def test_different_things_are_not_converted(unit, to):
    assert units.is_known(unit)
    assert units.is_known(to)
    with pytest.raises(UnitError, match="cannot be converted") as caught:
        units.converted(1.0, unit, to)
    assert caught.value.code == "framework-unit-incompatible"
    assert (caught.value.found, caught.value.expected) == (unit, to)


@pytest.mark.parametrize("unit", UNKNOWN)
def test_unknown_units_are_refused(unit):
    assert not units.is_known(unit)
    with pytest.raises(UnitError, match="is not known"):
        units.converted(1.0, unit, "台")


def test_counted_things_are_all_different():
    found = {units.measure(unit).powers for unit in COUNTED}
    assert len(found) == len(COUNTED)


@pytest.mark.parametrize("unit", list(entries("units")))
def test_the_catalogue_holds_units_that_are_known(unit):
    units.measure(unit)
    entry = entries("units")[unit]
    assert entry["zh"]
    assert entry["en"]
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in entry["en"])
    if "canonical" in entry:
        assert units.measure(unit) == units.measure(entry["canonical"])
        assert "canonical" not in entries("units")[entry["canonical"]]


@pytest.mark.parametrize("framework_id", bundled_ids())
def test_every_unit_of_the_bundled_frameworks_has_a_name(framework_id):
    framework = bundled(framework_id)
    used = {one.unit for one in (*framework.indicators(), *framework.variables)}
    assert used <= set(entries("units"))


def test_labels():
    assert units.label("万台", "en") == "10,000 units"
    assert units.label("亿元", "en") == "100 million yuan"
    assert units.label("km/km²", "en") == "km per km²"
    assert units.label("km/km2", "zh") == "公里/平方公里"
    assert units.label("Kbit", "en") == "Kbit"
    assert units.label("蒲式耳", "en") == "蒲式耳"


def test_spellings_have_one_canonical_form():
    assert {units.canonical(u) for u in ("Mbps", "Mb/s", "兆比特/秒", "Mbit/s")} == {"Mbit/s"}
    assert {units.canonical(u) for u in ("EFlops", "百亿亿次", "EF")} == {"EFLOPS"}
    assert units.canonical("EFLOPS(FP16)") == "EFLOPS(FP16)"
    assert (units.canonical("/"), units.canonical("1"), units.canonical("%")) == ("/", "1", "%")
    assert units.canonical("蒲式耳") == "蒲式耳"


def test_importing_and_naming_units_does_not_load_the_registry():
    program = (
        "import sys, suanli.framework as f\n"
        "from suanli.framework import units\n"
        "f.bundled('ccpe-3.0'); units.label('万台', 'en'); units.is_known('亿元')\n"
        "print(sorted({'pint', 'numpy', 'polars', 'scipy', 'rich', 'click'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
