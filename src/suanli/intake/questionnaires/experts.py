"""The ids that experts' questionnaires are named by."""

import re
from collections.abc import Sequence

from suanli.problems import Place, Problem, Severity, StudyError

MOST_EXPERTS = 500
LONGEST_ID = 40
_ID = re.compile(r"[A-Za-z0-9\u3400-\u4dbf\u4e00-\u9fff][A-Za-z0-9\u3400-\u4dbf\u4e00-\u9fff_-]*")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|printable", re.IGNORECASE)
"""Names that Windows keeps for devices, and that of the printable form."""


def expert_ids(experts: int | Sequence[str]) -> tuple[str, ...]:
    """Return the ids of so many experts, E01 and on, or those given.

    Raises
    ------
    StudyError
        If there are no experts or too many, if an id is not fit for the name of a file, or is given twice.

    >>> expert_ids(2), expert_ids(["张三", "li_si"])
    (('E01', 'E02'), ('张三', 'li_si'))
    """
    if problems := check_experts(experts):
        raise StudyError(problems)
    if isinstance(experts, int):
        digits = max(2, len(str(experts)))
        return tuple(f"E{number:0{digits}}" for number in range(1, experts + 1))
    return tuple(experts)


def check_experts(experts: int | Sequence[str]) -> list[Problem]:
    """Return everything that is wrong with a number of experts, or with their ids."""
    count = experts if isinstance(experts, int) else len(experts)
    if not 1 <= count <= MOST_EXPERTS:
        return [_error("panel-expert-count", str(count), f"1–{MOST_EXPERTS}")]
    if isinstance(experts, int):
        return []
    problems, known = [], set()
    for each in experts:
        if len(each) > LONGEST_ID or not _ID.fullmatch(each) or _RESERVED.fullmatch(each):
            problems.append(_error("panel-expert-id", _visible(each), str(LONGEST_ID)))
        elif each.casefold() in known:
            problems.append(_error("panel-expert-twice", each))
        known.add(each.casefold())
    return problems


def _error(code: str, found: str, expected: str = "") -> Problem:
    return Problem(code, Severity.ERROR, Place(), found, expected)


def _visible(text: str) -> str:
    short = text if len(text) <= LONGEST_ID * 2 else f"{text[: LONGEST_ID * 2]}…"
    return short if short.isprintable() else ascii(short)
