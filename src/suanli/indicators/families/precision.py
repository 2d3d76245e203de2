"""Computing power of any precision in single precision (FP32): named tables, and each chip's own figure."""

from collections.abc import Mapping
from types import MappingProxyType

import narwhals as nw

from suanli.intake.records.options import CaliberOptions

BIT_WIDTH: Mapping[str, float] = MappingProxyType(
    {"FP64": 2.0, "FP32": 1.0, "TF32": 1.0, "FP16": 0.5, "BF16": 0.5, "FP8": 0.25, "INT8": 0.25}
)
"""What an operation of each precision counts in FP32, by the width of the number.

TF32 is a choice of its own: it keeps 19 of 32 bits, is stored in 32, and runs at half the rate of FP16 where hardware
has both, so 1 makes the two agree. INT8 counts like FP8 although operations on whole numbers are not floating-point
operations; its native figure stands beside the converted one.
"""

PRECISIONS = tuple(BIT_WIDTH)
"""Precisions in which figures are stated."""

_PREFERRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "general": ("FP32", "FP64", "TF32", "FP16", "BF16", "FP8", "INT8"),
        "ai": ("FP16", "BF16", "TF32", "FP8", "FP32", "INT8", "FP64"),
        "supercomputing": ("FP64", "FP32", "TF32", "FP16", "BF16", "FP8", "INT8"),
    }
)


def in_fp32(stated: nw.Expr, own: nw.Expr, options: CaliberOptions) -> nw.Expr:
    """Return a figure in FP32 of a frame with `precision`, or null.

    By `bit-width` it is the stated figure times the factor of its precision; by `native` the machine's own FP32 figure,
    and nothing where that is not known. What is stated in FP32 needs neither.

    Parameters
    ----------
    stated
        The figure in the row's precision.
    own
        The same machine's FP32 figure.
    options
        Of the study; `precision` decides.
    """
    plain = nw.when(nw.col("precision") == "FP32").then(nw.coalesce(stated, own)).otherwise(None)
    if options.precision == "native":
        return nw.coalesce(own, plain)
    return nw.coalesce(plain, stated * bit_width_factor())


def bit_width_factor() -> nw.Expr:
    """Return the factor of `BIT_WIDTH` for the column `precision`; null for another precision."""
    return _looked_up("precision", BIT_WIDTH)


def preference() -> nw.Expr:
    """Return how far down the precision of a row stands for the chip's `purpose`; the first is 0.

    General-purpose chips count in FP32, AI chips in FP16 and supercomputers in FP64 (white paper of 2023, annex 1), so
    that a chip stated in several precisions counts once, in the first of them.
    """
    order = nw.lit(len(PRECISIONS))
    for purpose, precisions in _PREFERRED.items():
        places = {precision: float(place) for place, precision in enumerate(precisions)}
        order = (
            nw.when(nw.col("purpose") == purpose)
            .then(_looked_up("precision", places))
            .otherwise(order)
        )
    return order


def _looked_up(column: str, numbers: Mapping[str, float]) -> nw.Expr:
    found: nw.Expr = nw.lit(None, dtype=nw.Float64)
    for name, number in numbers.items():
        found = nw.when(nw.col(column) == name).then(nw.lit(number)).otherwise(found)
    return found
