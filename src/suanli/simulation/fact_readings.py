"""How facts that are of no single indicator still bind indicators: totals, shares and ratios of several."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which facts about a metric bind indicators of a framework.

    Attributes
    ----------
    codes
        The indicators whose values are added up.
    unit
        The unit of that sum; the framework's where empty.
    times, factor
        The base that each region's value is multiplied by, and a factor.
    over
        The base whose national total the national sum is divided by.
    figures
        Which figures of the fact are meant; all when empty.
    statement
        What the figures state, where that is not what the fact says of itself.
    group
        Groups of the grouping of economic belts that stand for the regions named.
    first
        The place of the first region named, where the fact gives none; 0 for no places.
    ranked
        Whether the order in which the fact names regions is meant too.
    form
        `sum`, or `dearest`: the regions named relative to the region with the greatest value; or the name of a further
        part of the fact that gives the figure.
    """

    codes: tuple[str, ...]
    unit: str = ""
    times: str = ""
    factor: float = 1.0
    over: str = ""
    figures: tuple[int, ...] = ()
    statement: str = ""
    group: tuple[str, ...] = ()
    first: int = 0
    ranked: bool = False
    form: str = "sum"


_DEVICES = ("2.1.1.1", "2.1.1.2", "2.1.1.3")

READINGS: Mapping[tuple[str, str], tuple[Reading, ...]] = MappingProxyType(
    {
        ("cpdi-2.0", "device_compute_total"): (Reading(_DEVICES),),
        ("cpdi-2.0", "device_compute_east"): (Reading(_DEVICES, group=("east",)),),
        ("cpdi-2.0", "server_market_top5"): (
            Reading(("2.1.1.1",), figures=(0,), first=1),
            Reading(("2.1.1.2",), figures=(1,), first=1),
        ),
        ("cpdi-2.0", "base_stations_5g"): (
            Reading(("2.4.1.2",), unit="个", times="base_stations_4g", factor=0.01),
        ),
        ("cpdi-2.0", "patents_gd"): (
            Reading(("2.3.1.1",), figures=(0,)),
            Reading(("2.3.1.2",), figures=(1,)),
            Reading(("2.3.1.1",), figures=(2,), statement="share"),
            Reading(("2.3.1.2",), figures=(2,), statement="share"),
        ),
        ("cpdi-2.0", "innovation"): (Reading(("2.3.1.1",)), Reading(("2.3.1.2",))),
        ("ccpe-3.0", "infra_compute"): (Reading(("3.1.1.1",), ranked=True),),
        ("ccpe-3.0", "dc_egress_bandwidth_avg"): (
            Reading(("3.3.3.1",), over="centres_in_use", factor=1e3, figures=(0,)),
            Reading(("3.3.3.1",), over="racks_built", factor=1e6, figures=(1,)),
        ),
        ("ccpe-3.0", "electricity_price_ratio"): (Reading(("3.4.1.1",), form="dearest"),),
        ("ccpe-3.0", "storage_capacity"): (Reading(("3.2.2.3",), form="advanced_share_gt"),),
    }
)
"""By framework and metric. In the innovation facts only the share is of patents; their ranking is of a group."""
