"""Judgement scales: which ratio of weights an expert's grade from 1 to 9 stands for.

A grade x from 1 to 9 (intermediate ones too) says by how many degrees one item is above another,
and 1/x the same the other way round. A scale turns grades into ratios c(x) with c(1/x) = 1/c(x),
and may be changed after the survey. n is the number of items compared in the group.

===================== ========================================= ===========================
name                  c(x)                                      proposed by
===================== ========================================= ===========================
saaty                 x                                         Saaty 1977
balanced              (9 + x) / (11 - x)                        Salo, Hamalainen 1997
balanced-n            w (n-1) / (1-w), w from 1/n to 9/(n+8)    Goepel 2018
adaptive              x to the power 1 + ln(n-1) / ln 9         Goepel 2018
adaptive-balanced     w (n-1) / (1-w), w from 1/n to 9/10       Goepel 2018
logarithmic           log2(x + 1)                               Ishizaka and others 2010
root                  square root of x                          Harker, Vargas 1987
power                 x squared                                 Harker, Vargas 1987
geometric             2 to the power x - 1                      Lootsma 1989
inverse-linear        9 / (10 - x)                              Ma, Zheng 1991
nine                  9 / (10 - x), said as 9/9, 9/8 ... 9/1    the same, in Chinese use
ten                   (9 + x) / (11 - x), as 10/10 ... 18/2     balanced, in Chinese use
exponential-4         e to the power (x - 1) / 4                in Chinese use
exponential-5         e to the power (x - 1) / 5                in Chinese use
===================== ========================================= ===========================

In the two scales with a weight w, it grows linearly in x between the bounds given, and is the
weight of one item that stands at c(x) above all n - 1 others. The formulas are those of Goepel,
Implementation of an online software tool for the analytic hierarchy process (AHP-OS),
International Journal of the Analytic Hierarchy Process 10(3), 2018, table 1; AHP-OS evaluates
the same. They agree at x = 1 only: a weight means nothing without the name of its scale.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.weights import Floats

LAST_GRADE = 9.0
_SLACK = 1e-9  # grades read from decimals may miss 1/9 by rounding
_RECIPROCITY = 1e-6


def _balanced(grades: Floats) -> Floats:
    return (9.0 + grades) / (11.0 - grades)


def _inverse_linear(grades: Floats) -> Floats:
    return 9.0 / (10.0 - grades)


def _evenly_weighted(grades: Floats, items: int, heaviest: float) -> Floats:
    """Return the ratio to n - 1 equal others that makes the weight linear in the grade."""
    # with weight w = (1 + s) / n the ratio w (n - 1) / (1 - w) is exactly 1 at grade 1 in this form
    surplus = (heaviest * items - 1.0) / 8.0 * (grades - 1.0)
    return (1.0 + surplus) * (items - 1) / ((items - 1) - surplus)


def _adaptive(grades: Floats, items: int) -> Floats:
    return grades ** (1.0 + math.log(items - 1) / math.log(LAST_GRADE))


_FORMULAS: dict[str, Callable[[Floats, int], Floats]] = {
    "saaty": lambda grades, _items: grades,
    "balanced": lambda grades, _items: _balanced(grades),
    "balanced-n": lambda grades, items: _evenly_weighted(grades, items, 9.0 / (items + 8)),
    "adaptive": _adaptive,
    "adaptive-balanced": lambda grades, items: _evenly_weighted(grades, items, 0.9),
    "logarithmic": lambda grades, _items: np.log2(grades + 1.0),
    "root": lambda grades, _items: np.sqrt(grades),
    "power": lambda grades, _items: grades * grades,
    "geometric": lambda grades, _items: np.exp2(grades - 1.0),
    "inverse-linear": lambda grades, _items: _inverse_linear(grades),
    "nine": lambda grades, _items: _inverse_linear(grades),
    "ten": lambda grades, _items: _balanced(grades),
    "exponential-4": lambda grades, _items: np.exp((grades - 1.0) / 4.0),
    "exponential-5": lambda grades, _items: np.exp((grades - 1.0) / 5.0),
}
SCALES = tuple(_FORMULAS)


def ratios(grades: ArrayLike, scale: str = "saaty", *, items: int | None = None) -> Floats:
    """Return the ratio each grade stands for, same shape; missing ones stay missing.

    Parameters
    ----------
    grades
        Matrices (..., n, n) of grades and their reciprocals; or, with `items`, any shape.
    scale
        One of `SCALES`.
    items
        The number n of items in the group, which some scales need. Without it the last two axes
        are taken for matrices, whose ratios come back reciprocal to the last bit.

    Raises
    ------
    ValueError
        If the scale is unknown, a grade lies outside 1/9 to 9, or a matrix is not square or not
        reciprocal; the first such grade is named.

    >>> ratios([[1, 5], [0.2, 1]], "root").round(4).tolist()
    [[1.0, 2.2361], [0.4472, 1.0]]
    """
    array = np.asarray(grades, dtype=np.float64)
    formula = _formula(scale)
    check_grades(array)
    count = _size(array) if items is None else items
    if count < 2:
        return array.copy()
    upright = array >= 1.0
    values = formula(np.where(upright, array, 1.0 / array), count)
    if items is not None:
        return np.where(upright, values, 1.0 / values)
    _check_reciprocity(array)
    mirrored = np.swapaxes(values, -1, -2)
    # the other side of a pair differs in the last bit, so one side is made from the other
    return np.where(upright, values, 1.0 / np.where(np.isnan(mirrored), values, mirrored))


def largest_ratio(scale: str = "saaty", items: int = 2) -> float:
    """Return the ratio of grade 9, the largest a scale knows, in a group of so many items.

    >>> largest_ratio("power"), round(largest_ratio("adaptive", 5), 12)
    (81.0, 36.0)
    """
    return float(ratios(LAST_GRADE, scale, items=max(items, 2)))


def positions(grades: ArrayLike) -> Floats:
    """Return where grades stand on the 17-position form: 0 for 1, up to 8 for 9 and -8 for 1/9.

    Raises
    ------
    ValueError
        If a grade lies outside 1/9 to 9.

    >>> positions([1 / 3, 1, 2.5]).round(12).tolist()
    [-2.0, 0.0, 1.5]
    """
    array = np.asarray(grades, dtype=np.float64)
    check_grades(array)
    return places(array)


def places(grades: Floats) -> Floats:
    """Return the `positions` of grades, those beyond 9 standing beyond the form's end."""
    return np.where(grades >= 1.0, grades - 1.0, 1.0 - 1.0 / grades)


def grades_at(places: ArrayLike) -> Floats:
    """Return the grades at places on the 17-position form, the inverse of `positions`.

    >>> grades_at([-2, -0.5, 1.5]).tolist() == [1 / 3, 1 / 1.5, 2.5]
    True
    """
    array = np.asarray(places, dtype=np.float64)
    sizes = np.abs(array) + 1.0
    return np.where(array >= 0.0, sizes, 1.0 / sizes)


def check_grades(grades: Floats) -> None:
    """Raise ValueError naming the first grade outside 1/9 to 9; missing ones may be."""
    least, most = (1.0 - _SLACK) / LAST_GRADE, LAST_GRADE * (1.0 + _SLACK)
    # of complete grades, the usual case, the extremes say enough
    if grades.size and grades.min() >= least and grades.max() <= most:
        return
    outside = (grades < least) | (grades > most)
    if outside.any():
        place = tuple(int(axis) for axis in np.argwhere(outside)[0])
        raise ValueError(f"grades lie between 1/9 and 9; the one at {place} is {grades[place]:g}")


def _formula(scale: str) -> Callable[[Floats, int], Floats]:
    if scale not in _FORMULAS:
        raise ValueError(f"unknown scale {scale!r}; the scales are {', '.join(SCALES)}")
    return _FORMULAS[scale]


def _size(matrices: Floats) -> int:
    if matrices.ndim < 2 or matrices.shape[-1] != matrices.shape[-2]:
        raise ValueError(f"grades of shape {matrices.shape} are no square matrices; name `items`")
    return int(matrices.shape[-1])


def _check_reciprocity(matrices: Floats) -> None:
    products = matrices * np.swapaxes(matrices, -1, -2)
    if matrices.size and abs(products.min() - 1.0) + abs(products.max() - 1.0) <= _RECIPROCITY:
        return
    off = np.abs(products - 1.0) > _RECIPROCITY
    if off.any():
        place = tuple(int(axis) for axis in np.argwhere(off)[0])
        raise ValueError(f"the grade at {place} and its opposite are not reciprocal")
