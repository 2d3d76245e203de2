"""Production, revenue, spending, research and intellectual property of regions, component by component."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.shares import Floats, split, stream, whole_split

Parts = Mapping[str, float]

_DEVICES: Parts = MappingProxyType(
    {"server": 0.22, "ai_server": 0.02, "supercomputer": 0.00002, "other_equipment": 0.75998}
)
_CIRCUITS: Parts = MappingProxyType({"processor": 0.12, "memory": 0.21, "other_circuit": 0.67})
_SOFTWARE: Parts = MappingProxyType(
    {
        "products": 0.25,
        "integration": 0.2,
        "consulting": 0.06,
        "data_services": 0.32,
        "embedded": 0.09,
        "ic_design": 0.08,
    }
)
_SPENDING: Parts = MappingProxyType({"hardware": 0.55, "software": 0.15, "services": 0.3})
_MICROCOMPUTERS = 14.0
"""Microcomputers for each computing device; they are produced but do not count."""
_WIDER_RESEARCH = 1.7
"""Research of all electronics manufacturing for each yuan of that of computers."""
_PATENTS = MappingProxyType({"invention_application": "2.3.1.1", "invention_grant": "2.3.1.2"})
_GRANTED: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("invention_grant", "computing"): 0.16,
        ("invention_grant", "storage"): 0.07,
        ("invention_grant", "network"): 0.12,
        ("software_copyright", "computing"): 0.33,
        ("software_copyright", "storage"): 0.12,
        ("software_copyright", "network"): 0.2,
    }
)


def production(aims: Aims) -> pl.DataFrame:
    """Return the table of production in whole pieces; microcomputers are listed beside what counts."""
    rng = stream(aims.seed, "production")
    devices, circuits = aims.of("2.2.1.1", "台"), aims.of("2.2.2.1", "块")
    beside = pl.DataFrame(
        {**aims.region_years(), "quantity": np.rint(devices * _MICROCOMPUTERS).ravel()}
    ).with_columns(pl.lit("microcomputer").alias("product"))
    columns = ("region_code", "year", "product", "quantity")
    return pl.concat(
        [
            _parts(aims, devices, _DEVICES, ("product", "quantity", None), rng),
            beside.select(columns),
            _parts(aims, circuits, _CIRCUITS, ("product", "quantity", None), rng),
        ]
    )


def software_revenue(aims: Aims) -> pl.DataFrame:
    """Return the table of software revenue by component."""
    rng = stream(aims.seed, "software_revenue")
    return _parts(aims, aims.of("2.2.3.1", "万元"), _SOFTWARE, ("component", "revenue", 1), rng)


def it_spending(aims: Aims) -> pl.DataFrame:
    """Return the table of IT spending by component."""
    rng = stream(aims.seed, "it_spending")
    return _parts(aims, aims.of("2.4.2.1", "万元"), _SPENDING, ("component", "amount", 1), rng)


def research_spending(aims: Aims) -> pl.DataFrame:
    """Return the table of research spending by performer; wider manufacturing stands beside that of computers."""
    rng = stream(aims.seed, "research_spending")
    performers: dict[str, Floats] = {}
    if aims.has("2.3.2.1"):
        computers = aims.of("2.3.2.1", "万元")
        performers["computer_manufacturing"] = computers
        wider = computers * _WIDER_RESEARCH * np.exp(rng.normal(0, 0.1, computers.shape))
        performers["electronics_manufacturing"] = np.round(wider, 1)
    if aims.has("3.4.2.5"):
        performers["centre_firms"] = aims.of("3.4.2.5", "万元")
    frames = [
        pl.DataFrame({**aims.region_years(), "amount": amount.ravel()}).select(
            "region_code", "year", pl.lit(name).alias("performer"), "amount"
        )
        for name, amount in performers.items()
    ]
    return pl.concat(frames)


def intellectual_property(aims: Aims) -> pl.DataFrame:
    """Return the table of patents and copyrights, as totals by region and year."""
    rng = stream(aims.seed, "intellectual_property")
    rows: list[tuple[object, ...]] = []
    for period, year in enumerate(aims.years):
        for region, code in enumerate(aims.regions):
            items: dict[tuple[str, str, str], int] = {}
            for kind, indicator in _PATENTS.items():
                if aims.has(indicator):
                    total = float(aims.of(indicator, "件")[period, region])
                    own = rng.uniform(0.05, 0.2)
                    split_up = whole_split(total, np.array([own, 1 - own]))
                    items[kind, "centre_firm", "computing"] = int(split_up[0])
                    items[kind, "other", "computing"] = int(split_up[1])
            if aims.has("3.4.2.6"):
                total = float(aims.of("3.4.2.6", "件")[period, region])
                weights = np.array(list(_GRANTED.values())) * np.exp(rng.normal(0, 0.2, 6))
                for (kind, field), count in zip(_GRANTED, whole_split(total, weights), strict=True):
                    items[kind, "centre_firm", field] = int(count)
            rows += [
                (f"K{code}-{year}-{number}", code, year, *key, float(count))
                for number, (key, count) in enumerate(items.items(), start=1)
            ]
    schema = {
        "record_id": pl.String,
        "region_code": pl.String,
        "year": pl.Int64,
        "kind": pl.String,
        "holder": pl.String,
        "field": pl.String,
        "items": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _parts(
    aims: Aims,
    totals: Floats,
    shares: Parts,
    columns: tuple[str, str, int | None],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return totals by component: the columns' names, and the decimals of the parts or None for whole numbers."""
    component, amount, decimals = columns
    tilt = np.exp(rng.normal(0, 0.25, (len(aims.regions), len(shares))))
    found = np.empty((*aims.shape, len(shares)))
    for at in np.ndindex(aims.shape):
        weights = np.array(list(shares.values())) * tilt[at[1]]
        total = float(totals[at])
        found[at] = (
            whole_split(total, weights) if decimals is None else split(total, weights, decimals)
        )
    rows = np.repeat(np.arange(aims.shape[0] * aims.shape[1]), len(shares))
    keys = {name: column[rows] for name, column in aims.region_years().items()}
    names = pl.Series(list(shares))[np.tile(np.arange(len(shares)), aims.shape[0] * aims.shape[1])]
    return pl.DataFrame({**keys, component: names, amount: found.ravel()})
