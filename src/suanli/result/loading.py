"""A saved result, read back and verified."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from suanli.framework import Framework
from suanli.intake import ORIGINS
from suanli.result.folders import retried
from suanli.result.judged import FITTED
from suanli.result.manifest import Manifest, read_manifest
from suanli.result.names import nodes_by_code
from suanli.result.reading import MANIFEST, file_bytes, file_error
from suanli.result.result import Result
from suanli.result.tables import SCHEMAS, TABLES
from suanli.result.verified_files import VerifiedFiles
from suanli.scoring import FACTORS

_OWN = (MANIFEST, *(f"{name}.csv" for name in (*TABLES, "problems")))
"""Files by any of which a folder is known as one of a result, be it whole or not."""


def load_result(folder: Path | str) -> Result:
    """Return the result that `Result.save` wrote into a folder.

    Every file but the workbook, which people may open and save, must have the digest that `result.json` records. A
    former result that a killed save left aside is brought back first; when a save replaces the folder meanwhile, the
    new result is read.

    Raises
    ------
    ResultError
        If there is no folder (which is named as it was given) or it holds no result, its format is unknown, or a
        file is missing, changed, too large or malformed; the file is named.
    """
    return retried(folder, lambda path: _loaded(path, given=str(folder)))


def _loaded(path: Path, *, given: str) -> Result:
    if not path.exists():
        raise file_error("result-folder-missing", given)
    if not path.is_dir() or not any((path / name).exists() for name in _OWN):
        raise file_error("result-folder-not-result", given)
    manifest = read_manifest(file_bytes(path, MANIFEST))
    files = VerifiedFiles(path, manifest.recorded)
    framework = files.framework()
    tables = {name: files.table(name, SCHEMAS[name]) for name in TABLES}
    known = _known(manifest, framework)
    weights = {"weights": tables["weights"]}
    files.check_known(weights, {**known, "origin": frozenset({None, FITTED})})
    files.check_known({name: tables[name] for name in TABLES if name not in weights}, known)
    _check_origins(tables["indicators"], files)
    return Result(
        framework=framework,
        about=manifest.about,
        regions=manifest.regions,
        goalposts=manifest.goalposts,
        problems=files.found_problems(),
        **tables,
    )


def _known(manifest: Manifest, framework: Framework) -> Mapping[str, frozenset[str | None]]:
    """Return the regions, periods, nodes, origins and factors that tables may speak of."""
    periods = frozenset(manifest.about.periods)
    regions = frozenset(region.code for region in manifest.regions)
    return {
        **dict.fromkeys(("region_code", "other_code"), regions),
        **dict.fromkeys(("period", "period_from", "period_to"), periods),
        "node": frozenset(nodes_by_code(framework)),
        "indicator": frozenset(indicator.code for indicator in framework.indicators()),
        "origin": frozenset(ORIGINS),
        "factor": frozenset(FACTORS),
    }


def _check_origins(indicators: pl.DataFrame, files: VerifiedFiles) -> None:
    """Refuse a value without an origin, and an origin without a value."""
    wrong = indicators.filter((pl.col("origin") == "missing") != pl.col("value").is_null())
    if wrong.height:
        found = ", ".join(wrong.select("region_code", "period", "indicator", "origin").row(0))
        raise files.invalid("indicators.csv", found)
