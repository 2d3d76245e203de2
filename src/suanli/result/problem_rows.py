"""Problems as rows of `problems.csv`, and back."""

from collections.abc import Iterable, Mapping

import polars as pl

from suanli.language import LANGUAGES
from suanli.problems import Place, Problem, Severity
from suanli.result.tables import frame_of

_PLACES = {
    "file": "file",
    "sheet": "sheet",
    "cell": "cell",
    "path": "path",
    "region_code": "region",
    "period": "period",
    "indicator": "code",
}


def problem_table(problems: Iterable[Problem]) -> pl.DataFrame:
    """Return a row for each problem, with its message and what to do in both languages."""
    problems = tuple(problems)
    places = {
        column: [getattr(problem.place, part) or None for problem in problems]
        for column, part in _PLACES.items()
    }
    return frame_of(
        "problems",
        {
            "severity": [problem.severity.value for problem in problems],
            "code": [problem.code for problem in problems],
            **places,
            "found": [problem.found or None for problem in problems],
            "expected": [problem.expected or None for problem in problems],
            "message_zh": [problem.message("zh") for problem in problems],
            "message_en": [problem.message("en") for problem in problems],
            "action_zh": [problem.action("zh") for problem in problems],
            "action_en": [problem.action("en") for problem in problems],
        },
    )


def problems_from(
    table: pl.DataFrame, details: tuple[Mapping[str, object], ...]
) -> tuple[Problem, ...]:
    """Return the problems of a table; `details` holds what their messages need, row by row.

    A problem whose code this version of the program does not know, or whose text needs other details, keeps the
    sentences that were saved.

    Raises
    ------
    ValueError
        If the rows and the details are not equally many, or a severity is unknown.
    """
    rows = table.to_dicts()
    if len(rows) != len(details):
        raise ValueError(f"{len(rows)} problems, {len(details)} details")
    return tuple(_problem(row, detail) for row, detail in zip(rows, details, strict=True))


def _problem(row: Mapping[str, str | None], details: Mapping[str, object]) -> Problem:
    place = Place(**{part: row[column] or "" for column, part in _PLACES.items()})
    code, severity = row["code"] or "", Severity(row["severity"] or "")
    found, expected = row["found"] or "", row["expected"] or ""
    problem = Problem(code, severity, place, found, expected, details)
    if _has_words(problem):
        return problem
    said = {key: row[key] or "" for key in ("message_zh", "message_en", "action_zh", "action_en")}
    return Problem("result-saved-problem", severity, place, found, expected, {"was": code, **said})


def _has_words(problem: Problem) -> bool:
    try:
        words = [
            said(language) for said in (problem.message, problem.action) for language in LANGUAGES
        ]
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        return False
    return all(isinstance(word, str) for word in words)
