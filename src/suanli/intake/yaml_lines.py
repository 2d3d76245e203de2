"""Lines of the YAML files that are written for people: comments in both languages, texts in quotes."""

import json
from collections.abc import Iterator

from suanli.language import Language, pair


def entry(topic: str, key: str, language: Language, line: str) -> Iterator[str]:
    """Yield a line under the catalogue's comment on it."""
    yield from comment(topic, key, language)
    yield line


def comment(topic: str, key: str, language: Language) -> Iterator[str]:
    """Yield an entry of the catalogue as comments in both languages, the given one first."""
    text = pair(topic, key)
    for said in (text.zh, text.en) if language == "zh" else (text.en, text.zh):
        yield f"# {said}"


def quoted(text: str) -> str:
    """Return text as a YAML scalar; JSON's strings are YAML's, but for three line breaks of Unicode.

    >>> quoted("2023")
    '"2023"'
    """
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\x85")
    )
