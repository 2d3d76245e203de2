"""A saved result, read back and verified."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from suanli.framework import Framework
from suanli.intake import ORIGINS
from suanli.problems import ResultError
from suanli.result.folders import folder_identity, recovered
from suanli.result.manifest import Manifest, read_manifest
from suanli.result.names import nodes_by_code
from suanli.result.problem_rows import problems_from
from suanli.result.reading import MANIFEST, file_bytes, file_error
from suanli.result.result import Result
from suanli.result.tables import SCHEMAS, TABLES
from suanli.result.verified_files import VerifiedFiles, check_known
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
    path = Path(folder)
    before = folder_identity(recovered(path))
    try:
        return _loaded(path.resolve(), given=str(folder))
    except ResultError:
        if folder_identity(recovered(path)) == before:
            raise
    # a save put another result there while this one was read
    return _loaded(path.resolve(), given=str(folder))


def _loaded(path: Path, *, given: str) -> Result:
    if not path.exists():
        raise file_error("result-folder-missing", given)
    if not path.is_dir() or not any((path / name).exists() for name in _OWN):
        raise file_error("result-folder-not-result", given)
    manifest = read_manifest(file_bytes(path, MANIFEST))
    files = VerifiedFiles(path, manifest.files, manifest.rows)
    framework = files.framework(manifest.framework_id)
    tables = {name: files.table(name, SCHEMAS[name]) for name in (*TABLES, "problems")}
    _check_codes(manifest, framework, tables)
    _check_origins(tables["indicators"])
    problem_rows = tables.pop("problems")
    try:
        problems = problems_from(problem_rows, manifest.problem_details)
    except ValueError as wrong:
        raise file_error("result-file-invalid", "problems.csv", str(wrong)[:200]) from wrong
    return Result(
        framework=framework,
        about=manifest.about,
        regions=manifest.regions,
        goalposts=manifest.goalposts,
        problems=problems,
        **tables,
    )


def _check_codes(
    manifest: Manifest, framework: Framework, tables: Mapping[str, pl.DataFrame]
) -> None:
    """Refuse tables that speak of regions, periods, nodes, origins or factors that there are not."""
    known = {
        "region_code": frozenset(region.code for region in manifest.regions),
        "period": frozenset(manifest.about.periods),
        "node": frozenset(nodes_by_code(framework)),
        "indicator": frozenset(indicator.code for indicator in framework.indicators()),
        "origin": frozenset(ORIGINS),
        "factor": frozenset(FACTORS),
    }
    known |= {"period_from": known["period"], "period_to": known["period"]}
    check_known({table: tables[table] for table in TABLES}, known)


def _check_origins(indicators: pl.DataFrame) -> None:
    """Refuse a value without an origin, and an origin without a value."""
    wrong = indicators.filter((pl.col("origin") == "missing") != pl.col("value").is_null())
    if wrong.height:
        found = ", ".join(wrong.select("region_code", "period", "indicator", "origin").row(0))
        raise file_error("result-file-invalid", "indicators.csv", found)
