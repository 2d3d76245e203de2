"""A result as a folder of plain files, byte for byte the same for the same result."""

from pathlib import Path

from suanli.framework import dump
from suanli.result.contents import Contents
from suanli.result.csv_files import csv_of
from suanli.result.folders import replace_folder
from suanli.result.manifest import manifest_of
from suanli.result.problem_rows import problem_table
from suanli.result.reading import MANIFEST
from suanli.result.tables import TABLES
from suanli.result.workbook import workbook_of


def save_contents(contents: Contents, folder: Path | str) -> None:
    """Write `result.json`, `framework.yaml`, a CSV file a table and `result.xlsx` into a folder, all or nothing.

    The former result in the folder is replaced as a whole; if the program is killed, either the former or the new one
    is there, complete.

    Raises
    ------
    ResultError
        If the folder exists and is not a result, holds other files too, or cannot be written.
    """
    replace_folder(Path(folder), files_of(contents))


def files_of(contents: Contents) -> dict[str, bytes]:
    """Return the bytes of every file of the result's folder, by name."""
    tables = {name: getattr(contents, name) for name in TABLES}
    tables["problems"] = problem_table(contents.problems)
    files = {"framework.yaml": dump(contents.framework).encode()}
    files |= {f"{name}.csv": csv_of(frame) for name, frame in tables.items()}
    rows = {f"{name}.csv": frame.height for name, frame in tables.items()}
    manifest = manifest_of(contents, files, rows)
    return {MANIFEST: manifest, **files, "result.xlsx": workbook_of(contents)}
