"""Ratios and shares as people write them."""

from fractions import Fraction

_SIMPLE = 99
"""Largest denominator of a ratio that is written as a fraction."""
_EXACT = 1e-9


def share_text(share: float | None) -> str:
    """Return a share as a percentage, a dash for none; what is not all is never rounded up to all.

    >>> share_text(0.98765), share_text(0.99999), share_text(1.0), share_text(None)
    ('98.8%', '99.9%', '100%', '–')
    """
    if share is None:
        return "–"
    percent = min(share * 100, 99.9) if share < 1 else share * 100
    return f"{percent:.1f}%".replace(".0%", "%")


def ratio_text(value: float) -> str:
    """Return a ratio as a person writes it: a whole number or a fraction where it is one, else four digits.

    >>> ratio_text(3.0), ratio_text(1 / 3), ratio_text(0.7302967)
    ('3', '1/3', '0.7303')
    """
    simple = Fraction(value).limit_denominator(_SIMPLE)
    if simple and abs(value / float(simple) - 1) <= _EXACT:
        return str(simple)
    return f"{value:.4g}"
