"""A new study's folder, written whole or not at all."""

from pathlib import Path

from suanli.framework import Framework
from suanli.intake.new_folder import check_free, write_folder
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
    write_folder(target, files)
    return tuple(target / name for name in sorted(files))


def check_periods(periods: tuple[str, ...]) -> list[Problem]:
    """Return an error unless there are periods, each named once and none blank."""
    unique = len(set(periods)) == len(periods)
    if periods and unique and all(period == period.strip() != "" for period in periods):
        return []
    found = ", ".join(periods) or "–"
    return [Problem("template-periods", Severity.ERROR, Place(), found=found)]


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
