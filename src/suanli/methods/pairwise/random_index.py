"""Random indices: what the consistency index of random judgements is, by size and missing pairs."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from suanli.methods.pairwise import random_index_tables as printed

DEFAULT = "alonso-lamata"

_SIMULATED = {**printed.AHPSURVEY, **printed.SIMULATED}


def _interpolated(points: Mapping[int, float]) -> dict[int, float]:
    """Return a table with the sizes between printed ones on the straight line between them."""
    sizes = sorted(points)
    filled = dict(points)
    for low, high in pairwise(sizes):
        for n in range(low + 1, high):
            share = (n - low) / (high - low)
            filled[n] = points[low] * (1 - share) + points[high] * share
    return filled


_TABLES: dict[str, Mapping[int, float]] = {
    "alonso-lamata": {**_SIMULATED, **printed.ALONSO_LAMATA_2006},
    "ahpsurvey": printed.AHPSURVEY,
    "saaty-1977": printed.SAATY_1977,
    "saaty-1980": printed.SAATY_1980,
    "saaty-2005": printed.SAATY_2005,
    "textbook": printed.TEXTBOOK,
    "donegan-dodd": _interpolated(printed.DONEGAN_DODD_1991),
}

TABLES: tuple[str, ...] = tuple(_TABLES)
"""`alonso-lamata` (to 100), `ahpsurvey` (to 50), Saaty's three and the textbooks' (to 15), `donegan-dodd` (to 100)."""

_SPELLINGS: dict[str, str] = {
    "alonso-lamata": r"alonso(and)?(lamata)?(2006)?(100k|500k)?",
    "ahpsurvey": r"ahpsurvey(500k)?",
    "saaty-1977": r"saaty1977(50samples)?",
    "saaty-1980": r"saaty1980",
    "saaty-2005": r"saaty2005",
    "textbook": r"(chinese|china|cn)?textbooks?|chinese|china|(中国|国内)?(教材|教科书)",
    "donegan-dodd": r"donegan(and)?(dodd)?(1991)?|dd",
}
"""How else a table is called, once case and everything but letters and digits is gone."""

_AS_PRINTED = frozenset({"alonso-lamata", "ahpsurvey"})
"""Tables of the same random matrices as the incomplete indices, which need no scaling to them."""


@cache
def table_named(spelling: str) -> str:
    """Return the name in `TABLES` that a spelling means, whatever its case, hyphens and years.

    Raises
    ------
    ValueError
        If it means none of them, or leaves Saaty's year open.

    >>> table_named("Saaty 1980"), table_named("alonso_lamata2006_100k"), table_named("China_textbook")
    ('saaty-1980', 'alonso-lamata', 'textbook')
    """
    letters = "".join(character for character in spelling.casefold() if character.isalnum())
    for name, pattern in _SPELLINGS.items():
        if re.fullmatch(pattern, letters):
            return name
    raise ValueError(f"random index {spelling!r} is none of {', '.join(TABLES)}")


@cache
def random_index(n: int, table: str = DEFAULT, missing: int = 0) -> float:
    """Return the mean consistency index of random judgement matrices of size n; 0 below n = 3.

    With missing judgements it is the mean after completion by the least lambda_max (Ágoston and
    Csató 2022): the printed value, or where none is printed RI (1 - 2m / ((n - 1)(n - 2))). Those
    belong to complete indices as simulated; under an older table they are scaled in proportion,
    RI[n, m] / RI[n, 0] times the table's own value. A spanning tree, which cannot contradict
    itself, gives 0.

    Parameters
    ----------
    n
        Number of items compared.
    table
        A name in `TABLES`, or a spelling that `table_named` knows.
    missing
        Number of pairs not judged.

    Raises
    ------
    ValueError
        If the table is unknown or ends before n; if so many are missing that n items cannot be
        connected.

    >>> random_index(9), random_index(4, missing=1), random_index(15, "saaty-1980")
    (1.4499, 0.583, 1.59)
    """
    name = table_named(table)
    spare = _spare(n)
    if not 0 <= missing <= spare:
        raise ValueError(
            f"{missing} missing judgements leave {n} items unconnected; at most {spare} may miss"
        )
    if n < 3 or missing == spare:
        return 0.0
    values = _TABLES[name]
    if n not in values:
        raise ValueError(f"random index table {name} ends at n = {last_size(name)}; n is {n}")
    rows = printed.INCOMPLETE.get(n, ())
    if missing and missing < len(rows):
        return rows[missing] if name in _AS_PRINTED else rows[missing] / rows[0] * values[n]
    return values[n] * (1 - missing / spare)


def last_size(table: str = DEFAULT) -> int:
    """Return the largest n of a table, which has every n from 3 up to it.

    Raises
    ------
    ValueError
        If the table is unknown.

    >>> last_size(), last_size("saaty-1980")
    (100, 15)
    """
    return max(_TABLES[table_named(table)])


def _spare(n: int) -> int:
    """Return how many of the n (n - 1) / 2 judgements are more than a spanning tree needs."""
    if n < 1:
        raise ValueError(f"a matrix has at least one item, not {n}")
    return (n - 1) * (n - 2) // 2
