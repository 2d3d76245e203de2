"""What rules, their levels and their parts are called; a name that the catalogue lacks stands for itself."""

from suanli.language import Text, entries, pair


def rule_words(name: str, aspect: str = "") -> Text | None:
    """Return the words for a rule's formula, or for its `numerator`, `denominator` or `record`, if there are any."""
    key = f"{name}-{aspect}" if aspect else name
    return pair("rules", key) if key in entries("rules") else None


def level_words(level: str) -> Text:
    """Return what a level of fallback is called."""
    return _named(f"level-{level}", level)


def part_words(part: str) -> Text:
    """Return what a part of a value is called."""
    return _named(f"part-{part}", part)


def _named(key: str, name: str) -> Text:
    return pair("rules", key) if key in entries("rules") else Text(name, name)
