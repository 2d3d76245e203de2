"""A panel's saved result, read back and verified."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from suanli.framework import Framework
from suanli.problems import ResultError
from suanli.result.folders import folder_identity, recovered
from suanli.result.names import nodes_by_code
from suanli.result.panels.contents import PanelResult
from suanli.result.panels.manifest import MANIFEST, PanelManifest, read_manifest
from suanli.result.panels.saving import KIND
from suanli.result.panels.tables import SCHEMAS, TABLES
from suanli.result.problem_rows import problems_from
from suanli.result.reading import file_bytes, file_error
from suanli.result.verified_files import VerifiedFiles, check_known


def load_panel_result(folder: Path | str) -> PanelResult:
    """Return the result of a panel that `save_panel_result` wrote into a folder.

    Every file but the workbook, which people may open and save, must have the digest that `panel.json` records. A
    former result that a killed save left aside is brought back first; when a save replaces the folder meanwhile, the
    new one is read.

    Raises
    ------
    ResultError
        If there is no folder (which is named as it was given) or it holds no panel's result, its format is unknown, or
        a file is missing, changed, too large or malformed; the file is named.
    """
    path = Path(folder)
    before = folder_identity(recovered(path, KIND))
    try:
        return _loaded(path.resolve(), given=str(folder))
    except ResultError:
        if folder_identity(recovered(path, KIND)) == before:
            raise
    # a save put another result there while this one was read
    return _loaded(path.resolve(), given=str(folder))


def _loaded(path: Path, *, given: str) -> PanelResult:
    if not path.exists():
        raise file_error("panel-result-folder-missing", given)
    if not path.is_dir() or not (path / MANIFEST).exists():
        raise file_error("panel-result-folder-not-result", given)
    manifest = read_manifest(file_bytes(path, MANIFEST))
    files = VerifiedFiles(path, manifest.files, manifest.rows)
    framework = files.framework(manifest.framework_id)
    tables = {name: files.table(name, schema) for name, schema in SCHEMAS.items()}
    _check_codes(manifest, framework, tables)
    problem_rows = tables.pop("problems")
    try:
        problems = problems_from(problem_rows, manifest.problem_details)
    except ValueError as wrong:
        raise file_error("result-file-invalid", "problems.csv", str(wrong)[:200]) from wrong
    return PanelResult(
        framework=framework,
        rules=manifest.rules,
        about=manifest.about,
        problems=problems,
        **tables,
    )


def _check_codes(
    manifest: PanelManifest, framework: Framework, tables: Mapping[str, pl.DataFrame]
) -> None:
    """Refuse tables that speak of nodes or experts that there are not."""
    nodes = frozenset(nodes_by_code(framework))
    experts = frozenset(expert.id for expert in manifest.about.experts)
    known = {"node": nodes, "item": nodes, "expert": experts}
    check_known({table: tables[table] for table in TABLES}, known)
