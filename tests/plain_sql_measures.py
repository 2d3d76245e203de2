"""What the values of ccpe-3.0 rest on in plain SQL: sums, coverage, levels, spreads, parts and figures beside.

Written from the calibers, sharing no line with the rules; provinces only, and the options as they are unless chosen.
`plain_sql.connected` comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import duckdb

from tests.plain_sql_stages import INSIDE, REGION, stage

Rows = Sequence[tuple[Any, ...]]

COLUMNS = (
    *("region", "year", "numerator", "denominator", "used", "eligible"),
    *("weight_used", "weight", "level", "median", "p95"),
)
"""Columns of a query of measures, in order; a sum of nothing is null, and so are median and p95 of a sum."""


@dataclass(frozen=True, slots=True)
class Everything:
    """What the queries give: measures and parts by the rule's key, and the matrix of regions."""

    measures: Mapping[str, Rows]
    parts: Mapping[str, Rows]
    pairs: Rows


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: rows with `region` and `year`, an item each, and the terms that count of them.

    An item counts where both numerator and denominator are known.
    """

    kind: Literal["sum", "ratio"]
    items: str
    numerator: str
    denominator: str = "1"
    weight: str = "1"
    level: str = "0"
    part: str = ""
    where: str = "true"

    @property
    def measures(self) -> str:
        """The query of `COLUMNS`."""
        spread = (
            f"quantile_cont({self.numerator} / nullif({self.denominator}, 0), [0.5, 0.95])"
            if self.kind == "ratio"
            else "NULL::DOUBLE[]"
        )
        weight, used_weight = "count(*)", f"coalesce({self._sum(self.weight)}, 0)"
        if self.weight != "1":
            # a share of a weight that is not known throughout would say nothing
            weighed = f"count({self.weight}) = count(*)"
            weight = f"if({weighed}, sum({self.weight}), NULL)"
            used_weight = f"if({weighed}, {used_weight}, NULL)"
        level = (
            f"if({self._used} > 0, 0, NULL)"
            if self.level == "0"
            else f"max({self.level}){self._only}"
        )
        return (
            f"SELECT region, year, {self._sum(self.numerator)} AS numerator,"
            f" {self._sum(self.denominator)} AS denominator,"
            f" {self._used} AS used, count(*) AS eligible,"
            f" {used_weight} AS weight_used, {weight} AS weight, {level} AS level,"
            f" {spread}[1] AS median, {spread}[2] AS p95"
            f" FROM {self.items} WHERE {self.where} GROUP BY region, year"
        )

    @property
    def parts(self) -> str:
        """The query of `region, year, part, numerator`."""
        known = "".join(f" AND {term} IS NOT NULL" for term in self._unsure)
        return (
            f"SELECT region, year, {self.part} AS part, sum({self.numerator}) AS numerator"
            f" FROM {self.items} WHERE {self.where} AND {self.part} IS NOT NULL{known} GROUP BY ALL"
        )

    @property
    def _unsure(self) -> Sequence[str]:
        """The terms that must be known for an item to count."""
        return [term for term in (self.numerator, self.denominator) if term != "1"]

    @property
    def _only(self) -> str:
        known = " AND ".join(f"{term} IS NOT NULL" for term in self._unsure)
        return f" FILTER ({known})" if known else ""

    @property
    def _used(self) -> str:
        """How many items count."""
        return f"count({self._unsure[0]})" if len(self._unsure) == 1 else f"count(*){self._only}"

    def _sum(self, term: str) -> str:
        """Return the sum of a term over the items that count."""
        if term == "1":
            return self._used
        return f"sum({term})" if self._unsure == [term] else f"sum({term}){self._only}"


def measure_queries() -> Mapping[str, str]:
    """Return the query of each rule's measures, by the key under which the rules' items are kept."""
    return {key: figure.measures for key, figure in FIGURES.items()}


def part_queries() -> Mapping[str, str]:
    """Return the query of each rule's parts, of the rules that name any."""
    return {key: figure.parts for key, figure in FIGURES.items() if figure.part}


def everything(connection: duckdb.DuckDBPyConnection, *, added: str = "sum({0})") -> Everything:
    """Return what all the queries give, after making the tables that they share; `added` as in `stage`."""
    stage(connection, added=added)

    def answers(queries: Mapping[str, str]) -> Mapping[str, Rows]:
        return {key: connection.execute(query).fetchall() for key, query in queries.items()}

    return Everything(
        measures=answers(measure_queries()),
        parts=answers(part_queries()),
        pairs=connection.execute(pair_query()).fetchall(),
    )


def pair_query() -> str:
    """Return the query of the matrix of regions, each unordered pair of them once: as `region_pairs.SCHEMA` has it."""
    return """
    SELECT year, least(ra, rb) AS region, greatest(ra, rb) AS other, count(*) AS pairs,
      avg(delay) AS delay, quantile_cont(delay, [0.5, 0.95])[1] AS delay_median,
      quantile_cont(delay, [0.5, 0.95])[2] AS delay_p95,
      sum(sent) AS sent, sum(lost) AS lost, sum(lost) / nullif(sum(sent), 0) AS loss,
      avg(distance) AS distance,
      avg(theoretical) FILTER (measured IS NOT NULL) AS theoretical,
      sum(measured) FILTER (theoretical IS NOT NULL)
        / nullif(sum(theoretical) FILTER (measured IS NOT NULL), 0) AS delay_ratio
    FROM pairs GROUP BY ALL"""


_PRECISIONS = ("FP64", "FP32", "TF32", "FP16", "BF16", "FP8", "INT8")


def _sum(items: str, numerator: str, **terms: str) -> Figure:
    return Figure("sum", items, numerator, **terms)


def _ratio(items: str, numerator: str, denominator: str = "1", **terms: str) -> Figure:
    return Figure("ratio", items, numerator, denominator, **terms)


def _rows(table: str, columns: str, where: str = INSIDE) -> str:
    return f"(SELECT {REGION}, year, {columns} FROM {table} WHERE {where})"


def _dated(table: str, day: str, when: str, columns: str = "") -> str:
    return (
        f"(SELECT {REGION}, y.year{columns} FROM {table} JOIN years y ON year({day}) {when} y.year)"
    )


def _centre_figures() -> Mapping[str, Figure]:
    centres = {"weight": "racks_built"}
    ai, building = "kind = 'ai_centre' AND status", "under_construction"
    computing = {
        rule: f"status = '{status}'"
        for rule, status in (("compute_in_use", "in_use"), (f"compute_{building}", building))
    }
    of_chip = {"weight": "racks", "level": "level", "part": "precision"}
    return {
        **{
            rule: _sum("installed", "fp32", where=rows, **of_chip)
            for rule, rows in computing.items()
        },
        **{
            f"{rule}/native_{precision.lower()}": _sum(
                "installed", "native", where=f"{rows} AND precision = '{precision}'", **of_chip
            )
            for rule, rows in computing.items()
            for precision in _PRECISIONS
        },
        "ai_centres_in_use": _sum("register", "1", where=f"{ai} = 'in_use'"),
        "ai_centres_under_construction": _sum("register", "1", where=f"{ai} = '{building}'"),
        "rack_utilisation": _ratio("centres", "racks_used", "racks_built", **centres),
        "computing_revenue": _sum("centres", "revenue", **centres),
        "industries_served": _ratio("centres", "industries_served"),
        "centre_egress_bandwidth": _sum("linked", "gbps", **centres),
        "bandwidth_per_rack": _ratio("linked", "(gbps * 1e3)", "racks_built", **centres),
        "backbone_connections": _sum("linked", "backbones", **centres),
        "backbone_connections/backbone_centres": _sum("linked", "(backbones > 0)::INT", **centres),
        "metro_connections": _sum("linked", "metros", **centres),
        "metro_connections/metro_centres": _sum("linked", "(metros > 0)::INT", **centres),
        "route_reliability": _ratio("linked", "(routes >= 2)::INT", **centres),
        "fast_network_use": _ratio("centres", "fast_network::INT"),
        "smart_network_use": _ratio("centres", "smart_network::INT"),
        "mean_temperature": _ratio("warmth", "temperature", weight="racks", level="level"),
        "mean_temperature/temperature_by_racks": _ratio(
            "warmth", "(temperature * racks)", "racks", weight="racks", level="level"
        ),
    }


def _energy_figures() -> Mapping[str, Figure]:
    def per_it(quantity: str) -> Figure:
        designed = "(it_energy IS NULL)::INT"
        return _ratio("power", quantity, "it", weight="weight", level=designed)

    def clean(claimed: str, of: str = "total_energy") -> Figure:
        return _ratio("power", claimed, of, weight="weight")

    share = "clean_energy_share"
    return {
        "pue": _ratio(
            "effectiveness", "above", "below", weight="weight", level="level", part="part"
        ),
        "pue/pue_metered": _ratio(
            "effectiveness", "total_energy", "it_energy", weight="weight", part="part"
        ),
        "cue": per_it("carbon"),
        "wue": per_it("water"),
        "electricity_price": _ratio("power", "electricity_cost", "electricity", weight="weight"),
        share: clean("clean"),
        f"{share}/clean_share_of_electricity": clean("clean", "electricity"),
        **{
            f"{share}/clean_{instrument}": clean(f"if(claimed, {instrument}, NULL)")
            for instrument in ("owned", "contract", "certificate")
        },
    }


def _storage_figures() -> Mapping[str, Figure]:
    centres, systems = {"weight": "racks_built"}, {"weight": "capacity"}
    internal, external = "place = 'internal'", "place = 'external'"
    flash = "if(medium = 'all_flash', capacity, 0)"
    return {
        "storage_capacity": _sum("stored", "tib", **centres),
        "storage_capacity/storage_internal": _sum("systems", "capacity", where=internal),
        "storage_capacity/storage_external": _sum("systems", "capacity", where=external),
        "storage_per_rack": _ratio("stored", "tib", "racks_built", **centres),
        "storage_iops": _ratio("systems", "iops", "capacity", **systems),
        "storage_iops/storage_iops_total": _sum("systems", "iops", **systems),
        "storage_compute_balance": _ratio(
            "stored", f"(tib / {2.0**20!r})", "eflops", level="coalesce(level, 0)", **centres
        ),
        "advanced_storage_share": _ratio("systems", flash, "capacity", where=external, **systems),
    }


def _network_figures() -> Mapping[str, Figure]:
    def of_operators(column: str) -> Figure:
        return _sum("operators", column, part="operator")

    def per_area(length: str) -> Figure:
        return _ratio("operators", f"{length}_fibre", f"{length}_area", part="operator")

    def rate(access: str) -> Figure:
        rows = _rows("access_speeds", "operator, users, rate", f"access = '{access}' AND {INSIDE}")
        return _ratio(rows, "(users * rate)", "users", weight="users", part="operator")

    def delay(where: str, over: str, under: str = "1") -> Figure:
        return _ratio("ends", over, under, weight="sent", part="direction", where=where)

    def loss(where: str) -> Figure:
        return _ratio("ends", "lost", "sent", weight="sent", where=where)

    columns = (
        *("broadband_ports", "fast_ip_line_users", "internet_line_users"),
        *("interprovincial_bandwidth", "metro_egress_bandwidth"),
        *("optical_transport_ports", "ip_router_ports"),
    )
    between, within, normalised = "NOT inside", "inside", ("measured", "theoretical")
    covered = _rows("households", "households, gigabit_covered")
    return {
        **{column: of_operators(column) for column in columns},
        "access_fibre_density": per_area("access"),
        "long_distance_fibre_density": per_area("long_distance"),
        "gigabit_coverage": _ratio(covered, "gigabit_covered", "households", weight="households"),
        "otn_coverage": _ratio(_rows("access_nodes", "otn"), "otn::INT"),
        "ip_line_coverage": _ratio(_rows("access_nodes", "ip_line"), "ip_line::INT"),
        "fixed_download_rate": rate("fixed"),
        "mobile_download_rate": rate("mobile"),
        "exchange_points": _sum(_dated("exchange_points", "opened", "<="), "1"),
        "oxc_deployment": _ratio(_rows("key_sites", "oxc"), "oxc::INT"),
        "delay_between_regions": delay(between, "delay"),
        "delay_between_regions/normalised_delay": delay(between, *normalised),
        "loss_between_regions": loss(between),
        "delay_within_region": delay(within, "delay"),
        "delay_within_region/normalised_delay": delay(within, *normalised),
        "loss_within_region": loss(within),
    }


def _market_figures() -> Mapping[str, Figure]:
    # every leading firm of the nation is looked for in every region
    leading = """(
        WITH firm AS (SELECT DISTINCT firm_id, year FROM firms WHERE "leading"),
        place AS (SELECT DISTINCT region FROM register),
        here AS (SELECT DISTINCT firm_id, year, left(region_code, 2) || '0000' AS region
          FROM firms WHERE "leading")
        SELECT place.region, firm.year, (here.firm_id IS NOT NULL)::INT AS present
        FROM firm SEMI JOIN years USING (year) CROSS JOIN place
        LEFT JOIN here ON here.firm_id = firm.firm_id AND here.year = firm.year
          AND here.region = place.region)"""
    fields = """(
        SELECT left(region_code, 2) || '0000' AS region, year,
          max(graduates) FILTER (field = 'all') AS whole, max(graduates) FILTER (field = 'computing')
          + max(graduates) FILTER (field = 'other') AS added
        FROM graduates WHERE year IN (SELECT year FROM years) GROUP BY ALL)"""
    researched = f"performer = 'centre_firms' AND {INSIDE}"
    kinds = "kind IN ('invention_grant', 'software_copyright')"
    patents = _rows(
        "intellectual_property", "kind, items", f"holder = 'centre_firm' AND {kinds} AND {INSIDE}"
    )
    return {
        "ai_services": _sum(_dated("ai_services", "filed", "<="), "1"),
        "policy_support": _sum(_dated("policies", "issued", "=", ", level"), "1", part="level"),
        "leading_firms": _ratio(leading, "present"),
        "graduates": _sum(fields, "coalesce(whole, added)", level="(whole IS NULL)::INT"),
        "industry_events": _sum(_dated("industry_events", "held", "="), "1"),
        "honours": _sum("honoured", "1", part="kind"),
        "centre_research": _sum(_rows("research_spending", "amount", researched), "amount"),
        "centre_patents": _sum(patents, "items", part="kind"),
    }


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        **_centre_figures(),
        **_energy_figures(),
        **_storage_figures(),
        **_network_figures(),
        **_market_figures(),
    }
)
