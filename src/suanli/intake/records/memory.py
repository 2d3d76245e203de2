"""How much memory records may take on this machine."""

import os
import re
from pathlib import Path

from suanli.intake.folder import shown
from suanli.problems import Problem, Severity, StudyError

MEMORY = "SUANLI_MEMORY"
"""Environment variable: how much memory records may take, such as `8GiB`; results do not depend on it."""
_USUAL = 1 << 30
_SHARE = 0.5
_LEAST = 256 << 20
_AMOUNT = re.compile(r"^([0-9]{1,6})\s*(M|G|T)(i?)B$", re.IGNORECASE)
_CONTAINER_LIMITS = (
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
)


def memory_for_records() -> int:
    """Return how many bytes records may take: what the user says, or else 1 GiB, and at most half of the machine's.

    Half of what the machine, or its container, allows this process. What does not fit goes to disk.

    Raises
    ------
    StudyError
        If the user's amount cannot be read.
    """
    if stated := os.environ.get(MEMORY):
        return max(_stated(stated), _LEAST)
    known = []
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for name in _CONTAINER_LIMITS:
        limit = Path(name)
        if limit.is_file() and (said := limit.read_text(encoding="ascii").strip()).isdigit():
            known.append(int(said))
    return max(min([_USUAL, *(int(each * _SHARE) for each in known)]), _LEAST)


def _stated(amount: str) -> int:
    read = _AMOUNT.match(amount.strip())
    if read is None:
        problem = Problem("memory-unreadable", Severity.ERROR, found=shown(amount), expected=MEMORY)
        raise StudyError([problem])
    number, power = int(read[1]), "MGT".index(read[2].upper()) + 2
    return int(number * (1024 if read[3] else 1000) ** power)
