"""How much memory records may take on this machine."""

import os
from pathlib import Path

_SHARE = 0.5
_LEAST = 256 << 20
_CONTAINER_LIMITS = (
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
)


def memory_for_records() -> int:
    """Return how many bytes records may take: half of what the machine, or its container, allows this process."""
    known = []
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for name in _CONTAINER_LIMITS:
        limit = Path(name)
        if limit.is_file() and (said := limit.read_text(encoding="ascii").strip()).isdigit():
            known.append(int(said))
    return max(int(min(known, default=0) * _SHARE), _LEAST)
