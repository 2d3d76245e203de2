"""Storage systems and clean-energy claims of computing centres."""

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.centre_tables import Centres
from suanli.simulation.register import IN_USE, Register
from suanli.simulation.shares import Floats, settled, stream

CAPACITY, IOPS, ADVANCED, CLEAN = "3.2.1.1", "3.2.2.1", "3.2.2.3", "3.4.1.4"
_INTERNAL = (0.25, 0.45)
"""Share of a centre's capacity that is inside servers."""
_OPERATIONS = {"internal": 500.0, "all_flash": 4_000.0, "bulk": 250.0}
"""Operations per second and TiB, before they are scaled to the region's."""
_BULK = ("hybrid", "disk", "disk", "tape")
_TEST = {"block_size": 8.0, "read_share": 70.0, "queue_depth": 32.0, "latency_limit": 1.0}
_OWNED, _CERTIFIED = 0.35, 0.25
"""Share of centres that generate themselves, and of contracts whose certificate is claimed too."""


def storage_systems(aims: Aims, of: Centres) -> pl.DataFrame:
    """Return the table of storage systems: inside servers, external all-flash, and external of another medium."""
    rng = stream(aims.seed, "storage_systems")
    listed = of.register
    weights = of.racks_used * listed.drawn(0.5, rng)
    capacity = listed.taken_apart(aims.of(CAPACITY, "TiB"), weights, decimals=1)
    inside = np.round(capacity * rng.uniform(*_INTERNAL, capacity.shape[1]), 1)
    flash = _all_flash(aims, listed, capacity - inside, rng)
    amounts = {
        "internal": inside,
        "all_flash": flash,
        "bulk": np.round(capacity - inside - flash, 8),
    }
    operations = _operations(aims, listed, amounts, capacity, rng)
    bulk = rng.integers(0, len(_BULK), len(listed.ids))
    frames = []
    for number, (name, amount) in enumerate(amounts.items(), start=1):
        period, centre = np.nonzero(amount > 0)
        medium = (
            pl.Series(_BULK)[bulk[centre]]
            if name == "bulk"
            else pl.lit("all_flash" if name == "all_flash" else "disk")
        )
        frames.append(
            pl.DataFrame(
                {
                    "system_id": pl.Series(
                        [f"V{identity[1:]}-{number}" for identity in listed.ids]
                    )[centre],
                    "year": pl.Series(np.array(aims.years)[period]),
                    "facility_id": pl.Series(listed.ids)[centre],
                    "capacity": amount[period, centre],
                    "iops": operations[name][period, centre],
                }
            ).with_columns(
                pl.lit("internal" if name == "internal" else "external").alias("place"),
                medium.alias("medium"),
                *(pl.lit(value).alias(key) for key, value in _TEST.items()),
            )
        )
    columns = ("system_id", "year", "facility_id", "place", "medium", "capacity", "iops", *_TEST)
    return pl.concat(frames).select(columns).sort("year", "system_id")


def clean_energy(aims: Aims, of: Centres) -> pl.DataFrame:
    """Return the table of clean-energy claims; some contracts stand there a second time as their certificates."""
    rng = stream(aims.seed, "clean_energy")
    listed, total = of.register, of.total_energy
    shares = listed.shares(aims.of(CLEAN, "1"), total, listed.offsets(0.8, rng))
    amount = _settled_shares(aims.of(CLEAN, "1"), listed, total, shares)
    owned = np.round(
        amount * (rng.random(amount.shape[1]) < _OWNED) * rng.uniform(0.05, 0.3, amount.shape[1]),
        -2,
    )
    certified = np.where(rng.random(amount.shape) < _CERTIFIED, amount - owned, np.nan)
    frames = [
        _claims(aims, listed, kept, instrument, mark)
        for kept, instrument, mark in (
            (owned, "owned", "A"),
            (amount - owned, "contract", "B"),
            (certified, "certificate", "B"),
        )
    ]
    return pl.concat(frames).sort("year", "facility_id", "instrument")


def _claims(
    aims: Aims, listed: Register, amount: Floats, instrument: str, mark: str
) -> pl.DataFrame:
    period, centre = np.nonzero(amount > 0)
    return pl.DataFrame(
        {
            "facility_id": pl.Series(listed.ids)[centre],
            "year": pl.Series(np.array(aims.years)[period]),
            "amount": amount[period, centre],
        }
    ).select(
        "facility_id",
        "year",
        pl.lit(instrument).alias("instrument"),
        pl.format("{}{}{}", pl.lit(mark), "year", pl.col("facility_id").str.slice(1)).alias(
            "claim_id"
        ),
        "amount",
    )


def _settled_shares(means: Floats, listed: Register, weights: Floats, shares: Floats) -> Floats:
    """Return shares of the weights in round numbers; the sum of a region is its mean's share exactly."""
    amounts = np.full(shares.shape, np.nan)
    for group in listed.groups(IN_USE):
        at = (group.period, group.centres)
        wanted = float(means[group.period, group.region]) * float(weights[at].sum())
        amounts[at] = settled(weights[at] * shares[at], wanted, -2)
    return amounts


def _all_flash(aims: Aims, listed: Register, external: Floats, rng: np.random.Generator) -> Floats:
    means = aims.of(ADVANCED, "1")
    shares = listed.shares(means, external, listed.offsets(0.8, rng))
    return _settled_shares(means, listed, external, shares)


def _operations(
    aims: Aims,
    listed: Register,
    amounts: dict[str, Floats],
    capacity: Floats,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Return operations per second of each system, which add up to the region's rate times its capacity."""
    rates = aims.of(IOPS, "IOPS/TiB")
    factors = {name: _OPERATIONS[name] * listed.drawn(0.3, rng) for name in amounts}
    raw = np.stack([amounts[name] * factors[name] for name in amounts])
    found = np.full(raw.shape, np.nan)
    for group in listed.groups(IN_USE):
        wanted = float(rates[group.period, group.region]) * float(
            capacity[group.period, group.centres].sum()
        )
        mine = raw[:, group.period, group.centres]
        parts = settled((mine * (wanted / mine.sum())).ravel(), wanted, -2)
        found[:, group.period, group.centres] = parts.reshape(mine.shape)
    return dict(zip(amounts, found, strict=True))
