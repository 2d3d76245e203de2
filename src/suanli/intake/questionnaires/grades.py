"""How grades are written on a form, and where they stand on its slider."""

import math

from suanli.intake.questionnaires.layout import HIGHEST


def grade_text(grade: float) -> str:
    """Return a grade as answers are written, to one decimal; a dash where there is none.

    >>> grade_text(3.0), grade_text(1 / 2.45), grade_text(1.0), grade_text(float("nan"))
    ('A3', 'B2.5', '1', '–')
    """
    if math.isnan(grade):
        return "–"
    times = max(grade, 1 / grade)
    shown = f"{times:.1f}".removesuffix(".0")
    if shown == "1":
        return "1"
    return f"{'A' if grade > 1 else 'B'}{shown}"


def range_text(lower: float, upper: float) -> str:
    """Return a range of grades in the order of the slider, whose left end is the highest grade.

    >>> range_text(1 / 2, 3.0), range_text(2.0, 2.0)
    ('A3 ~ B2', 'A2')
    """
    ends = (grade_text(upper), grade_text(lower))
    return ends[0] if ends[0] == ends[1] else " ~ ".join(ends)


def slider_place(grade: float) -> int:
    """Return the cell of the slider, from 1 (A9) to 17 (B9), that is nearest to a grade.

    >>> [slider_place(grade) for grade in (9.0, 2.4, 1.0, 1 / 3)]
    [1, 8, 9, 11]
    """
    step = min(round(max(grade, 1 / grade)), HIGHEST)
    return HIGHEST + 1 - step if grade >= 1 else HIGHEST - 1 + step


def number_text(value: float) -> str:
    """Return a score or points, to one decimal; a dash where there is none.

    >>> number_text(7.0), number_text(12.25), number_text(float("nan"))
    ('7', '12.2', '–')
    """
    return "–" if math.isnan(value) else f"{value:.1f}".removesuffix(".0")
