"""What a group of regions is."""

from dataclasses import dataclass

from suanli.language import Text


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """Some regions under one name: `members` are codes, in order; `note` says what limits it."""

    code: str
    name: Text
    members: tuple[str, ...]
    note: Text | None = None
