"""A file to one matrix of judgements, or every reason why it is none."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from suanli.intake.folder import InputFile
from suanli.intake.matrices.entries import Entries, too_many
from suanli.intake.matrices.forms import Bare, Oversized, Pairs
from suanli.intake.matrices.matching import Snap, matched
from suanli.intake.matrices.pairs import read_pairs
from suanli.intake.matrices.square import read_square
from suanli.intake.matrices.tables import Found, content_of, find_table
from suanli.intake.matrices.together import check_connected, check_sizes, notes
from suanli.intake.reading.tables import capped_by_kind
from suanli.problems import Place, Problem, Severity, StudyError, errors, in_order


@dataclass(frozen=True, slots=True)
class LabelledMatrix:
    """A matrix of judgements: labels, and ratios (n, n) with 1 on the diagonal and NaN where nobody judged.

    The ratios are reciprocal. `snapped` are the judgements that are used other than as written, `problems` notes.
    """

    labels: tuple[str, ...]
    values: NDArray[np.float64]
    snapped: tuple[Snap, ...]
    file: InputFile
    sheet: str
    problems: tuple[Problem, ...]


def read_matrix(
    path: Path | str, *, sheet: str | None = None, grades: bool = False
) -> LabelledMatrix:
    """Return the matrix of judgements in a CSV or Excel file.

    The file has labels in the first row and the first column, and judgements where they cross: the upper triangle, the
    lower, or both; or a pair a line, with the columns item, other and judgement. Judgements are whole numbers,
    decimals or fractions; what is blank, or one of the usual marks, is missing.

    Parameters
    ----------
    path
        The file.
    sheet
        Name of the sheet of an Excel file; by default the first that holds a matrix.
    grades
        Whether the judgements are grades from 1 to 9 and their reciprocals, of whatever scale.

    Raises
    ------
    StudyError
        If the file cannot be read or its judgements make no matrix; with every problem found.
    """
    file = content_of(Path(path))
    if isinstance(file, Problem):
        raise StudyError([file])
    found, problems = find_table(file, sheet)
    if found is None:
        raise StudyError(problems)
    entries, more = _entries(found)
    problems += more
    whole = not errors(problems)
    matrix, more = matched(entries, _code(found))
    problems += more
    problems += check_sizes(entries, matrix, _place(found), grades=grades)
    if whole:
        # a cell that could not be read may be the one that connects
        problems += check_connected(entries.labels, matrix, _place(found))
    if errors(problems):
        raise StudyError(capped_by_kind(problems))
    problems += notes(entries.labels, matrix, _place(found))
    sheet_name = found.table.sheet
    return LabelledMatrix(
        entries.labels, matrix.values, matrix.snaps, file.file, sheet_name, in_order(problems)
    )


def _entries(found: Found) -> tuple[Entries, list[Problem]]:
    table, form = found.table, found.form
    if isinstance(form, Pairs):
        return read_pairs(table, form)
    if isinstance(form, Oversized):
        return Entries((), ()), [too_many(table, max(form.rows, form.columns))]
    if isinstance(form, Bare):
        place = table.place(form.head.number, min(form.head.texts))
        return Entries((), ()), [Problem("matrix-without-labels", Severity.ERROR, place)]
    return read_square(table, form)


def _code(found: Found) -> str:
    return "matrix-contradicted" if isinstance(found.form, Pairs) else "matrix-not-reciprocal"


def _place(found: Found) -> Place:
    return Place(file=found.table.file, sheet=found.table.sheet)
