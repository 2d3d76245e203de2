"""A panel's result as a folder of plain files, byte for byte the same for the same panel."""

from pathlib import Path

from suanli.framework import dump
from suanli.result.csv_files import csv_of
from suanli.result.folders import FolderKind, replace_folder
from suanli.result.panels.contents import PanelResult
from suanli.result.panels.manifest import FORMAT, MANIFEST, manifest_of
from suanli.result.panels.tables import SCHEMAS, TABLES
from suanli.result.panels.workbook import workbook_of
from suanli.result.problem_rows import problem_table

WORKBOOK = "panel.xlsx"
FILES: tuple[str, ...] = (
    MANIFEST,
    "framework.yaml",
    *(f"{name}.csv" for name in SCHEMAS),
    WORKBOOK,
)
"""Every file of the folder."""

KIND = FolderKind(FORMAT.problems, MANIFEST, FILES, FORMAT.is_in)
"""The folder of a panel's result, which may be replaced by another."""


def save_panel_result(result: PanelResult, folder: Path | str) -> None:
    """Write `panel.json`, `framework.yaml`, a CSV file a table and `panel.xlsx` into a folder, all or nothing.

    `weights.csv` has the columns `node` and `local_weight` that a study's own file of weights has. A former panel's
    result in the folder is replaced as a whole; if the program is killed, either the former or the new one is there,
    complete.

    Raises
    ------
    ResultError
        If the folder exists and is not a panel's result, holds other files too, or cannot be written.
    """
    replace_folder(Path(folder), files_of(result), KIND)


def files_of(result: PanelResult) -> dict[str, bytes]:
    """Return the bytes of every file of the folder, by name."""
    tables = {name: getattr(result, name) for name in TABLES}
    tables["problems"] = problem_table(result.problems)
    files = {"framework.yaml": dump(result.framework).encode()}
    files |= {f"{name}.csv": csv_of(frame) for name, frame in tables.items()}
    rows = {f"{name}.csv": frame.height for name, frame in tables.items()}
    return {MANIFEST: manifest_of(result, files, rows), **files, WORKBOOK: workbook_of(result)}
