"""Networks of the operators, households, download rates, access nodes, key sites and exchange points."""

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.days_tables import days_of
from suanli.simulation.shares import Floats, fitting_total, split, stream, whole_split

OPERATORS = ("模拟运营商甲", "模拟运营商乙", "模拟运营商丙", "模拟运营商丁")
_SHARES = np.array([0.42, 0.3, 0.22, 0.06])
_AMOUNTS = {
    "broadband_ports": (("3.3.1.1",), "个", "", True),
    "access_fibre": (("3.3.1.2",), "km/km²", "area", False),
    "long_distance_fibre": (("3.3.2.3",), "km/km²", "area", False),
    "fast_ip_line_users": (("3.3.1.6",), "户", "", True),
    "internet_line_users": (("3.3.1.7",), "户", "", True),
    "interprovincial_bandwidth": (("3.3.2.2",), "Gbps", "", False),
    "metro_egress_bandwidth": (("3.3.2.6", "2.4.1.1"), "Gbps", "", False),
    "optical_transport_ports": (("3.3.2.4",), "个", "", True),
    "ip_router_ports": (("3.3.2.7",), "个", "", True),
    "base_stations_5g": (("2.4.1.2",), "1", "base_stations_4g", True),
}
"""Column: its indicators, their unit in the records, the base it is a density or ratio of, whether it is whole."""
TRAFFIC = "2.5.1.1"
_USERS_A_PERSON = {"fixed": 0.45, "mobile": 1.15}
_RATES = {"fixed": "3.3.1.8", "mobile": "3.3.1.9"}


def operator_networks(aims: Aims) -> pl.DataFrame:
    """Return the table of the operators' networks; a region is the sum of its operators."""
    rng = stream(aims.seed, "operator_networks")
    columns: dict[str, Floats] = {}
    for column, (codes, unit, base, counts) in _AMOUNTS.items():
        code = next((code for code in codes if aims.has(code)), None)
        if code is not None:
            totals = aims.of(code, unit) * (aims.base(base) if base else 1.0)
            columns[column] = _by_operator(aims, totals, rng, whole=counts)
    if aims.has("2.4.1.2"):
        stations = aims.base("base_stations_4g")
        columns["base_stations_4g"] = _by_operator(aims, stations, rng, whole=True)
    if aims.has(TRAFFIC):
        columns |= _traffic(aims, rng)
    return pl.DataFrame({**_keys(aims), **{name: part.ravel() for name, part in columns.items()}})


def access_speeds(aims: Aims) -> pl.DataFrame:
    """Return the table of download rates, whose means weighted by users are the targets."""
    rng = stream(aims.seed, "access_speeds")
    frames = []
    for access, code in _RATES.items():
        rates = aims.of(code, "Mbit/s")
        people = aims.base("population") * 10_000 * _USERS_A_PERSON[access]
        users = _by_operator(aims, people, rng, whole=True)
        own = np.round(rates[..., None] * np.exp(rng.normal(0, 0.08, users.shape)), 2)
        main = users.argmax(axis=2)[..., None]
        others = (users * own).sum(axis=2, keepdims=True) - np.take_along_axis(users * own, main, 2)
        exact = (rates[..., None] * users.sum(axis=2, keepdims=True) - others) / np.take_along_axis(
            users, main, 2
        )
        np.put_along_axis(own, main, exact, 2)
        frame = pl.DataFrame({**_keys(aims), "users": users.ravel(), "rate": own.ravel()})
        frames.append(frame.with_columns(pl.lit(access).alias("access")))
    columns = ("region_code", "year", "operator", "access", "users", "rate")
    return pl.concat(frames).select(columns)


def households(aims: Aims) -> pl.DataFrame:
    """Return the table of households and those within reach of gigabit fibre."""
    count = np.rint(aims.base("households"))
    covered = np.rint(count * aims.of("3.3.1.3", "1"))
    return pl.DataFrame(
        {**aims.region_years(), "households": count.ravel(), "gigabit_covered": covered.ravel()}
    )


def access_nodes(aims: Aims) -> pl.DataFrame:
    """Return the table of access nodes, of which as many have OTN and IP lines as the shares of their region say."""
    codes = {"otn": "3.3.1.4", "ip_line": "3.3.1.5"}
    return _flagged(aims, "access_nodes", "node_id", codes, aims.size.nodes)


def key_sites(aims: Aims) -> pl.DataFrame:
    """Return the table of key sites, of which as many have optical cross-connects as the share says."""
    return _flagged(aims, "key_sites", "site_id", {"oxc": "3.3.2.5"}, aims.size.sites)


def exchange_points(aims: Aims) -> pl.DataFrame:
    """Return the table of exchange points, open by the end of each period as many as targeted."""
    rng = stream(aims.seed, "exchange_points")
    frame = days_of(aims, aims.of("3.3.2.1", "个"), rng)
    return frame.select(
        pl.format("X{}-{}", "region_code", "number").alias("point_id"),
        "region_code",
        pl.col("day").alias("opened"),
    )


def _flagged(
    aims: Aims, table: str, key: str, codes: dict[str, str], limits: tuple[int, int]
) -> pl.DataFrame:
    """Return sites, as many in a region as make the shares come out best, with flags of some of them."""
    rng = stream(aims.seed, table)
    shares = {flag: aims.of(code, "1") for flag, code in codes.items()}
    frames = []
    for region, code in enumerate(aims.regions):
        wanted = np.concatenate([share[:, region] for share in shares.values()])
        count = fitting_total(wanted, *limits)
        order = {flag: rng.permutation(count) for flag in shares}
        for period, year in enumerate(aims.years):
            flags = {
                flag: order[flag] < round(float(share[period, region]) * count)
                for flag, share in shares.items()
            }
            ids = [f"{key[0].upper()}{code}-{number:04d}" for number in range(1, count + 1)]
            frame = pl.DataFrame({key: ids, **flags}).with_columns(
                pl.lit(year, dtype=pl.Int64).alias("year"), pl.lit(code).alias("region_code")
            )
            frames.append(frame.select(key, "year", "region_code", *flags))
    return pl.concat(frames)


def _by_operator(aims: Aims, totals: Floats, rng: np.random.Generator, *, whole: bool) -> Floats:
    """Return totals of periods × regions as parts of periods × regions × operators."""
    tilt = np.exp(rng.normal(0, 0.2, (len(aims.regions), len(OPERATORS))))
    found = np.empty((*aims.shape, len(OPERATORS)))
    for at in np.ndindex(aims.shape):
        weights = _SHARES * tilt[at[1]]
        total = float(totals[at])
        found[at] = whole_split(total, weights) if whole else split(total, weights, 1)
    return found


def _traffic(aims: Aims, rng: np.random.Generator) -> dict[str, Floats]:
    users = _by_operator(aims, aims.base("mobile_internet_users") * 10_000, rng, whole=True)
    traffic = _by_operator(aims, aims.of(TRAFFIC, "GB"), rng, whole=False)
    return {
        "mobile_internet_users": users,
        "mobile_data_use": np.divide(traffic, users, out=np.zeros_like(users), where=users > 0),
        "mobile_traffic": traffic,
    }


def _keys(aims: Aims) -> dict[str, pl.Series]:
    """Return region, year and operator of each row: operators within regions within periods."""
    count, places = len(OPERATORS), len(aims.regions) * len(aims.years)
    rows, names = np.repeat(np.arange(places), count), np.tile(np.arange(count), places)
    return {
        **{name: column[rows] for name, column in aims.region_years().items()},
        "operator": pl.Series(OPERATORS)[names],
    }
