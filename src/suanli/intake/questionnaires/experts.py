"""The ids that experts' questionnaires are named by."""

import re
import unicodedata
from collections.abc import Sequence

from suanli.intake.folder import shown
from suanli.intake.reading.headers import normal
from suanli.problems import Place, Problem, Severity, StudyError

MOST_EXPERTS = 500
LONGEST_ID = 60
IDENTIFIER = r"[^\s./\\:*?\"<>|\x00-\x1f][^/\\:*?\"<>|\x00-\x1f]*"
"""What an id may be made of: anything fit for the name of a file."""
_ID = re.compile(IDENTIFIER)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\..*)?|printable", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows a point, and that of the printable form."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that nobody sees: ids that differ in them only look the same."""


def is_usable_id(text: str) -> bool:
    """Tell whether a text can be an expert's id, and so the name of a file on any system.

    >>> is_usable_id("张 三"), is_usable_id("a/b"), is_usable_id("CON"), is_usable_id("Printable")
    (True, False, False, False)
    """
    if len(text) > LONGEST_ID or _RESERVED.fullmatch(text):
        return False
    seen = not any(unicodedata.category(character) in _UNSEEN for character in text)
    return seen and _ID.fullmatch(text) is not None


def unusable_id(text: str, place: Place) -> Problem:
    """Return the problem of an id that cannot be used."""
    found = shown(text) or "–"
    return Problem("panel-expert-id", Severity.ERROR, place, found, str(LONGEST_ID))


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
        expected = f"1–{MOST_EXPERTS}"
        return [Problem("panel-expert-count", Severity.ERROR, Place(), str(count), expected)]
    if isinstance(experts, int):
        return []
    problems, known = [], set()
    for each in experts:
        if not is_usable_id(each):
            problems.append(unusable_id(each, Place()))
        elif normal(each) in known:
            problems.append(Problem("panel-expert-twice", Severity.ERROR, Place(), shown(each)))
        known.add(normal(each))
    return problems
