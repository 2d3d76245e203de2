"""Questionnaires filled in as an expert would, for tests."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import openpyxl
from numpy.typing import ArrayLike

from suanli.framework import Framework
from suanli.intake.questionnaires.asked import asked_pairs
from suanli.intake.questionnaires.layout import (
    HIDDEN_SHEET,
    GroupSheet,
    group_sheets,
    item_choice,
    position_of,
)


def facts_of(form: bytes) -> dict[str, str]:
    """Return what the hidden sheet of a form says."""
    book = openpyxl.load_workbook(io.BytesIO(form), read_only=True)
    facts = _facts(book)
    book.close()
    return facts


def sheets_of(form: bytes, framework: Framework) -> tuple[GroupSheet, ...]:
    """Return the sheets of a form, as a reader finds them."""
    return _sheets(facts_of(form), framework)


def filled(
    form: bytes,
    framework: Framework,
    answers: Mapping[str, ArrayLike],
    extremes: Mapping[str, tuple[int, int]] | None = None,
) -> bytes:
    """Return a form with answers by group: an (n, n) matrix of grades where items are compared, (n,) scores otherwise.

    NaN is not answered. Grades must stand on the scale of the form. `extremes` are the positions of best and worst by
    group; where they are not given, the items with the largest and the smallest row.
    """
    book = openpyxl.load_workbook(io.BytesIO(form))
    facts = _facts(book)
    for group in _sheets(facts, framework):
        if group.node in answers:
            given = np.asarray(answers[group.node], dtype=float)
            ends = (extremes or {}).get(group.node)
            for cell, value in _cells(group, facts["elicitation"], given, ends):
                book[group.name][cell] = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _facts(book: openpyxl.Workbook) -> dict[str, str]:
    rows = book[HIDDEN_SHEET].iter_rows(max_col=2, values_only=True)
    return {str(key): str(value) for key, value in rows if key}


def _sheets(facts: Mapping[str, str], framework: Framework) -> tuple[GroupSheet, ...]:
    return group_sheets(
        framework, facts["elicitation"], language=facts["language"], asked=asked_pairs(facts)
    )


def _cells(
    group: GroupSheet, way: str, given: np.ndarray, ends: tuple[int, int] | None
) -> list[tuple[str, Any]]:
    place = {code: at for at, code in enumerate(group.items)}
    if way in ("scores", "budget"):
        pairs = [(answer.cell, given[place[answer.item]]) for answer in group.answers]
        return [(cell, float(value)) for cell, value in pairs if np.isfinite(value)]
    if way == "best-worst":
        return _best_worst(group, place, given, ends or _ends(given))
    cells = []
    for answer in group.answers:
        grade = float(given[place[answer.item], place[answer.other]])
        if np.isfinite(grade):
            position = position_of(grade)
            assert position is not None, f"{grade} is not on the scale"
            cells.append((answer.cell, position))
    return cells


def _ends(given: np.ndarray) -> tuple[int, int]:
    strength = np.nansum(np.log(given), axis=1)
    best = int(np.argmax(strength))
    strength[best] = np.inf
    return best, int(np.argmin(strength))


def _best_worst(
    group: GroupSheet, place: Mapping[str, int], given: np.ndarray, ends: tuple[int, int]
) -> list[tuple[str, Any]]:
    best, worst = ends
    cells: list[tuple[str, Any]] = []
    for answer in group.answers:
        if answer.kind in ("best", "worst"):
            item = best if answer.kind == "best" else worst
            cells.append((answer.cell, item_choice(item + 1, group.items[item])))
        elif answer.kind == "best-to-others" and place[answer.other] != best:
            cells.append((answer.cell, float(given[best, place[answer.other]])))
        elif answer.kind == "others-to-worst" and place[answer.item] not in (best, worst):
            cells.append((answer.cell, float(given[place[answer.item], worst])))
    return [(cell, value) for cell, value in cells if value == value]
