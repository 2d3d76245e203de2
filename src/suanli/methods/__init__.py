"""Published formulas, arrays in and arrays out; imports numpy and, in single functions, scipy.

Throughout the room an array is (regions, indicators), or has periods and other axes in front, so
that regions are on axis -2. NaN is a missing value and stays missing unless a function says
otherwise. Nothing changes its argument. Input outside a formula's domain raises `ValueError`.
"""

from suanli.methods import classes, gaps, means, outliers, ranks, scales, shares

__all__ = ["classes", "gaps", "means", "outliers", "ranks", "scales", "shares"]
