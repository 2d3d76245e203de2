"""Names in one line."""

from collections.abc import Sequence

_MOST = 12


def listed(names: Sequence[str]) -> str:
    """Return the first twelve of some names, and a sign that there are more.

    >>> listed(["a", "b"]), listed(["a"] * 13)[-4:]
    ('a, b', ' a …')
    """
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
