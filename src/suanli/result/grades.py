"""The grade from 1 to 9 that stands behind a ratio under a judgement scale."""

from suanli.methods.pairwise.judgement_scales import LAST_GRADE, ratios

_HALVINGS, _DIGITS = 50, 9
"""Steps in which a grade is found from its ratio, and the decimals to which it is then exact."""


def grade_of(ratio: float, scale: str, items: int) -> float:
    """Return the grade that a scale reads as a ratio of at least 1, in a group of so many items.

    >>> grade_of(3**0.5, "root", 4), grade_of(1.0, "geometric", 3)
    (3.0, 1.0)
    """
    low, high = 1.0, LAST_GRADE
    for _ in range(_HALVINGS):  # every scale grows with the grade
        middle = (low + high) / 2
        if ratios(middle, scale, items=items) < ratio:
            low = middle
        else:
            high = middle
    return round(high, _DIGITS)
