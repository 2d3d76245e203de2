"""Resources and policy: temperature and policies."""

import narwhals as nw

from suanli.indicators.items import centres, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

_REGION_YEAR = ("region", "period")


def mean_temperature(records: Records) -> Frame:
    """Return the items of 自然条件: mean over centres in use of the year's temperature at their station (°C; 3.4.1.2).

    In a region where no centre has a station, the stations of the region stand in.
    """
    return _temperature(records, nw.lit(1.0))


def temperature_by_racks(records: Records) -> Frame:
    """Return the items of the temperature where the racks stand: Σ racks × temperature / Σ racks (°C)."""
    return _temperature(records, nw.col("racks_built"))


def policy_support(records: Records) -> Frame:
    """Return the items of 政策支持力度: policies issued in the year, each by what its level counts (件; 3.4.1.3)."""
    worth = nw.lit(1.0)
    for level, counts in records.options.policy_levels.items():
        worth = nw.when(nw.col("level") == level).then(float(counts)).otherwise(worth)
    return items(
        records.table("policies"),
        record=nw.col("policy_id"),
        part=nw.col("level"),
        numerator=worth,
    )


def _temperature(records: Records, size: nw.Expr) -> Frame:
    stations = records.table("weather_stations")
    readings = stations.select("station_id", "year", "temperature")
    standing = centres(records).join(readings, on=["station_id", "year"], how="left")
    told = standing.filter(~nw.col("temperature").is_null()).select(*_REGION_YEAR).unique()
    of_centres = standing.join(told, on=list(_REGION_YEAR), how="inner").with_columns(
        size.alias("size")
    )
    of_stations = stations.join(told, on=list(_REGION_YEAR), how="anti")
    warmth = nw.col("temperature")
    return nw.concat(
        [
            items(
                of_centres,
                record=nw.col("facility_id"),
                numerator=warmth * nw.col("size"),
                denominator=nw.col("size"),
                weight=nw.col("racks_built"),
            ),
            items(
                of_stations,
                record=nw.col("station_id"),
                numerator=warmth,
                level=nw.lit(1),
            ),
        ],
        how="vertical",
    )


_STATIONS = ("weather_stations",)
_LEVELS = ("centres_stations", "regions_stations")

RULES: tuple[Rule, ...] = (
    Rule(
        "mean_temperature",
        mean_temperature,
        "ratio",
        "°C",
        _STATIONS,
        levels=_LEVELS,
        beside={
            "temperature_by_racks": Rule(
                "temperature_by_racks",
                temperature_by_racks,
                "ratio",
                "°C",
                _STATIONS,
                levels=_LEVELS,
            )
        },
    ),
    Rule("policy_support", policy_support, "sum", "件", ("policies",), absent="zero"),
)
"""The rules of this family."""
