"""Any precision in FP32."""

import narwhals as nw
import polars as pl
import pytest

from suanli.indicators.families.precision import (
    BIT_WIDTH,
    PRECISIONS,
    bit_width_factor,
    in_fp32,
    preference,
)
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.schema import table_schemas

BY_WIDTH = CaliberOptions()
NATIVE = CaliberOptions(precision="native")


def computed(rows, expression):
    frame = nw.from_native(pl.DataFrame(rows).lazy())
    return nw.to_native(frame.select(expression.alias("x"))).collect()["x"].to_list()


def test_the_table_has_every_precision_of_the_records():
    for table in ("chips", "server_shipments", "supercomputers"):
        assert set(table_schemas()[table].column("precision").values) <= set(PRECISIONS)


def test_factors_halve_with_the_width():
    rows = {"precision": [*PRECISIONS, "FP4"]}
    assert computed(rows, bit_width_factor()) == [2.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25, None]
    assert BIT_WIDTH["TF32"] * 156 == BIT_WIDTH["FP16"] * 312


@pytest.mark.parametrize(
    ("precision", "stated", "own", "by_width", "native"),
    [
        ("FP16", 312.0, 19.5, 156.0, 19.5),
        ("FP16", 312.0, None, 156.0, None),
        ("FP16", None, 19.5, None, 19.5),
        ("FP64", 9.7, 19.5, 19.4, 19.5),
        ("FP32", 5.0, None, 5.0, 5.0),
        ("FP32", None, 5.0, 5.0, 5.0),
        ("FP32", None, None, None, None),
    ],
)
def test_a_figure_by_width_and_by_the_chips_own(precision, stated, own, by_width, native):
    rows = pl.DataFrame(
        {"precision": [precision], "peak": [stated], "own": [own]},
        schema={"precision": pl.String, "peak": pl.Float64, "own": pl.Float64},
    )
    for options, wanted in ((BY_WIDTH, by_width), (NATIVE, native)):
        assert computed(rows, in_fp32(nw.col("peak"), nw.col("own"), options)) == [wanted]


def test_general_chips_count_in_fp32_ai_chips_in_fp16_supercomputers_in_fp64():
    first = {}
    for purpose in table_schemas()["chips"].column("purpose").values:
        places = computed(
            {"purpose": [purpose] * len(PRECISIONS), "precision": PRECISIONS}, preference()
        )
        assert sorted(places) == list(range(len(PRECISIONS)))
        first[purpose] = PRECISIONS[places.index(0)]
    assert first == {"general": "FP32", "ai": "FP16", "supercomputing": "FP64"}
