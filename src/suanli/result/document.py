"""JSON documents of saved folders: an entry a line, with a digest of their own, read part by part with suspicion."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from suanli.language import Text
from suanli.result.reading import digest, file_error

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Format:
    """What a folder's own description calls itself.

    `file` is its name, `name` and `version` what it says of itself; `problems` begins the codes of what is wrong with
    it, as in `FolderKind`.
    """

    file: str
    name: str
    version: int
    problems: str

    def is_in(self, data: bytes) -> bool:
        """Return whether the bytes are a document of this format, of any version.

        >>> Format("a.json", "suanli-a", 1, "a").is_in(b'{"format": "suanli-a", "version": 2}')
        True
        """
        document = document_in(data)
        return document is not None and document.get("format") == self.name


def read_document(data: bytes, kind: Format, read: Callable[[Mapping[str, object]], Read]) -> Read:
    """Return what `read` makes of the document that the bytes hold.

    Raises
    ------
    ResultError
        If it is not JSON, not of this format or of another version, changed since it was written, or incomplete.
    """
    document = document_in(data)
    if document is None or document.get("format") != kind.name:
        raise file_error(f"{kind.problems}-not-a-result", kind.file)
    version = document.get("version")
    if version != kind.version:
        code = f"{kind.problems}-format-unknown"
        raise file_error(code, kind.file, str(version)[:40], str(kind.version))
    own = document.pop("sha256", None)
    try:
        if own != own_digest(document):
            raise file_error(f"{kind.problems}-file-changed", kind.file)
        return read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise file_error(f"{kind.problems}-file-invalid", kind.file, reason(wrong)) from wrong


def sealed(document: Mapping[str, object]) -> bytes:
    """Return the bytes of a document with its own digest at the end."""
    return (text_of({**document, "sha256": own_digest(document)}) + "\n").encode()


def document_in(data: bytes) -> dict[str, object] | None:
    """Return the object that the bytes hold; None where they are not a JSON object.

    >>> document_in(b'{"a": 1}'), document_in(b"[]")
    ({'a': 1}, None)
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def text_of(document: Mapping[str, object]) -> str:
    """Return the JSON: a line for each entry, and for each element of the long lists."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            body = ",\n".join(f"  {_json(element)}" for element in value)
            parts.append(f" {_json(key)}: [\n{body}\n ]")
        elif key == "files" and isinstance(value, dict):
            body = ",\n".join(f"  {_json(name)}: {_json(entry)}" for name, entry in value.items())
            parts.append(f" {_json(key)}: {{\n{body}\n }}")
        else:
            parts.append(f" {_json(key)}: {_json(value)}")
    return "{\n" + ",\n".join(parts) + "\n}"


def own_digest(document: Mapping[str, object]) -> str:
    """Return the SHA-256 of a document, in hexadecimal, however it is laid out."""
    return digest(_json(document).encode())


def said(words: Text) -> dict[str, str]:
    """Return a text as a document holds it."""
    return {"zh": words.zh, "en": words.en}


def plain(value: object) -> object:
    """Return a detail of a problem as JSON can hold it; what JSON has no type for becomes its text."""
    if isinstance(value, Text):
        return said(value)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    return value if isinstance(value, str | int | bool | None) else str(value)


def details(entry: Mapping[str, object]) -> Mapping[str, object]:
    """Return the details of a problem as they were before `plain`: lists are tuples, words in two languages texts."""
    return {key: _detail(value) for key, value in entry.items()}


def mapping(value: object) -> Mapping[str, object]:
    """Return the value if it is an object.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(value, dict):
        raise TypeError(f"not a mapping: {str(value)[:40]}")
    return value


def listing(value: object) -> list[object]:
    """Return the value if it is a list.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(value, list):
        raise TypeError(f"not a list: {str(value)[:40]}")
    return value


def string(value: object) -> str:
    """Return the value if it is a text.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(value, str):
        raise TypeError(f"not a text: {str(value)[:40]}")
    return value


def whole(value: object) -> int:
    """Return the value if it is a whole number.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a whole number: {str(value)[:40]}")
    return value


def flag(value: object) -> bool:
    """Return the value if it is true or false.

    Raises
    ------
    TypeError
        If it is neither.
    """
    if not isinstance(value, bool):
        raise TypeError(f"not true or false: {str(value)[:40]}")
    return value


def number(value: object) -> float | None:
    """Return the value if it is a number; None is a missing one.

    Raises
    ------
    TypeError
        If it is neither.
    """
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"not a number: {str(value)[:40]}")
    return float(value)


def text(value: object) -> Text:
    """Return the value if it is a text in both languages.

    Raises
    ------
    TypeError, KeyError
        If it is none, or lacks a language.
    """
    words = mapping(value)
    return Text(zh=string(words["zh"]), en=string(words["en"]))


def reason(wrong: Exception) -> str:
    """Return why a part was refused, in a few words."""
    return f"{wrong.args[0]}"[:200] if wrong.args else type(wrong).__name__


def _detail(value: object) -> object:
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return text(value)
    return tuple(value) if isinstance(value, list) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
