"""Problems of a framework, by gravity, and how a place inside it is written."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from suanli.problems import Place, Problem, Severity

MOST_PROBLEMS = 200
"""Problems of one kind that are told; who has more needs no longer list."""
LONGEST_EVIDENCE = 80
"""Characters of a value that are shown as evidence."""


def fault(code: str, place: Place, found: object = "", expected: str = "") -> Problem:
    """Return an error."""
    return Problem(code, Severity.ERROR, place, evidence(found), expected)


def caution(code: str, place: Place, found: object = "", expected: str = "") -> Problem:
    """Return a warning."""
    return Problem(code, Severity.WARNING, place, evidence(found), expected)


def remark(code: str, place: Place, found: object = "", expected: str = "") -> Problem:
    """Return a note."""
    return Problem(code, Severity.NOTE, place, evidence(found), expected)


def evidence(found: object) -> str:
    """Return a value as a short text.

    >>> evidence((1.0, 0.5))
    '1.0, 0.5'
    """
    if isinstance(found, str):
        text = found
    elif isinstance(found, (tuple, list)):
        text = ", ".join(str(item) for item in found[:20])
    else:
        text = str(found)
    return text if len(text) <= LONGEST_EVIDENCE else text[: LONGEST_EVIDENCE - 1] + "…"


def nearest(found: str, names: Sequence[str]) -> str:
    """Return the name that was probably meant, or else every name (at most twelve).

    >>> nearest("methd", ["method", "scale"])
    'method'
    """
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    return near[0] if near else ", ".join(names[:12])


def moved(problem: Problem, path: str) -> Problem:
    """Return the same problem at another path."""
    return replace(problem, place=replace(problem.place, path=path))
