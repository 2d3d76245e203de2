"""A new study's folder, written whole or not at all."""

import os
import secrets
import shutil
from pathlib import Path

from suanli.framework import Framework
from suanli.intake.reading.sheetpass import MAX_SHEET_CELLS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS
from suanli.intake.template.plan import Plan, plan_of
from suanli.intake.template.study_file import WORKBOOK, text_files
from suanli.intake.template.workbook import workbook_of
from suanli.language import Language
from suanli.problems import Place, Problem, Severity, StudyError
from suanli.regions import Regions

_BESIDE_DATA = 10
"""Rows and columns of a sheet that are not data, rounded up."""


def new_study(
    folder: Path | str,
    framework: Framework,
    regions: Regions,
    periods: tuple[str, ...],
    *,
    language: Language = "zh",
) -> tuple[Path, ...]:
    """Write a study's folder, ready to be filled in, and return its files in the order of their names.

    It holds study.yaml, valid as it is; data.xlsx with a sheet a dimension; and, where they are not
    bundled ones, framework.yaml and regions.csv. `language` decides the words of drop-down lists
    and which language stands first in comments; everything is in both. The same arguments give the
    same bytes.

    Raises
    ------
    StudyError
        If the folder exists and is not empty, if there is no period or one is named twice, if a
        sheet would be larger than can be read, or if writing fails; nothing is left behind.
    """
    target = Path(folder)
    problems = check_free(target) + check_periods(periods)
    if problems:
        raise StudyError(problems)
    plan = plan_of(framework, regions, periods, language)
    if too_large := check_size(plan):
        raise StudyError(too_large)
    files = {name: text.encode() for name, text in text_files(plan).items()}
    files[WORKBOOK] = workbook_of(plan)
    try:
        _write(target, files)
    except OSError as trouble:
        raise StudyError([_not_written(target, trouble)]) from trouble
    return tuple(target / name for name in sorted(files))


def check_free(folder: Path) -> list[Problem]:
    """Return an error unless the folder is absent or empty."""
    try:
        taken = folder.is_symlink() or (folder.exists() and not _is_empty_folder(folder))
    except OSError as trouble:
        return [_not_written(folder, trouble)]
    if not taken:
        return []
    return [_error("template-folder-taken", Place(file=folder.name), folder.name)]


def check_periods(periods: tuple[str, ...]) -> list[Problem]:
    """Return an error unless there are periods, each named once and none blank."""
    unique = len(set(periods)) == len(periods)
    if periods and unique and all(period == period.strip() != "" for period in periods):
        return []
    return [_error("template-periods", Place(), ", ".join(periods) or "–")]


def check_size(plan: Plan) -> list[Problem]:
    """Return an error for each sheet with more rows, columns or cells than a study may have."""
    rows = len(plan.regions.codes) * len(plan.periods) + _BESIDE_DATA
    problems = []
    for sheet in plan.sheets:
        columns = len(sheet.items) + _BESIDE_DATA
        if rows > MAX_SHEET_ROWS or columns > MAX_SHEET_COLUMNS or rows * columns > MAX_SHEET_CELLS:
            most = f"{MAX_SHEET_ROWS:,} × {MAX_SHEET_COLUMNS:,} ({MAX_SHEET_CELLS:,})"
            problems.append(
                Problem(
                    "template-too-large",
                    Severity.ERROR,
                    Place(sheet=sheet.name),
                    found=f"{rows:,} × {columns:,}",
                    expected=most,
                    details={"sheet": sheet.name},
                )
            )
    return problems


def _write(target: Path, files: dict[str, bytes]) -> None:
    """Write into a new folder beside the target, then give it the target's name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.parent / f".{target.name}.{secrets.token_hex(6)}"
    unfinished.mkdir()
    try:
        for name, content in files.items():
            (unfinished / name).write_bytes(content)
        if target.exists():
            target.rmdir()  # Windows renames onto nothing, not even an empty folder
        os.replace(unfinished, target)  # noqa: PTH105 - refuses a folder that was filled meanwhile
    finally:
        if unfinished.exists():
            shutil.rmtree(unfinished, ignore_errors=True)


def _is_empty_folder(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _not_written(folder: Path, trouble: OSError) -> Problem:
    reason = trouble.strerror or type(trouble).__name__
    return Problem(
        "template-not-written",
        Severity.ERROR,
        Place(file=folder.name),
        found=folder.name,
        details={"reason": reason},
    )


def _error(code: str, place: Place, found: str) -> Problem:
    return Problem(code, Severity.ERROR, place, found=found)
