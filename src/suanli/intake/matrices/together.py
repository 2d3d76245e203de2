"""What judgements say together: whether they are grades, connect all items, and are used as written."""

import math
from collections.abc import Sequence

import numpy as np

from suanli.intake.folder import shown
from suanli.intake.matrices.entries import Entries
from suanli.intake.matrices.matching import Matched, ratio_words
from suanli.methods.pairwise import components
from suanli.methods.pairwise.judgement_scales import LAST_GRADE
from suanli.problems import Place, Problem, Severity

_LAST = math.log(LAST_GRADE) + 1e-9
_LISTED = 5
_NAMED = 12


def check_sizes(entries: Entries, matrix: Matched, place: Place, *, grades: bool) -> list[Problem]:
    """Return an error for each judgement that is no grade, where grades are asked for, else a note."""
    labels = entries.labels
    beyond = [
        entry
        for entry in entries.entries
        if abs(math.log(matrix.values[entry.row, entry.column])) > _LAST
    ]
    if not grades:
        told = [
            f"{_pair(labels, entry.row, entry.column)} {shown(entry.judgement.written)}"
            for entry in beyond
        ]
        return _note("matrix-beyond-nine", place, told)
    return [
        Problem(
            "matrix-grade-outside",
            Severity.ERROR,
            entry.place,
            found=shown(entry.judgement.written),
            details={"item": shown(labels[entry.row]), "other": shown(labels[entry.column])},
        )
        for entry in beyond
    ]


def check_connected(labels: Sequence[str], matrix: Matched, place: Place) -> list[Problem]:
    """Return an error that names the groups of items which no comparison connects, if there are any."""
    if not labels:
        return [Problem("matrix-not-found", Severity.ERROR, place)]
    groups = components(~np.isnan(matrix.values))
    if len(groups) < 2:
        return []
    listed = []
    for group in groups[:_NAMED]:
        names = ", ".join(shown(labels[item], 30) for item in group[:_NAMED])
        listed.append(f"{{{names}{', …' if len(group) > _NAMED else ''}}}")
    found = "  ".join(listed) + ("  …" if len(groups) > _NAMED else "")
    details = {"count": len(groups)}
    return [Problem("matrix-disconnected", Severity.ERROR, place, found, details=details)]


def notes(labels: Sequence[str], matrix: Matched, place: Place) -> list[Problem]:
    """Return notes of judgements that repeat others, and of those that are used other than as written."""
    repeated = [_pair(labels, row, column) for row, column in matrix.repeated]
    snapped = [
        f"{_pair(labels, snap.row, snap.column)} {snap.written:.12g} → {ratio_words(snap.used)}"
        for snap in matrix.snaps
    ]
    return [*_note("matrix-repeated", place, repeated), *_note("matrix-snapped", place, snapped)]


def _pair(labels: Sequence[str], row: int, column: int) -> str:
    return f"{shown(labels[row], 20)}/{shown(labels[column], 20)}"


def _note(code: str, place: Place, told: Sequence[str]) -> list[Problem]:
    """Return one note that counts judgements and names the first of them."""
    if not told:
        return []
    found = ", ".join(told[:_LISTED]) + (" …" if len(told) > _LISTED else "")
    return [Problem(code, Severity.NOTE, place, found, details={"count": len(told)})]
