"""Tables that plain SQL of ccpe-3.0 shares: centres, chips, meters, storage, links, probes.

Written from the calibers, sharing no line with the rules; provinces only, and the options as they are unless chosen.
"""

from collections.abc import Mapping
from types import MappingProxyType

import duckdb


def stage(connection: duckdb.DuckDBPyConnection, *, added: str = "sum({0})") -> None:
    """Make the tables, in their order; `added` is how readings and delays of probes are added up."""
    years = [year for (year,) in connection.execute("SELECT year FROM years").fetchall()]
    amount = added.format("amount")
    readings = " UNION ALL ".join(_READINGS.format(year, year + 1, amount) for year in years)
    connection.execute(f"CREATE TEMP TABLE by_meter AS {readings}")
    connection.execute(f"INSERT INTO by_meter {_REGISTERS}")
    for name, query in _TABLES.items():
        connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
    stage_pairs(connection, added=added)


def stage_pairs(connection: duckdb.DuckDBPyConnection, *, added: str = "sum({0})") -> None:
    """Make the tables of pairs of centres in use (`pairs`) and of the regions at their ends (`ends`); after `centres`.

    A pair is measured one way or there and back: in each year the direction counts (`delay`) in which more pairs are
    measured. Light in fibre takes 5 µs a km, twice that there and back.
    """
    connection.execute(
        f"""CREATE TEMP TABLE pairs AS
        WITH probed AS (
          SELECT source_id, target_id, direction, year(time) AS year, sum(sent) AS sent,
            sum(lost) AS lost, {added.format("delay * (sent - lost)")} AS delayed,
            sum(sent - lost) FILTER (delay IS NOT NULL) AS received
          FROM probes GROUP BY ALL),
        measured AS (
          SELECT least(source_id, target_id) AS a, greatest(source_id, target_id) AS b, year,
            sum(sent) AS sent, sum(lost) AS lost,
            {_ONE_WAY} AS one_way, {_ROUND_TRIP} AS round_trip
          FROM probed WHERE source_id <> target_id GROUP BY ALL),
        placed AS (
          SELECT m.*, low.region AS ra, high.region AS rb, {_DISTANCE} AS distance
          FROM measured m
          JOIN centres low ON low.facility_id = m.a AND low.year = m.year
          JOIN centres high ON high.facility_id = m.b AND high.year = m.year),
        counting AS (
          SELECT year, count(one_way) >= count(round_trip) AS one_way_counts
          FROM placed GROUP BY year),
        chosen AS (
          SELECT p.*, one_way_counts,
            CASE WHEN one_way IS NOT NULL AND (one_way_counts OR round_trip IS NULL) THEN 'one_way'
              WHEN round_trip IS NOT NULL THEN 'round_trip' END AS direction
          FROM placed p JOIN counting USING (year))
        SELECT year, ra, rb, sent, lost, distance, direction,
          CASE direction WHEN 'one_way' THEN one_way WHEN 'round_trip' THEN round_trip END AS measured,
          CASE WHEN (direction = 'one_way') = one_way_counts THEN measured END AS delay,
          CASE direction WHEN 'round_trip' THEN 2 ELSE 1 END * 0.005 * distance AS theoretical
        FROM chosen"""
    )
    connection.execute(
        """CREATE TEMP TABLE ends AS
        SELECT ra AS region, year, ra = rb AS inside, sent, lost, direction, measured, delay, theoretical
        FROM pairs
        UNION ALL
        SELECT rb, year, false, sent, lost, direction, measured, delay, theoretical
        FROM pairs WHERE ra <> rb"""
    )


_MEASURED = (
    "sum(delayed) FILTER (direction = '{0}') / nullif(sum(received) FILTER (direction = '{0}'), 0)"
)
_ONE_WAY, _ROUND_TRIP = _MEASURED.format("one_way"), _MEASURED.format("round_trip")

# diameter of the earth × asin √h: km along the great circle between the ends
_DISTANCE = (
    "2 * 6371.0088 * asin(sqrt(sin(radians(high.latitude - low.latitude) / 2) ** 2"
    " + cos(radians(low.latitude)) * cos(radians(high.latitude))"
    " * sin(radians(high.longitude - low.longitude) / 2) ** 2))"
)


REGION = "left(region_code, 2) || '0000' AS region"
INSIDE = "year IN (SELECT year FROM years)"
_WIDTH = (
    "CASE precision WHEN 'FP64' THEN 2 WHEN 'FP16' THEN 0.5 WHEN 'BF16' THEN 0.5"
    " WHEN 'FP8' THEN 0.25 WHEN 'INT8' THEN 0.25 ELSE 1 END"
)
_PREFERRED = """CASE purpose
  WHEN 'general' THEN ['FP32', 'FP64', 'TF32', 'FP16', 'BF16', 'FP8', 'INT8']
  WHEN 'ai' THEN ['FP16', 'BF16', 'TF32', 'FP8', 'FP32', 'INT8', 'FP64']
  ELSE ['FP64', 'FP32', 'TF32', 'FP16', 'BF16', 'FP8', 'INT8'] END"""
# kWh, litres, kilograms or yuan in the unit of a meter (EN 50600-4-2 for fuels by volume)
_FACTOR = """CASE unit
  WHEN 'MWh' THEN 1e3 WHEN '万kWh' THEN 1e4 WHEN 'GWh' THEN 1e6 WHEN 't' THEN 1e3 WHEN '万元' THEN 1e4
  WHEN 'L' THEN if(carrier = 'diesel', 9.9, 1)
  WHEN 'm3' THEN if(carrier = 'gas', 10.5, 1e3) WHEN 'm³' THEN if(carrier = 'gas', 10.5, 1e3)
  ELSE 1 END"""


def _metered(name: str, only: str) -> str:
    """Return a column of the amounts of some meters, null unless every one of them is known."""
    rows = f"FILTER ({only})"
    return f"if(bool_and(base IS NOT NULL) {rows}, sum(base) {rows}, NULL) AS {name}"


_QUANTITIES = ("total_energy", "it_energy", "clean_energy", "water", "carbon", "electricity_cost")
_ELECTRICITY = "quantity = 'total_energy' AND coalesce(carrier, 'electricity') = 'electricity'"
_AMOUNTS = ", ".join(
    [
        *(_metered(name, f"quantity = '{name}'") for name in _QUANTITIES),
        _metered("electricity", _ELECTRICITY),
    ]
)

# a year at a time: grouping by meters alone is faster, and files of other years are passed over
_READINGS = """
    SELECT meter_id, {0} AS year, {2} AS amount, count(amount) AS intervals,
      0.0::DOUBLE AS minutes
    FROM meter_readings WHERE time >= '{0}-01-01' AND time < '{1}-01-01' GROUP BY meter_id"""
# a rise belongs to the year in which it begins; over the end of a year it counts if the next reading is not late
_REGISTERS = """
    WITH following AS (
      SELECT meter_id, time, reading, year(time) AS year,
        lead(reading) OVER one AS next, lead(time) OVER one AS next_time
      FROM meter_registers WINDOW one AS (PARTITION BY meter_id ORDER BY time)),
    rises AS (
      SELECT f.*, if(next < reading, next, next - reading) AS rise,
        date_diff('minute', time, least(next_time, make_timestamp(year + 1, 1, 1, 0, 0, 0))) AS minutes,
        year(next_time) = year OR year(next_time) = year + 1
          AND date_diff('minute', time, next_time) <= 2 * interval_minutes AS counts
      FROM following f JOIN meters USING (meter_id) WHERE next_time IS NOT NULL)
    SELECT meter_id, year, coalesce(sum(rise) FILTER (counts), 0), 0,
      coalesce(sum(minutes) FILTER (counts), 0)
    FROM rises ANTI JOIN by_meter USING (meter_id, year) GROUP BY ALL"""

_TABLES: Mapping[str, str] = MappingProxyType(
    {
        "register": f"SELECT *, {REGION} FROM facilities WHERE {INSIDE}",
        "centres": """
    SELECT *, 24 * date_diff('day', make_date(year, 1, 1), make_date(year + 1, 1, 1)) AS hours,
      24 * greatest(date_diff('day', greatest(in_service, make_date(year, 1, 1)),
        make_date(year + 1, 1, 1)), 0) AS hours_in_service
    FROM register WHERE status = 'in_use'""",
        # of a chip that is stated in several precisions, the one that its purpose asks for
        "chip_rows": f"""
    SELECT facility_id, year, precision, count * coalesce(stated, composed) / 1e6 * width AS fp32,
      count * coalesce(peak, composed) / 1e6 AS native, (stated IS NULL)::INT AS level
    FROM (
      SELECT *, {_WIDTH} AS width, flop_per_cycle * clock * cores / 1e3 AS composed,
        if(precision = 'FP32', coalesce(peak, peak_fp32), peak) AS stated FROM chips)
    QUALIFY row_number() OVER (PARTITION BY facility_id, year, chip
      ORDER BY coalesce(stated, composed) IS NULL, list_position({_PREFERRED}, precision)) = 1""",
        "computing": """
    SELECT facility_id, year, count(*) AS chips, max(level) AS level,
      if(count(fp32) = count(*), sum(fp32), NULL) AS eflops FROM chip_rows GROUP BY ALL""",
        # a centre that states no chips has a row without figures
        "installed": """
    SELECT region, year, status, precision, fp32, native, c.level,
      racks_built / coalesce(p.chips, 1) AS racks
    FROM register LEFT JOIN computing p USING (facility_id, year)
    LEFT JOIN chip_rows c USING (facility_id, year)""",
        # the year of a meter is known if it covers nine tenths of the time its centre was in service
        "metered": f"""
    SELECT facility_id, year, {_AMOUNTS},
      min(category) FILTER (quantity = 'it_energy') AS category
    FROM (
      SELECT facility_id, year, quantity, carrier, category,
        if(hours_in_service > 0
          AND intervals * interval_minutes + minutes >= 0.9 * 60 * hours_in_service,
          amount * {_FACTOR}, NULL) AS base
      FROM by_meter JOIN meters USING (meter_id) JOIN centres USING (facility_id, year))
    GROUP BY ALL""",
        # a contract stands before the certificates issued for it, and own generation before both
        "claims": """
    SELECT facility_id, year, sum(amount) FILTER (instrument = 'owned') AS owned,
      sum(amount) FILTER (instrument = 'contract') AS contract,
      sum(amount) FILTER (instrument = 'certificate') AS certificate
    FROM (
      SELECT facility_id, year, max(instrument) AS instrument, arg_max(amount, instrument) AS amount
      FROM clean_energy GROUP BY facility_id, year, claim_id)
    GROUP BY ALL""",
        # an IT meter that counts nothing beside some total energy is not believed; a clean meter not known leaves own
        # generation unknown unless it is claimed
        "power": """
    WITH counted AS (
      SELECT * REPLACE (if(total_energy > 0 AND it_energy = 0, NULL, it_energy) AS it_energy) FROM metered),
    stated AS (
      SELECT c.region, c.year, reported_pue, m.* EXCLUDE (facility_id, year),
        coalesce(it_energy, nullif(design_it_power * load_rate * hours_in_service, 0)) AS it,
        nullif(2.5 * racks_used * hours, 0) AS rack_energy, k.year IS NOT NULL AS claimed,
        coalesce(owned, clean_energy, if(facility_id IN (
          SELECT facility_id FROM meters WHERE quantity = 'clean_energy'), NULL, 0)) AS owned,
        coalesce(contract, 0) AS contract,
        coalesce(certificate, 0) AS certificate
      FROM centres c LEFT JOIN counted m USING (facility_id, year)
      LEFT JOIN claims USING (facility_id, year)
      LEFT JOIN (SELECT DISTINCT year FROM claims) k USING (year)),
    placed AS (
      SELECT *, coalesce(it, rack_energy) AS weight,
        CASE WHEN total_energy IS NOT NULL AND it_energy IS NOT NULL THEN 0
          WHEN reported_pue IS NULL THEN NULL WHEN it > 0 THEN 1
          WHEN rack_energy IS NOT NULL THEN 2 ELSE 3 END AS own
      FROM stated)
    SELECT *, if(claimed, owned + contract + certificate, NULL) AS clean,
      CASE WHEN own <= 1 THEN own WHEN own > min(own) OVER here THEN NULL WHEN own = 2 THEN 2
        WHEN count(reported_pue) OVER here >= 0.8 * count(*) OVER here THEN own END AS level
    FROM placed WINDOW here AS (PARTITION BY region, year)""",
        "effectiveness": """
    SELECT *, if(it_energy IS NULL, NULL, 'category-' || category) AS part,
      CASE level WHEN 0 THEN total_energy WHEN 1 THEN reported_pue * it
        WHEN 2 THEN reported_pue * rack_energy WHEN 3 THEN reported_pue END AS above,
      CASE level WHEN 0 THEN it_energy WHEN 1 THEN it WHEN 2 THEN rack_energy WHEN 3 THEN 1 END AS below
    FROM power""",
        "systems": """
    SELECT s.*, region FROM storage_systems s JOIN centres USING (facility_id, year)""",
        "stored": """
    SELECT region, year, racks_built, tib, eflops, level
    FROM centres LEFT JOIN (SELECT facility_id, year, sum(capacity) AS tib FROM systems GROUP BY ALL)
      USING (facility_id, year) LEFT JOIN computing USING (facility_id, year)""",
        # several links into one network are one connection; links into networks without a name are one together
        "linked": """
    SELECT region, year, racks_built, l.* EXCLUDE (facility_id, year)
    FROM centres LEFT JOIN (
      SELECT facility_id, year, sum(bandwidth) AS gbps, nullif(count(DISTINCT route_id), 0) AS routes,
        greatest(count(DISTINCT network_name) FILTER (network = 'provincial_backbone'),
          max((network = 'provincial_backbone')::INT)) AS backbones,
        greatest(count(DISTINCT network_name) FILTER (network = 'metro'),
          max((network = 'metro')::INT)) AS metros
      FROM egress_links GROUP BY ALL) l USING (facility_id, year)""",
        # the area of a region is shared out among the operators that state the length
        "operators": f"""
    SELECT o.*, {REGION}, area / count(access_fibre) OVER here AS access_area,
      area / count(long_distance_fibre) OVER here AS long_distance_area
    FROM operator_networks o LEFT JOIN region_statistics USING (region_code, year)
    WHERE {INSIDE} WINDOW here AS (PARTITION BY region_code, year)""",
        # in a region where no centre has a station, its stations stand in
        "warmth": f"""
    WITH standing AS (
      SELECT c.region, c.year, temperature, racks_built AS racks, 0 AS level
      FROM centres c LEFT JOIN weather_stations USING (station_id, year)),
    told AS (SELECT DISTINCT region, year FROM standing WHERE temperature IS NOT NULL)
    SELECT * FROM standing SEMI JOIN told USING (region, year)
    UNION ALL
    SELECT * FROM (SELECT {REGION}, year, temperature, 1, 1 FROM weather_stations WHERE {INSIDE})
    ANTI JOIN told USING (region, year)""",
        "honoured": f"""
    SELECT {REGION}, year, kind FROM honours
    JOIN years ON year(awarded) <= year AND coalesce(expires >= make_date(year, 12, 31), true)""",
    }
)
"""Tables that several queries share, in the order in which they are made."""
