"""Whether bytes are text in an encoding, and the line of the first byte that is not; imports problems."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from suanli.problems import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Torn:
    """The line of the first byte that is no text, and the byte."""

    line: int
    byte: str


def torn(chunks: Iterable[bytes], encoding: str) -> Torn | None:
    """Return where bytes stop being text in an encoding; None where all are. NUL is no text.

    >>> torn([b"a", b"b", b"c"], "utf-8") is None
    True
    >>> torn([b"a", b"b,", bytes([255])], "utf-8")
    Torn(line=1, byte='0xFF')
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            if "\0" in text:
                return Torn(line + text.count("\n", 0, text.index("\0")), "0x00")
            line += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as trouble:
        sound = trouble.object[: trouble.start].decode(trouble.encoding)
        return Torn(line + sound.count("\n"), f"0x{trouble.object[trouble.start]:02X}")
    return None


def without_encoding(path: str, found: Iterable[Torn]) -> Problem:
    """Return the error that a file is text in none of some encodings, at the end of what one of them can read."""
    furthest = max(found, key=lambda each: each.line)
    place = Place(file=path, cell=f"line {furthest.line}")
    return Problem("encoding-unknown", Severity.ERROR, place, found=furthest.byte)
