"""Experts' names as they may be shown to a person."""

from suanli.intake.folder import shown

_LONGEST = 200


def visible(name: str) -> str:
    r"""Return a name with whatever a terminal or a sheet might act upon written out.

    >>> print(visible("张三\x1b[31m"))
    张三\x1b[31m
    """
    return shown(name, _LONGEST)
