"""The chips of computing centres: one row for each chip of a centre, with its computing power."""

from collections.abc import Mapping
from types import MappingProxyType

import narwhals as nw

from suanli.indicators.families.precision import in_fp32, preference
from suanli.indicators.items import CENTRE_YEAR
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

TFLOPS_PER_EFLOPS = 1e6
_GIGA_PER_TERA = 1e3
_UNKNOWN = 100.0
_BEHIND: Mapping[str, float] = MappingProxyType({"supercomputing": 0.25, "general": 0.5})
"""How far rows of a purpose stand behind an AI row whose precision is as far down; less than one place."""


def centre_chips(records: Records) -> Frame:
    """Return the chips of every centre and year, with the centre's `region`, `period`, `kind`, `status` and `stage`.

    `fp32` and `native` are in EFLOPS (10¹⁸ per second), of all chips of the row. `level` is 1 where the peak follows
    from cores, clock and operations per cycle. A centre that states no chips has one row without figures, so that it
    is told from one that has none. `weight` shares out the centre's standard racks among its rows.
    """
    return records.staged("centre_chips", lambda: _centre_chips(records))


def _centre_chips(records: Records) -> Frame:
    register = records.table("facilities").select(
        *CENTRE_YEAR, "period", "region", "kind", "status", "stage", "racks_built"
    )
    chips = _counted_once(_powers(records)).select(
        *CENTRE_YEAR, "chip", "precision", "fp32", "native", "level"
    )
    joined = register.join(chips, on=list(CENTRE_YEAR), how="left")
    return joined.with_columns(
        nw.len().over(*CENTRE_YEAR).cast(nw.Float64).alias("rows")
    ).with_columns((nw.col("racks_built") / nw.col("rows")).alias("weight"))


def _powers(records: Records) -> Frame:
    """Return every row of the chips with its computing power: chips × peak of a chip."""
    composed = nw.col("flop_per_cycle") * nw.col("clock") * nw.col("cores") / _GIGA_PER_TERA
    unknown = nw.lit(None, dtype=nw.Float64)
    options = records.options
    peaks = records.table("chips").with_columns(composed.alias("composed"))
    peaks = peaks.with_columns(
        in_fp32(nw.col("peak"), nw.col("peak_fp32"), options).alias("stated"),
        in_fp32(nw.col("composed"), unknown, options).alias("made"),
    )
    eflops = nw.col("count") / TFLOPS_PER_EFLOPS
    return peaks.with_columns(
        (nw.coalesce("stated", "made") * eflops).alias("fp32"),
        (nw.coalesce("peak", "composed") * eflops).alias("native"),
        nw.when(nw.col("stated").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("level"),
    )


def _counted_once(chips: Frame) -> Frame:
    """Return one row for each chip of a centre and year: the precision that its purpose asks for, among those known.

    Where rows of several purposes have the precisions that theirs ask for, AI stands before supercomputing, and that
    before general computing.
    """
    gap = nw.when(nw.col("fp32").is_null()).then(nw.lit(_UNKNOWN)).otherwise(nw.lit(0.0))
    behind: nw.Expr = nw.lit(0.0)
    for purpose, step in _BEHIND.items():
        behind = nw.when(nw.col("purpose") == purpose).then(nw.lit(step)).otherwise(behind)
    placed = chips.with_columns((preference() + gap + behind).alias("place"))
    first = nw.col("place").min().over(*CENTRE_YEAR, "chip")
    return placed.with_columns(first.alias("first")).filter(nw.col("place") == nw.col("first"))
