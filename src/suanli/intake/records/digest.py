"""A file of records read once from end to end: its SHA-256, and whether it is what its ending says."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from suanli.intake.encodings import Torn, torn, without_encoding
from suanli.intake.folder import InputFile, refused
from suanli.language import system_reason
from suanli.problems import Place, Problem, Severity

_CHUNK = 1 << 20
_PARQUET = b"PAR1"
_LEAST_PARQUET = 12
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TRIED = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Digest:
    """A file's identity, and the encoding of a text file."""

    file: InputFile
    encoding: str = "utf-8"


def digest(target: Path, path: str) -> tuple[Digest | None, list[Problem]]:
    """Return the digest of a file, and what is wrong with it; `path` is what it is called in the study.

    The file is never in memory as a whole. CSV is UTF-8, UTF-16 with a byte order mark, or GB18030; the latter two are
    noted.
    """
    try:
        size = target.stat().st_size
        if not size:
            return None, [refused("file-empty", path)]
        sha256 = hashlib.sha256()
        read = 0
        for chunk in _chunks(target):
            sha256.update(chunk)
            read += len(chunk)
        if read != size:
            return None, [refused("file-changing", path)]
        encoding, refusals = _encoding(target) if target.suffix == ".csv" else ("utf-8", [])
        whole = target.suffix == ".csv" or _is_parquet(target, size)
    except OSError as trouble:
        return None, [refused("file-unreadable", path, reason=system_reason(trouble))]
    place = Place(file=path)
    if not whole:
        return None, [Problem("not-a-parquet-file", Severity.ERROR, place)]
    if encoding is None:
        return None, [without_encoding(path, refusals)]
    noted = [Problem("encoding-found", Severity.NOTE, place, found=encoding.upper())]
    known = InputFile(path, sha256.hexdigest(), size)
    return Digest(known, encoding), noted if encoding != "utf-8" else []


def _encoding(target: Path) -> tuple[str | None, list[Torn]]:
    """Return the encoding in which a whole file is sound text, or None; and where it is not in those tried before."""
    with target.open("rb") as stream:
        start = stream.read(2)
    refusals: list[Torn] = []
    for encoding in ("utf-16",) if start in _UTF_16 else _TRIED:
        refusal = torn(_chunks(target), encoding)
        if refusal is None:
            return encoding, refusals
        refusals.append(refusal)
    return None, refusals


def _is_parquet(target: Path, size: int) -> bool:
    if size < _LEAST_PARQUET:
        return False
    with target.open("rb") as stream:
        start = stream.read(len(_PARQUET))
        stream.seek(-len(_PARQUET), 2)
        return start == _PARQUET == stream.read()


def _chunks(target: Path) -> Iterator[bytes]:
    with target.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
