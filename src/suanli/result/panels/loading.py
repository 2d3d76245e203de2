"""A panel's saved result, read back and verified."""

from collections.abc import Mapping
from pathlib import Path

from suanli.framework import Framework
from suanli.result.folders import retried
from suanli.result.names import nodes_by_code
from suanli.result.panels.contents import PanelResult
from suanli.result.panels.manifest import FORMAT, MANIFEST, PanelManifest, read_manifest
from suanli.result.panels.saving import KIND
from suanli.result.panels.tables import SCHEMAS, TABLES
from suanli.result.reading import file_bytes, file_error
from suanli.result.verified_files import VerifiedFiles


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
    return retried(folder, lambda path: _loaded(path, given=str(folder)), KIND)


def _loaded(path: Path, *, given: str) -> PanelResult:
    if not path.exists():
        raise file_error("panel-result-folder-missing", given)
    if not path.is_dir() or not (path / MANIFEST).exists():
        raise file_error("panel-result-folder-not-result", given)
    manifest = read_manifest(file_bytes(path, MANIFEST, FORMAT.problems))
    files = VerifiedFiles(path, manifest.recorded, FORMAT.problems)
    framework = files.framework()
    tables = {name: files.table(name, SCHEMAS[name]) for name in TABLES}
    known = _known(manifest, framework)
    files.check_known(tables, known)
    influential = manifest.about.influential
    if influential is not None and influential.node not in known["node"]:
        raise files.invalid(MANIFEST, f"node: {influential.node[:40]}")
    return PanelResult(
        framework=framework,
        rules=manifest.rules,
        about=manifest.about,
        problems=files.found_problems(),
        **tables,
    )


def _known(manifest: PanelManifest, framework: Framework) -> Mapping[str, frozenset[str]]:
    """Return the nodes and experts that tables may speak of."""
    nodes = frozenset(nodes_by_code(framework))
    experts = frozenset(expert.id for expert in manifest.about.experts)
    return {"node": nodes, "item": nodes, "expert": experts}
