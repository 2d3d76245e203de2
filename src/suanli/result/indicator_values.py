"""Indicator values before anything is scored or filled, with what they rest on; saved as a folder of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import polars as pl

from suanli.framework import Framework
from suanli.indicators import RULES, Recorded, level_words, rule_words
from suanli.intake import Study, ValueGrid
from suanli.language import Text
from suanli.problems import Problem
from suanli.result.contents import RegionName
from suanli.result.csv_files import csv_of
from suanli.result.document import Format, said, sealed
from suanli.result.folders import FolderKind, replace_folder
from suanli.result.manifest_parts import file_entries
from suanli.result.tables import no_rows, table_of
from suanli.result.value_rows import region_names, value_table

MANIFEST = "values.json"
FORMAT = Format(MANIFEST, "suanli-indicator-values", 1, "indicator-values")
TABLES = ("indicators", "measures", "region_pairs")
"""The tables that are files of their own."""

KIND = FolderKind(
    FORMAT.problems, MANIFEST, (MANIFEST, *(f"{name}.csv" for name in TABLES)), FORMAT.is_in
)
"""The folder of saved values, which may be replaced by others."""


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorValues:
    """A study's indicator values, given and computed, with gaps as they are.

    Attributes
    ----------
    indicators, measures, region_pairs
        Tables as in a result.
    given
        Which values the data files give: region_code, period, indicator.
    overall
        Of values from records, the figures of all regions together: indicator, period, rule, value, unit, regions (that
        have a value), used, eligible, weight_share, fallback_regions, level (the furthest fallback).
    formulas
        How each indicator is computed from records, by its code; without an entry it is not.
    levels
        What levels of fallback are called.
    problems
        Of the study, its records and what was computed.
    """

    framework: Framework
    name: str
    title: Text
    simulated: bool
    periods: tuple[str, ...]
    regions: tuple[RegionName, ...]
    indicators: pl.DataFrame
    measures: pl.DataFrame
    region_pairs: pl.DataFrame
    given: pl.DataFrame
    overall: pl.DataFrame
    formulas: Mapping[str, Text]
    levels: Mapping[str, Text]
    problems: tuple[Problem, ...]

    def save(self, folder: Path | str) -> None:
        """Write `values.json`, `indicators.csv`, `measures.csv` and `region_pairs.csv` into a folder, all or nothing.

        Raises
        ------
        ResultError
            If the folder exists and does not hold such values, holds other files too, or cannot be written.
        """
        files = {f"{name}.csv": csv_of(getattr(self, name)) for name in TABLES}
        rows = {f"{name}.csv": getattr(self, name).height for name in TABLES}
        document: dict[str, object] = {
            "format": FORMAT.name,
            "version": FORMAT.version,
            "suanli": version("suanli"),
            "name": self.name,
            "title": said(self.title),
            "simulated": self.simulated,
            "framework": {"id": self.framework.id, "version": self.framework.version},
            "periods": list(self.periods),
            "files": file_entries(files, rows),
        }
        replace_folder(Path(folder), {MANIFEST: sealed(document), **files}, KIND)


def indicator_values(
    study: Study, grid: ValueGrid, recorded: Recorded | None, problems: tuple[Problem, ...]
) -> IndicatorValues:
    """Return the values of a study; `grid` holds its indicators, `recorded` what its records gave, if it has any."""
    framework = study.framework
    rules = RULES if recorded else {}
    levels = {level for rule in rules.values() for level in rule.levels}
    formulas = {
        indicator.code: rule_words(indicator.rule)
        for indicator in framework.indicators()
        if indicator.rule is not None
    }
    return IndicatorValues(
        framework=framework,
        name=study.name,
        title=study.title,
        simulated=study.simulated,
        periods=grid.periods,
        regions=region_names(study.regions, grid.regions),
        indicators=value_table(framework, study.regions, grid),
        measures=table_of("measures", recorded.measures) if recorded else no_rows("measures"),
        region_pairs=(
            table_of("region_pairs", recorded.pairs) if recorded else no_rows("region_pairs")
        ),
        given=study.observations.select("region_code", "period", pl.col("code").alias("indicator")),
        overall=recorded.overall if recorded else pl.DataFrame(),
        formulas={code: words for code, words in formulas.items() if words is not None},
        levels={level: level_words(level) for level in sorted(levels)},
        problems=problems,
    )
