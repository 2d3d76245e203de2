"""What a study's data lack as a whole: indicators nobody reports, regions and periods without a value."""

import re
from collections.abc import Iterator

import polars as pl

from suanli.framework import Framework, Indicator
from suanli.intake.reading.tables import capped
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions

_WORD = re.compile(r"[^\W\d]\w*")


def completeness(
    framework: Framework,
    observations: pl.DataFrame,
    regions: Regions,
    periods: tuple[str, ...],
    *,
    recorded: bool = False,
) -> list[Problem]:
    """Return a warning for each indicator that has no data, and for each region and period without any.

    Where there are records (`recorded`), only indicators that have no rule are told of: records may give the others,
    and fill regions and periods.
    """
    present = {
        column: set(observations[column].unique()) for column in ("code", "region_code", "period")
    }
    if not present["code"] and not recorded:
        return [Problem("study-without-values", Severity.ERROR)]
    indicators = [
        Problem(
            "indicator-without-data",
            Severity.WARNING,
            Place(code=indicator.code),
            found=", ".join(lacking),
            details={"name_zh": indicator.name.zh, "name_en": indicator.name.en},
        )
        for indicator, lacking in _lacking(framework, present["code"])
        if not (recorded and indicator.rule)
    ]
    if recorded:
        return capped(indicators)
    silent = [
        Problem(
            "region-without-data",
            Severity.WARNING,
            Place(region=region.code),
            found=region.code,
            details={"name_zh": region.name.zh, "name_en": region.name.en},
        )
        for region in regions.members
        if region.code not in present["region_code"]
    ]
    empty = [
        Problem("period-without-data", Severity.WARNING, Place(period=period), found=period)
        for period in periods
        if period not in present["period"]
    ]
    return [*capped(indicators), *capped(silent), *capped(empty)]


def _lacking(framework: Framework, present: set[str]) -> Iterator[tuple[Indicator, list[str]]]:
    """Yield each indicator that is neither given nor can be computed, with the codes whose data would serve."""
    variables = {variable.code for variable in framework.variables}
    for indicator in framework.indicators():
        if indicator.code in present or indicator.disabled:
            continue
        needed = [word for word in _WORD.findall(indicator.expression or "") if word in variables]
        lacking = (
            sorted({word for word in needed if word not in present}) if needed else [indicator.code]
        )
        if lacking:
            yield indicator, lacking
