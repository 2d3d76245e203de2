"""Names in one line."""

from collections.abc import Sequence

from suanli.language import Language

_MOST = 12


def listed(names: Sequence[str], language: Language = "en") -> str:
    """Return the first twelve of some names as a sentence lists them, and a sign that there are more.

    >>> listed(["a", "b"]), listed(["a"] * 13)[-4:], listed(["甲"] * 13, "zh")[-4:]
    ('a, b', ' a …', '、甲、…')
    """
    between, more = ("、", "、…") if language == "zh" else (", ", " …")
    return between.join(names[:_MOST]) + (more if len(names) > _MOST else "")
