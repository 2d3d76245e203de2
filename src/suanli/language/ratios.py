"""Ratios as people write them."""

from fractions import Fraction

_SIMPLE = 99
"""Largest denominator of a ratio that is written as a fraction."""
_EXACT = 1e-9


def ratio_text(value: float) -> str:
    """Return a ratio as a person writes it: a whole number or a fraction where it is one, else four digits.

    >>> ratio_text(3.0), ratio_text(1 / 3), ratio_text(0.7302967)
    ('3', '1/3', '0.7303')
    """
    simple = Fraction(value).limit_denominator(_SIMPLE)
    if simple and abs(value / float(simple) - 1) <= _EXACT:
        return str(simple)
    return f"{value:.4g}"
