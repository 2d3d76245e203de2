"""The indicators of a folder of Parquet records in plain SQL: written from the calibers, sharing no line with the rules.

Provinces only; records that need no fallback. Values are in the units of the bundled frameworks.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

Values = Mapping[tuple[str, str], float]

_FP32 = (
    "CASE {0}.precision WHEN 'FP64' THEN 2 WHEN 'FP16' THEN 0.5 WHEN 'BF16' THEN 0.5"
    " WHEN 'INT8' THEN 0.25 WHEN 'FP8' THEN 0.25 ELSE 1 END"
)
_KWH = (
    "CASE m.unit WHEN 'kWh' THEN 1 WHEN 'MWh' THEN 1e3 WHEN '万kWh' THEN 1e4 WHEN 'GWh' THEN 1e6"
    " WHEN 'L' THEN CASE WHEN m.carrier = 'diesel' THEN 9.9 ELSE 1 END"
    " WHEN 'm3' THEN CASE WHEN m.carrier = 'gas' THEN 10.5 ELSE 1e3 END"
    " WHEN 'm³' THEN CASE WHEN m.carrier = 'gas' THEN 10.5 ELSE 1e3 END"
    " WHEN 'kg' THEN 1 WHEN 't' THEN 1e3 WHEN '元' THEN 1 WHEN '万元' THEN 1e4 END"
)
_PROVINCE = "left({0}.region_code, 2) || '0000'"
_EB = 2.0**20
"""TiB in an EB of 2^60 bytes."""


def connected(
    folder: Path, periods: Sequence[str], *, memory: str = "1GB"
) -> duckdb.DuckDBPyConnection:
    """Return a connection with a view for each table of the folder, and the stages that several indicators share."""
    connection = duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": False})
    connection.execute("CREATE TEMP TABLE tables (name VARCHAR)")
    for table in sorted(folder.iterdir()):
        connection.execute(f"INSERT INTO tables VALUES ('{table.stem}')")
        paths = str(table / "**" / "*.parquet") if table.is_dir() else str(table)
        connection.execute(f"CREATE VIEW {table.stem} AS SELECT * FROM read_parquet('{paths}')")
    years = ", ".join(f"({period})" for period in periods)
    connection.execute(f"CREATE TEMP TABLE years AS SELECT * FROM (VALUES {years}) AS t(year)")
    return connection


def stage_centres(
    connection: duckdb.DuckDBPyConnection, *, probes: bool = True, added: str = "sum({0})"
) -> None:
    """Make the tables of yearly meter totals and of pairs of centres; `added` is how readings are added up."""
    connection.execute(
        f"CREATE TEMP TABLE centres AS SELECT f.*, {_PROVINCE.format('f')} AS region FROM facilities f"
        " WHERE status = 'in_use' AND year IN (SELECT year FROM years)"
    )
    years = [year for (year,) in connection.execute("SELECT year FROM years").fetchall()]
    readings = [
        f"SELECT meter_id, {year} AS year, {added.format('amount')} AS amount FROM meter_readings"
        f" WHERE time >= '{year}-01-01' AND time < '{year + 1}-01-01' GROUP BY meter_id"
        for year in years
    ]
    connection.execute(f"CREATE TEMP TABLE by_meter AS {' UNION ALL '.join(readings)}")
    if _has(connection, "meter_registers"):
        connection.execute(
            """INSERT INTO by_meter
            SELECT meter_id, year(time) AS year, sum(CASE WHEN step < 0 THEN reading ELSE step END) FROM (
              SELECT *, reading - lag(reading) OVER (PARTITION BY meter_id ORDER BY time) AS step FROM meter_registers
            ) WHERE step IS NOT NULL GROUP BY ALL"""
        )
    connection.execute(
        f"""CREATE TEMP TABLE energy AS
        SELECT m.facility_id, b.year,
          sum(b.amount * ({_KWH})) FILTER (m.quantity = 'total_energy') AS total,
          sum(b.amount * ({_KWH})) FILTER (m.quantity = 'it_energy') AS it,
          sum(b.amount * ({_KWH})) FILTER (m.quantity = 'water') AS water,
          sum(b.amount * ({_KWH})) FILTER (m.quantity = 'carbon') AS carbon,
          sum(b.amount * ({_KWH})) FILTER (m.quantity = 'electricity_cost') AS cost,
          sum(b.amount * ({_KWH})) FILTER (m.quantity = 'total_energy' AND coalesce(m.carrier, 'electricity') = 'electricity') AS electricity
        FROM by_meter b JOIN meters m USING (meter_id) GROUP BY ALL"""
    )
    if probes and _has(connection, "probes"):
        connection.execute(
            """CREATE TEMP TABLE pairs AS
            SELECT least(source_id, target_id) AS a, greatest(source_id, target_id) AS b, year(time) AS year,
              sum(sent) AS sent, sum(lost) AS lost,
              sum(delay * (sent - lost)) FILTER (delay IS NOT NULL) / nullif(sum(sent - lost) FILTER (delay IS NOT NULL), 0) AS delay
            FROM probes GROUP BY ALL"""
        )
        connection.execute(
            """CREATE TEMP TABLE sides AS
            SELECT p.*, f.region AS ra, g.region AS rb FROM pairs p
            JOIN centres f ON f.facility_id = p.a AND f.year = p.year
            JOIN centres g ON g.facility_id = p.b AND g.year = p.year"""
        )


def value_of(connection: duckdb.DuckDBPyConnection, query: str) -> Values:
    """Return what a query of region, year and value gives."""
    rows = connection.execute(query).fetchall()
    return {(region, str(year)): float(value) for region, year, value in rows if value is not None}


def cpdi_queries() -> Mapping[str, str]:
    """Return a query for each of the sixteen indicators of cpdi-2.0."""
    window = "JOIN years y ON s.year BETWEEN y.year - 5 AND y.year"
    shipped = f"sum(s.units * s.mean_compute * {_FP32.format('s')}) / 1e6"
    chips = f"sum(c.count * c.peak * {_FP32.format('c')}) / 1e6"
    return {
        "2.1.1.1": f"SELECT {_PROVINCE.format('s')}, y.year, {shipped} FROM server_shipments s {window} WHERE s.kind = 'general' GROUP BY ALL",
        "2.1.1.2": f"SELECT {_PROVINCE.format('s')}, y.year, {shipped} FROM server_shipments s {window} WHERE s.kind = 'ai' GROUP BY ALL",
        "2.1.1.3": f"SELECT region, year, sum(amount) / 1e3 FROM (SELECT {_PROVINCE.format('s')} AS region, s.year, system_id,"
        f" max(s.rmax * {_FP32.format('s')}) AS amount FROM supercomputers s GROUP BY ALL) GROUP BY ALL",
        "2.1.2.1": f"SELECT {_PROVINCE.format('f')}, f.year, {chips} FROM facilities f JOIN chips c USING (facility_id, year)"
        " WHERE f.status = 'in_use' AND f.kind IN ('data_centre', 'ai_centre') GROUP BY ALL",
        "2.2.1.1": _summed(
            "production",
            "quantity",
            1e4,
            "product IN ('server', 'ai_server', 'supercomputer', 'other_equipment')",
        ),
        "2.2.2.1": _summed(
            "production", "quantity", 1e4, "product IN ('processor', 'memory', 'other_circuit')"
        ),
        "2.2.3.1": _summed("software_revenue", "revenue", 1e4),
        "2.3.1.1": _summed("intellectual_property", "items", 1, "kind = 'invention_application'"),
        "2.3.1.2": _summed("intellectual_property", "items", 1, "kind = 'invention_grant'"),
        "2.3.2.1": _summed(
            "research_spending", "amount", 1e4, "performer = 'computer_manufacturing'"
        ),
        "2.4.1.1": _summed("operator_networks", "metro_egress_bandwidth", 1e3),
        "2.4.1.2": _ratio("operator_networks", "base_stations_5g", "base_stations_4g", 100),
        "2.4.2.1": _summed("it_spending", "amount", 1e4),
        "2.4.3.1": _summed("region_statistics", "open_data_index", 1),
        "2.5.1.1": _summed("operator_networks", "mobile_traffic", 1e9),
        "2.5.2.1": _summed("region_statistics", "industry_digitalisation", 1),
    }


def ccpe_queries() -> Mapping[str, str]:
    """Return a query for each of the fifty-three indicators of ccpe-3.0; `stage_centres` comes first."""
    return {
        **_centre_queries(),
        **_storage_queries(),
        **_network_queries(),
        **_environment_queries(),
    }


def _centre_queries() -> Mapping[str, str]:
    chips = f"coalesce(sum(c.count * c.peak * {_FP32.format('c')}), 0) / 1e6"

    def computing(status: str) -> str:
        return (
            f"SELECT {_PROVINCE.format('f')}, f.year, {chips} FROM facilities f JOIN chips c USING (facility_id, year)"
            f" WHERE f.status = '{status}' AND f.year IN (SELECT year FROM years) GROUP BY ALL"
        )

    def counted(status: str) -> str:
        return (
            f"SELECT {_PROVINCE.format('f')}, f.year, count(*) FROM facilities f"
            f" WHERE f.status = '{status}' AND f.kind = 'ai_centre' AND f.year IN (SELECT year FROM years) GROUP BY ALL"
        )

    def energies(over: str, under: str) -> str:
        return (
            f"SELECT c.region, c.year, sum(e.{over}) / sum(e.{under}) FROM centres c JOIN energy e USING (facility_id, year)"
            f" WHERE e.{over} IS NOT NULL AND e.{under} IS NOT NULL GROUP BY ALL"
        )

    return {
        "3.1.1.1": computing("in_use"),
        "3.1.1.2": computing("under_construction"),
        "3.1.1.3": counted("in_use"),
        "3.1.1.4": counted("under_construction"),
        "3.1.2.1": "SELECT region, year, 100 * sum(racks_used) / sum(racks_built) FROM centres GROUP BY ALL",
        "3.1.2.2": energies("total", "it"),
        "3.1.2.3": energies("carbon", "it"),
        "3.1.2.4": energies("water", "it"),
        "3.1.2.5": "SELECT region, year, sum(revenue) / 1e4 FROM centres GROUP BY ALL",
        "3.1.2.6": "SELECT region, year, avg(industries_served) FROM centres GROUP BY ALL",
        "3.1.2.7": _listed("ai_services", "year(t.filed) <= y.year"),
        "3.4.1.1": energies("cost", "electricity"),
        "3.4.1.4": "SELECT c.region, c.year, 100 * sum(g.amount) / sum(e.total) FROM centres c JOIN energy e USING (facility_id, year)"
        " JOIN (SELECT facility_id, year, sum(amount) AS amount FROM (SELECT facility_id, year, claim_id, max(amount) AS amount"
        " FROM clean_energy GROUP BY ALL) GROUP BY ALL) g USING (facility_id, year) GROUP BY ALL",
    }


def _storage_queries() -> Mapping[str, str]:
    held = (
        "(SELECT facility_id, year, sum(capacity) AS tib, sum(iops) AS iops,"
        " sum(capacity) FILTER (place = 'external') AS outside,"
        " sum(capacity) FILTER (place = 'external' AND medium = 'all_flash') AS flash"
        " FROM storage_systems GROUP BY ALL) s USING (facility_id, year)"
    )
    computing = (
        f"(SELECT facility_id, year, sum(c.count * c.peak * {_FP32.format('c')}) / 1e6 AS eflops"
        " FROM chips c GROUP BY ALL) k USING (facility_id, year)"
    )
    return {
        "3.2.1.1": f"SELECT region, year, sum(tib) / {_EB} FROM centres JOIN {held} GROUP BY ALL",
        "3.2.1.2": f"SELECT region, year, sum(tib) / sum(racks_built) FROM centres JOIN {held} GROUP BY ALL",
        "3.2.2.1": f"SELECT region, year, sum(iops) / sum(tib) FROM centres JOIN {held} GROUP BY ALL",
        "3.2.2.2": f"SELECT region, year, sum(tib) / {_EB} / sum(eflops) FROM centres JOIN {held} JOIN {computing} GROUP BY ALL",
        "3.2.2.3": f"SELECT region, year, 100 * sum(coalesce(flash, 0)) / sum(outside) FROM centres JOIN {held} GROUP BY ALL",
    }


def _network_queries() -> Mapping[str, str]:
    def shared(table: str, flag: str) -> str:
        return (
            f"SELECT {_PROVINCE.format('t')}, t.year, 100 * avg(t.{flag}::INT) FROM {table} t"
            " WHERE t.year IN (SELECT year FROM years) GROUP BY ALL"
        )

    def density(column: str) -> str:
        return (
            f"SELECT {_PROVINCE.format('o')}, o.year, sum(o.{column}) / any_value(r.area) FROM operator_networks o"
            " JOIN region_statistics r USING (region_code, year) WHERE o.year IN (SELECT year FROM years) GROUP BY ALL"
        )

    def rate(access: str) -> str:
        return (
            f"SELECT {_PROVINCE.format('t')}, t.year, sum(t.rate * t.users) / sum(t.users) FROM access_speeds t"
            f" WHERE t.access = '{access}' AND t.year IN (SELECT year FROM years) GROUP BY ALL"
        )

    def joined(network: str) -> str:
        return (
            "SELECT c.region, c.year, count(DISTINCT (l.facility_id, l.network_name)) FROM centres c JOIN egress_links l"
            f" USING (facility_id, year) WHERE l.network = '{network}' GROUP BY ALL"
        )

    both = (
        "(SELECT ra AS region, year, delay, sent, lost FROM sides WHERE ra <> rb"
        " UNION ALL SELECT rb, year, delay, sent, lost FROM sides WHERE ra <> rb)"
    )
    inside = "(SELECT ra AS region, year, delay, sent, lost FROM sides WHERE ra = rb)"
    egress = "(SELECT facility_id, year, sum(bandwidth) AS gbps, count(DISTINCT route_id) AS routes FROM egress_links GROUP BY ALL) l USING (facility_id, year)"
    return {
        "3.3.1.1": _summed("operator_networks", "broadband_ports", 1e4),
        "3.3.1.2": density("access_fibre"),
        "3.3.1.3": _ratio("households", "gigabit_covered", "households", 100),
        "3.3.1.4": shared("access_nodes", "otn"),
        "3.3.1.5": shared("access_nodes", "ip_line"),
        "3.3.1.6": _summed("operator_networks", "fast_ip_line_users", 1),
        "3.3.1.7": _summed("operator_networks", "internet_line_users", 1),
        "3.3.1.8": rate("fixed"),
        "3.3.1.9": rate("mobile"),
        "3.3.2.1": _listed("exchange_points", "year(t.opened) <= y.year"),
        "3.3.2.2": _summed("operator_networks", "interprovincial_bandwidth", 1e3),
        "3.3.2.3": density("long_distance_fibre"),
        "3.3.2.4": _summed("operator_networks", "optical_transport_ports", 1),
        "3.3.2.5": shared("key_sites", "oxc"),
        "3.3.2.6": _summed("operator_networks", "metro_egress_bandwidth", 1e3),
        "3.3.2.7": _summed("operator_networks", "ip_router_ports", 1),
        "3.3.2.8": f"SELECT region, year, avg(delay) FROM {both} GROUP BY ALL",
        "3.3.2.9": f"SELECT region, year, 100 * sum(lost) / sum(sent) FROM {both} GROUP BY ALL",
        "3.3.2.10": f"SELECT region, year, avg(delay) FROM {inside} GROUP BY ALL",
        "3.3.2.11": f"SELECT region, year, 100 * sum(lost) / sum(sent) FROM {inside} GROUP BY ALL",
        "3.3.3.1": f"SELECT region, year, sum(gbps) / 1e3 FROM centres JOIN {egress} GROUP BY ALL",
        "3.3.3.2": f"SELECT region, year, 1e3 * sum(gbps) / sum(racks_built) FROM centres JOIN {egress} GROUP BY ALL",
        "3.3.3.3": joined("provincial_backbone"),
        "3.3.3.4": joined("metro"),
        "3.3.3.5": f"SELECT region, year, 100 * avg((routes >= 2)::INT) FROM centres JOIN {egress} GROUP BY ALL",
        "3.3.3.6": "SELECT region, year, 100 * avg(fast_network::INT) FROM centres GROUP BY ALL",
        "3.3.3.7": "SELECT region, year, 100 * avg(smart_network::INT) FROM centres GROUP BY ALL",
    }


def _environment_queries() -> Mapping[str, str]:
    return {
        "3.4.1.2": "SELECT c.region, c.year, avg(w.temperature) FROM centres c JOIN weather_stations w USING (station_id, year) GROUP BY ALL",
        "3.4.1.3": _listed("policies", "year(t.issued) = y.year"),
        "3.4.2.1": f"SELECT {_PROVINCE.format('t')}, t.year, 100.0 * count(DISTINCT t.firm_id) / any_value(n.firms) FROM firms t"
        ' JOIN (SELECT year, count(DISTINCT firm_id) AS firms FROM firms WHERE "leading" GROUP BY ALL) n USING (year)'
        ' WHERE t."leading" AND t.year IN (SELECT year FROM years) GROUP BY ALL',
        "3.4.2.2": _summed("graduates", "graduates", 1, "field = 'all'"),
        "3.4.2.3": _listed("industry_events", "year(t.held) = y.year"),
        "3.4.2.4": _listed(
            "honours",
            "year(t.awarded) <= y.year AND (t.expires IS NULL OR t.expires >= make_date(y.year, 12, 31))",
        ),
        "3.4.2.5": _summed("research_spending", "amount", 1e4, "performer = 'centre_firms'"),
        "3.4.2.6": _summed(
            "intellectual_property",
            "items",
            1,
            "holder = 'centre_firm' AND kind <> 'invention_application'",
        ),
    }


def _summed(table: str, column: str, per: float, where: str = "TRUE") -> str:
    return (
        f"SELECT {_PROVINCE.format('t')}, t.year, sum(t.{column}) / {per} FROM {table} t"
        f" WHERE {where} AND t.year IN (SELECT year FROM years) GROUP BY ALL"
    )


def _ratio(table: str, over: str, under: str, scale: float) -> str:
    return (
        f"SELECT {_PROVINCE.format('t')}, t.year, {scale} * sum(t.{over}) / sum(t.{under}) FROM {table} t"
        " WHERE t.year IN (SELECT year FROM years) GROUP BY ALL"
    )


def _listed(table: str, when: str) -> str:
    return f"SELECT {_PROVINCE.format('t')}, y.year, count(*) FROM {table} t JOIN years y ON {when} GROUP BY ALL"


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute(f"SELECT 1 FROM tables WHERE name = '{table}'").fetchall())
