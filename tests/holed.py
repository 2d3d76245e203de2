"""A simulated study of ccpe-3.0 with holes in its records, so that coverage is not whole and fallbacks stand in."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from suanli.intake import read_study
from tests import plain_sql

_NUMBER, _PLACE = "right(facility_id, 4)::INT", "substr(facility_id, 2, 2)"
HOLES: Mapping[str, str] = MappingProxyType(
    {
        # centres that do not say; in two provinces neither power nor racks, in a third no power
        "facilities": f"""SELECT * REPLACE (
      if({_PLACE} IN ('54', '64') OR {_NUMBER} % 11 = 3, NULL, racks_used) AS racks_used,
      if({_NUMBER} % 13 = 5, NULL, racks_built) AS racks_built,
      if({_PLACE} IN ('54', '63', '64') OR {_NUMBER} % 7 = 1, NULL, design_it_power)
        AS design_it_power,
      if({_NUMBER} % if({_PLACE} = '64', 3, 10) = 2, NULL, reported_pue) AS reported_pue,
      if({_NUMBER} % 9 = 4, NULL, revenue) AS revenue,
      if({_NUMBER} % 8 = 5, NULL, industries_served) AS industries_served,
      if({_NUMBER} % 6 = 1, NULL, fast_network) AS fast_network,
      if({_NUMBER} % 5 = 3, NULL, smart_network) AS smart_network,
      if({_PLACE} = '46' OR {_NUMBER} % 7 = 2, NULL, station_id) AS station_id,
      if({_NUMBER} % 10 = 4, NULL, latitude) AS latitude,
      if({_NUMBER} % 17 = 6, make_date(year, 7, 1), in_service) AS in_service) FROM facilities""",
        # peaks that follow from cores, or are not known, and chips in a second precision
        "chips": f"""SELECT * REPLACE (if({_NUMBER} % 10 IN (1, 2), NULL, peak) AS peak,
      if({_NUMBER} % 10 = 1, NULL, peak_fp32) AS peak_fp32) FROM chips WHERE {_NUMBER} % 12 <> 7
    UNION ALL SELECT * REPLACE ('INT8' AS precision, 2 * peak AS peak) FROM chips
      WHERE {_NUMBER} % 12 <> 7 AND purpose = 'ai'""",
        # provinces and centres without meters, or without some; mixed categories; fuel by volume; clean energy
        "meters": f"""SELECT * REPLACE (
      least(category + right(meter_id, 1)::INT % 2, 3) AS category,
      if(carrier = 'diesel' AND {_NUMBER} % 2 = 0, 'L', unit) AS unit,
      if(quantity = 'total_energy' AND carrier = 'electricity' AND {_NUMBER} % 3 = 0, NULL, carrier)
        AS carrier)
    FROM meters WHERE {_PLACE} NOT IN ('54', '63', '64') AND {_NUMBER} % 8 <> 2
      AND NOT (quantity = 'it_energy' AND {_NUMBER} % 8 = 3)
      AND NOT (quantity = 'carbon' AND {_NUMBER} % 8 = 4)
    UNION ALL SELECT * REPLACE ('clean ' || meter_id AS meter_id, 'clean_energy' AS quantity)
      FROM meters
      WHERE quantity = 'total_energy' AND carrier = 'electricity' AND {_NUMBER} % 6 = 5""",
        # too little of a year, and just enough of it
        "meter_readings": """SELECT * FROM meter_readings
      WHERE NOT (right(meter_id, 2) = '14' AND month(time) >= 10)
      AND NOT (right(meter_id, 2) = '15' AND month(time) = 12)
    UNION ALL SELECT 'clean ' || meter_id, time, amount / 9 FROM meter_readings
      JOIN meters USING (meter_id) WHERE quantity = 'total_energy'""",
        # counters that are set back, read late, or stand beside intervals
        "meter_registers": """SELECT * REPLACE (
      if(right(meter_id, 1) = '1', fmod(reading, 1e6), reading) AS reading) FROM meter_registers
      WHERE second(time) = 0 AND (right(meter_id, 1) <> '2' OR dayofyear(time) BETWEEN 4 AND 360)
    UNION ALL SELECT meter_id, time, 7 FROM meter_readings WHERE right(meter_id, 3) = '016'""",
        "clean_energy": f"""FROM clean_energy WHERE year = 2023 AND {_NUMBER} % 10 <> 5
      AND NOT (instrument = 'contract' AND {_NUMBER} % 4 = 3)""",
        "storage_systems": f"""SELECT * REPLACE (
      if(right(system_id, 1) = '2' AND {_NUMBER} % 4 = 1, NULL, iops) AS iops)
    FROM storage_systems WHERE {_NUMBER} % 9 <> 4""",
        "egress_links": f"""SELECT * REPLACE (if({_NUMBER} % 5 = 2, NULL, route_id) AS route_id,
      if({_NUMBER} % 6 = 1 AND right(link_id, 1) <> '2', NULL, network_name) AS network_name)
    FROM egress_links WHERE {_NUMBER} % 10 <> 6""",
        # delays that are not known, packets that are all lost, both directions, a centre and itself
        "probes": """SELECT * REPLACE (if(right(target_id, 1) = '3', NULL, delay) AS delay,
      if(right(source_id, 1) IN ('1', '2') OR right(target_id, 2) = '14' AND month(time) < 6,
        'one_way', direction) AS direction,
      if(second(time) = 0 AND minute(time) % 9 = 0, sent, lost) AS lost,
      if(right(target_id, 1) = '7', source_id, target_id) AS target_id) FROM probes""",
        "operator_networks": """SELECT * REPLACE (
      if(operator = '模拟运营商丁', NULL, broadband_ports) AS broadband_ports,
      if(operator = '模拟运营商甲', NULL, access_fibre) AS access_fibre,
      if(region_code = '440000', NULL, ip_router_ports) AS ip_router_ports)
    FROM operator_networks""",
        "region_statistics": """SELECT * REPLACE (if(region_code = '650000', NULL, area) AS area)
    FROM region_statistics WHERE region_code <> '620000' OR year = 2023""",
        "households": """SELECT * REPLACE (
      if(region_code = '520000', NULL, gigabit_covered) AS gigabit_covered) FROM households""",
        "graduates": """FROM graduates WHERE NOT (region_code LIKE '4%' AND field = 'all')
      AND NOT (region_code LIKE '42%' AND field = 'other')""",
        # honours that always stand, and that expire on the last day of the year or the day before
        "honours": """SELECT * REPLACE (if(right(honour_id, 1) = '1', NULL,
      if(right(honour_id, 1) = '2', make_date(2023, 12, 30 + year(awarded) % 2), expires))
        AS expires) FROM honours""",
        # rows of others that do not count
        "intellectual_property": """FROM intellectual_property
    UNION ALL SELECT * REPLACE ('a' || record_id AS record_id, 'invention_application' AS kind)
      FROM intellectual_property
    UNION ALL SELECT * REPLACE ('o' || record_id AS record_id, 'other' AS holder)
      FROM intellectual_property""",
        "research_spending": """FROM research_spending
    UNION ALL SELECT * REPLACE ('computer_manufacturing' AS performer) FROM research_spending""",
        "weather_stations": "FROM weather_stations WHERE right(station_id, 1) <> '2' OR year = 2022",
    }
)
"""What is left of a table's records, by table."""


def holed(whole: Path, folder: Path) -> Path:
    """Return the folder of a copy of a study with holes in its records."""
    shutil.copytree(whole, folder)
    with plain_sql.connected(whole / "records", read_study(whole).periods) as connection:
        for table, query in HOLES.items():
            shutil.rmtree(folder / "records" / table, ignore_errors=True)
            connection.execute(f"COPY ({query}) TO '{folder}/records/{table}.parquet'")
    return folder
