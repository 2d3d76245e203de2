"""What a region is."""

from dataclasses import dataclass

from suanli.language import Text

# The smaller the depth, the larger the unit; a list of the user's own stands below both.
_DEPTHS = {"province": 0, "prefecture": 1, "everything": 1}
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Region:
    """One unit that is evaluated.

    Attributes
    ----------
    code
        Six digits of GB/T 2260 for China; whatever the user's list says otherwise.
    name, short
        Full name (广东省, Guangdong) and short name (广东, Guangdong). Within a bundled list full
        names differ in either language (Suzhou, Jiangsu; Suzhou, Anhui); short names need not.
    level
        `province`, `prefecture`, or `custom` (or the user's own word).
    parent
        Code of the unit that holds it, or None.
    kind
        Administrative kind, which decides the endings a name may carry: `municipality`,
        `province`, `autonomous_region`, `city`, `autonomous_prefecture`, `prefecture`, `league`;
        empty when unknown.
    iso
        ISO 3166-2 code of a provincial unit, or None.
    aliases
        Other names it goes by.
    """

    code: str
    name: Text
    short: Text
    level: str
    parent: str | None
    kind: str
    iso: str | None
    aliases: tuple[str, ...] = ()


def depth(level: str) -> int:
    """Return how deep a level lies: 0 province, 1 prefecture, 2 anything else.

    >>> depth("province") < depth("prefecture") < depth("district")
    True
    """
    return _DEPTHS.get(level, _DEEPEST)
