"""Claims of clean energy, each once, and what centres used by them and by their own meters."""

import narwhals as nw

from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

INSTRUMENTS = ("owned", "contract", "certificate")
"""Instruments of clean energy; a claim that has several counts as the first of them."""

CLAIMED = (*INSTRUMENTS, "owned_claims")
"""Columns of a claim that are added up by centre and year."""

_NONE = nw.lit(0.0)
_UNKNOWN = nw.lit(None, dtype=nw.Float64)


def distinct_claims(records: Records) -> Frame:
    """Return the claims of each centre and year in kWh: `facility_id`, `year` and the columns `CLAIMED`.

    A contract and the certificate issued for it are one claim at a centre, which counts by the first instrument alone.
    The column of that instrument has the amount, the others are null; `owned_claims` is 1 for own generation, else 0.
    """
    place: nw.Expr = nw.lit(len(INSTRUMENTS))
    for order, name in enumerate(INSTRUMENTS):
        place = nw.when(nw.col("instrument") == name).then(nw.lit(order)).otherwise(place)
    placed = records.table("clean_energy").with_columns(place.alias("place"))
    first = nw.col("place").min().over("facility_id", "year", "claim_id")
    distinct = placed.with_columns(first.alias("first")).filter(nw.col("place") == nw.col("first"))
    marked = distinct.with_columns(
        nw.when(nw.col("instrument") == name).then(nw.col("amount")).otherwise(_UNKNOWN).alias(name)
        for name in INSTRUMENTS
    )
    own = nw.when(nw.col("owned").is_null()).then(_NONE).otherwise(nw.lit(1.0))
    return marked.select("facility_id", "year", *INSTRUMENTS, own.alias("owned_claims"))


def with_clean_energy(records: Records, energy: Frame, claims: Frame) -> Frame:
    """Return centres' energy with what they used of each of `INSTRUMENTS`, and `clean`, their sum, in kWh.

    Own generation that is metered counts where none is claimed: it is unknown where the centre has a meter of it whose
    amount is not known, and 0 where it has none. All is unknown in years in which nobody claims anything.

    Parameters
    ----------
    records
        Of the study.
    energy
        Rows of `facility_id` and `year` with `clean_energy`, what its meters counted, null where that is not known.
    claims
        The columns `CLAIMED` of `distinct_claims`, added up by centre and year.
    """
    years = claims.select("year").unique().with_columns(nw.lit(1).alias("listed"))
    meters = records.table("meters").filter(nw.col("quantity") == "clean_energy")
    own_meters = meters.select("facility_id").unique().with_columns(nw.lit(1).alias("own_meter"))
    joined = (
        energy.join(claims, on=["facility_id", "year"], how="left")
        .join(years, on="year", how="left")
        .join(own_meters, on="facility_id", how="left")
    )
    unclaimed = nw.when(nw.col("own_meter").is_null()).then(_NONE).otherwise(_UNKNOWN)
    metered = nw.coalesce(nw.col("clean_energy"), unclaimed)
    owned = nw.when(nw.col("owned_claims") > 0).then(nw.col("owned")).otherwise(metered)
    used = {
        "owned": owned,
        **{name: nw.coalesce(nw.col(name), _NONE) for name in INSTRUMENTS[1:]},
    }
    listed = ~nw.col("listed").is_null()
    return joined.with_columns(
        nw.when(listed).then(amount).otherwise(_UNKNOWN).alias(name)
        for name, amount in used.items()
    ).with_columns((nw.col("owned") + nw.col("contract") + nw.col("certificate")).alias("clean"))
