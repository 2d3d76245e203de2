"""What one unit of a meter is in the unit that rules add: kWh, litres of water, kilograms of carbon or yuan."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import narwhals as nw
import polars as pl

from suanli.framework.units import UnitError, converted
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

BASE_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "total_energy": "kWh",
        "it_energy": "kWh",
        "clean_energy": "kWh",
        "water": "L",
        "carbon": "kg",
        "electricity_cost": "元",
    }
)
"""The unit in which each quantity of a meter is added up."""

METER_FACTORS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {"diesel": ("L", 9.9), "gas": ("m³", 10.5)}
)
"""Fuels metered by volume: the unit, and the energy of one in kWh (EN 50600-4-2)."""

_CARRIERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "total_energy": ("", "electricity", "heat", "diesel", "gas"),
        "it_energy": ("", "electricity"),
        "clean_energy": ("", "electricity", "heat"),
        "water": ("", "water", "none"),
        "carbon": ("", "none", "electricity", "heat", "diesel", "gas"),
        "electricity_cost": ("", "none", "electricity"),
    }
)
"""The carriers that a quantity may be metered by; empty is not stated."""

_SAME: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # a ton of water is a cubic metre wherever water is billed
        "water": MappingProxyType({"t": "m³", "吨": "m³", "kg": "L", "方": "m³"}),
        "gas": MappingProxyType({"Nm³": "m³", "Nm3": "m³", "标准立方米": "m³", "方": "m³"}),
        "carbon": MappingProxyType({"kgCO2": "kg", "kgCO2e": "kg", "tCO2": "t", "tCO2e": "t"}),
    }
)
"""Spellings of units that mean a quantity or carrier's own unit."""

_REMEMBERED = 4096
_KEY = ("quantity", "carrier", "unit")
_SCHEMA = {"quantity": pl.String, "carrier": pl.String, "unit": pl.String, "factor": pl.Float64}


@lru_cache(maxsize=_REMEMBERED)
def meter_factor(quantity: str, carrier: str | None, unit: str) -> float | None:
    """Return what one unit of a meter is in the quantity's base unit, or None where it cannot be converted.

    Energy counts as it is in any unit of energy; diesel and gas may also be metered by volume, and then count by their
    energy (EN 50600-4-2). A carrier that the quantity cannot have is not converted.

    >>> meter_factor("total_energy", "electricity", "MWh"), meter_factor("total_energy", "diesel", "L")
    (1000.0, 9.9)
    >>> meter_factor("water", None, "kWh") is None
    True
    """
    base, carrier = BASE_UNITS.get(quantity), carrier or ""
    if base is None or carrier not in _CARRIERS[quantity]:
        return None
    spelled = unit.strip().replace("₂", "2")
    spelled = _SAME.get(carrier if base == "kWh" else quantity, {}).get(spelled, spelled)
    direct = _converted(spelled, base)
    if direct is not None or base != "kWh" or carrier not in METER_FACTORS:
        return direct
    volume, energy = METER_FACTORS[carrier]
    amount = _converted(spelled, volume)
    return None if amount is None else amount * energy


def meter_factors(records: Records) -> Frame:
    """Return the factor of every combination of `quantity`, `carrier` and `unit` among the meters, as `factor`.

    `carrier` is empty, not null, where it is not stated, so that frames join on it; `factor` is null where the unit
    cannot be converted. `factored_meters` is the meters with it.
    """
    return records.staged("meter_factors", lambda: _factors(records))


def factored_meters(records: Records) -> Frame:
    """Return the meters with `factor`, what one of the meter's unit is in its quantity's base unit, or null."""
    factors = meter_factors(records).rename({"carrier": "stated"})
    meters = records.table("meters").with_columns(_stated().alias("stated"))
    return meters.join(factors, on=["quantity", "stated", "unit"], how="left").drop("stated")


def _factors(records: Records) -> Frame:
    meters = records.table("meters").select("quantity", _stated().alias("carrier"), "unit")
    found = records.collected(meters.drop_nulls().unique()).sort(_KEY)
    rows = [(*key, meter_factor(*key)) for key in found.select(_KEY).iter_rows()]
    return records.engine.frame(pl.DataFrame(rows, schema=_SCHEMA, orient="row"))


def _stated() -> nw.Expr:
    return nw.coalesce(nw.col("carrier"), nw.lit(""))


def _converted(unit: str, to: str) -> float | None:
    try:
        # two equal units or a unit without an offset: what is 0 in one is 0 in the other
        return converted(1.0, unit, to)
    except UnitError:
        return None
