"""All tables of a simulated study, one part after another."""

from collections.abc import Iterator

import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.centre_tables import PUE, Centres, centres, facilities
from suanli.simulation.chip_tables import chips
from suanli.simulation.days_tables import ai_services, honours, industry_events, policies
from suanli.simulation.industry_tables import (
    intellectual_property,
    it_spending,
    production,
    research_spending,
    software_revenue,
)
from suanli.simulation.link_tables import BANDWIDTH, egress_links
from suanli.simulation.meter_tables import meters, meters_of
from suanli.simulation.operator_tables import (
    access_nodes,
    access_speeds,
    exchange_points,
    households,
    key_sites,
    operator_networks,
)
from suanli.simulation.probe_tables import DELAY_BETWEEN, probes
from suanli.simulation.reading_tables import meter_readings, meter_registers
from suanli.simulation.region_tables import firms, graduates, region_statistics
from suanli.simulation.shipment_tables import server_shipments, supercomputers
from suanli.simulation.sizes import Size
from suanli.simulation.storage_tables import CAPACITY, CLEAN, clean_energy, storage_systems
from suanli.simulation.targets import Targets
from suanli.simulation.weather_tables import TEMPERATURE, weather_stations

_OF_REGIONS = {
    "server_shipments": (("2.1.1.1",), server_shipments),
    "supercomputers": (("2.1.1.3",), supercomputers),
    "production": (("2.2.1.1",), production),
    "software_revenue": (("2.2.3.1",), software_revenue),
    "it_spending": (("2.4.2.1",), it_spending),
    "ai_services": (("3.1.2.7",), ai_services),
    "access_nodes": (("3.3.1.4",), access_nodes),
    "key_sites": (("3.3.2.5",), key_sites),
    "exchange_points": (("3.3.2.1",), exchange_points),
    "households": (("3.3.1.3",), households),
    "access_speeds": (("3.3.1.8",), access_speeds),
    "policies": (("3.4.1.3",), policies),
    "industry_events": (("3.4.2.3",), industry_events),
    "honours": (("3.4.2.4",), honours),
    "firms": (("3.4.2.1",), firms),
    "graduates": (("3.4.2.2",), graduates),
    "operator_networks": (("2.4.1.1", "3.3.1.1"), operator_networks),
    "research_spending": (("2.3.2.1", "3.4.2.5"), research_spending),
    "intellectual_property": (("2.3.1.1", "3.4.2.6"), intellectual_property),
    "region_statistics": (("2.5.2.1", "3.3.1.2"), region_statistics),
}
"""Table: the indicators of which any needs it, and what makes it from the targets alone."""


def record_tables(
    targets: Targets, size: Size, *, seed: int
) -> Iterator[tuple[str, int, pl.DataFrame]]:
    """Yield name, part and rows of every table that the framework's indicators need.

    Sums and ratios of the rows under the indicators' calibers are the targets, but for what rounding to whole things
    leaves. Parts of a table follow one another, numbered from 0, and only one is in memory at a time. The same targets,
    size and seed give the same rows.

    Raises
    ------
    ValueError
        If a target is missing.
    """
    aims = Aims(targets, size, seed)
    stand = centres(aims)
    yield "facilities", 0, facilities(aims, stand)
    yield "chips", 0, chips(aims, stand)
    yield from _of_regions(aims)
    yield from _of_centres(aims, stand)
    if aims.has(PUE):
        yield from _of_meters(aims, stand)
    if aims.has(DELAY_BETWEEN):
        for part, frame in enumerate(probes(aims, stand.register)):
            yield "probes", part, frame


def _of_regions(aims: Aims) -> Iterator[tuple[str, int, pl.DataFrame]]:
    for name, (codes, made) in _OF_REGIONS.items():
        if any(map(aims.has, codes)):
            yield name, 0, made(aims)


def _of_centres(aims: Aims, stand: Centres) -> Iterator[tuple[str, int, pl.DataFrame]]:
    if aims.has(TEMPERATURE):
        yield "weather_stations", 0, weather_stations(aims, stand.register)
    if aims.has(CAPACITY):
        yield "storage_systems", 0, storage_systems(aims, stand)
    if aims.has(BANDWIDTH):
        yield "egress_links", 0, egress_links(aims, stand)
    if aims.has(CLEAN):
        yield "clean_energy", 0, clean_energy(aims, stand)


def _of_meters(aims: Aims, stand: Centres) -> Iterator[tuple[str, int, pl.DataFrame]]:
    listed = meters_of(aims, stand)
    yield "meters", 0, meters(listed, stand.register.ids)
    registers = meter_registers(aims, listed)
    if registers.height:
        yield "meter_registers", 0, registers
    for part, frame in enumerate(meter_readings(aims, listed)):
        yield "meter_readings", part, frame
