"""An Excel file as an archive: what it really is, and whether it may be unpacked at all."""

import posixpath
import re
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import IO
from xml.sax import SAXException
from zipfile import BadZipFile, ZipFile, ZipInfo

from suanli.intake.folder import FileContent, shown
from suanli.intake.reading.markup import (
    Attributes,
    EnoughReadError,
    MarkupRefusedError,
    read_markup,
)
from suanli.problems import Place, Problem, Severity

MAX_ENTRIES = 1_000
"""Most files inside an Excel file."""
MAX_UNPACKED_BYTES = 300_000_000
"""Most bytes of an Excel file once unpacked, counted while unpacking, whatever the archive claims."""
MAX_RATIO = 100
"""Most times an Excel file may grow when unpacked, if it grows beyond `SMALL_BYTES`."""
SMALL_BYTES = 20_000_000
"""Unpacked size up to which the ratio does not matter."""
_CHUNK = 1 << 20
_LONGEST_FORMAT = 1_000
"""Characters of a number format that are looked at; Excel allows 255."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedStrings.xml"
_BUILT_IN_PERCENT = ("9", "10")
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
"""What a number format shows as it stands, pads with, or keeps to itself: there a percent sign does not scale."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet: its name, the archive entry of its XML, and whether a person sees it."""

    name: str
    entry: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Archive:
    """An Excel file that is safe to unpack: its sheets and the cell styles that show a percentage.

    `percent_styles` show a number times 100; `literal_styles` show it as it is with a percent sign behind.
    """

    zip: ZipFile
    sheets: tuple[SheetEntry, ...]
    percent_styles: frozenset[int]
    literal_styles: frozenset[int]

    def stream(self, entry: str) -> IO[bytes]:
        """Return an entry's bytes as a stream."""
        return self.zip.open(entry)


def read_archive(file: FileContent) -> Archive | Problem:
    """Return the archive, or the reason why the file is not an Excel file that can be read."""
    path = file.file.path
    code = _kind_trouble(file.content)
    if code:
        return _refused(code, path)
    try:
        archive = ZipFile(BytesIO(file.content))
        refusal = _size_trouble(archive, path, len(file.content))
        if refusal:
            return refusal
        return _opened(archive, path)
    except MarkupRefusedError as trouble:
        return _refused("workbook-entities", path, shown(str(trouble)))
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        SAXException,
        NotImplementedError,
        ValueError,
    ) as trouble:
        return _refused("workbook-damaged", path, type(trouble).__name__)


def _kind_trouble(content: bytes) -> str | None:
    if content.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        return "workbook-encrypted" if encrypted else "workbook-old-format"
    if content.lstrip()[:1] == b"<":
        return "workbook-is-markup"
    return None if content.startswith(b"PK") else "workbook-not-excel"


def _size_trouble(archive: ZipFile, path: str, packed: int) -> Problem | None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        return _bomb(path, f"{len(entries):,} > {MAX_ENTRIES:,}")
    if any(entry.flag_bits & 1 for entry in entries):
        return _refused("workbook-encrypted", path)
    allowed = min(MAX_UNPACKED_BYTES, max(SMALL_BYTES, MAX_RATIO * packed))
    unpacked = 0
    for entry in entries:
        unpacked += _true_size(archive, entry, allowed - unpacked)
        if unpacked > allowed:
            return _bomb(path, f"> {allowed // 1_000_000:,} MB")
    return None


def _true_size(archive: ZipFile, entry: ZipInfo, allowed: int) -> int:
    # the archive's own statement of a size is the writer's claim: unpack with the claim out of the way, and count
    honest = copy(entry)
    honest.file_size = allowed + _CHUNK
    size = 0
    with archive.open(honest) as stream:
        while size <= allowed and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
    if size <= allowed and size != entry.file_size:
        raise BadZipFile(entry.filename)
    return size


def _opened(archive: ZipFile, path: str) -> Archive | Problem:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return _refused("workbook-binary", path)
    if not {_WORKBOOK, _RELATIONS} <= names:
        return _refused("workbook-not-excel", path)
    if _TEXTS in names:
        _check_prolog(archive, _TEXTS)
    targets = _targets(archive)
    sheets: list[SheetEntry] = []

    def take(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            target = targets.get(attributes.get("id", ""), "")
            if target in names:
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetEntry(attributes.get("name", ""), target, hidden))

    with archive.open(_WORKBOOK) as stream:
        read_markup(stream, start=take)
    if not sheets:
        return _refused("workbook-without-sheets", path)
    scaled, literal = _percent_styles(archive) if _STYLES in names else (frozenset(), frozenset())
    return Archive(archive, tuple(sheets), scaled, literal)


def _check_prolog(archive: ZipFile, entry: str) -> None:
    """Refuse a part that another reader will parse if it declares anything before its first element."""

    def stop(_name: str, _attributes: Attributes) -> None:
        raise EnoughReadError

    with archive.open(entry) as stream:
        read_markup(stream, start=stop)


def _targets(archive: ZipFile) -> Mapping[str, str]:
    targets: dict[str, str] = {}

    def take(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/")

    with archive.open(_RELATIONS) as stream:
        read_markup(stream, start=take)
    return MappingProxyType(targets)


def scales_by_hundred(number_format: str) -> bool | None:
    r"""Return whether a number format shows percentages times 100; None if it shows no percentages at all.

    >>> scales_by_hundred("0.0%"), scales_by_hundred('0.0"%"'), scales_by_hundred(r"0\%")
    (True, False, False)
    """
    if "%" in _LITERAL.sub("", number_format):
        return True
    shown = [part for part in _LITERAL.findall(number_format) if part[0] in '"\\']
    return False if any("%" in part or "％" in part for part in shown) else None


def _percent_styles(archive: ZipFile) -> tuple[frozenset[int], frozenset[int]]:
    scales: dict[str, bool | None] = dict.fromkeys(_BUILT_IN_PERCENT, True)
    styles: list[str] = []
    inside: list[str] = []

    def take(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            number_format = attributes.get("formatCode", "")[:_LONGEST_FORMAT]
            scales[attributes.get("numFmtId", "")] = scales_by_hundred(number_format)
        elif name == "xf" and "cellXfs" in inside:
            styles.append(attributes.get("numFmtId", "0"))
        elif name == "cellXfs":
            inside.append(name)

    def leave(name: str) -> None:
        if name == "cellXfs":
            inside.clear()

    with archive.open(_STYLES) as stream:
        read_markup(stream, start=take, end=leave)
    found = [scales.get(number) for number in styles]
    return (
        frozenset(place for place, scaled in enumerate(found) if scaled),
        frozenset(place for place, scaled in enumerate(found) if scaled is False),
    )


def _bomb(path: str, found: str) -> Problem:
    return _refused("workbook-too-big-unpacked", path, found)


def _refused(code: str, path: str, found: str = "") -> Problem:
    details = {"limit": MAX_UNPACKED_BYTES // 1_000_000, "ratio": MAX_RATIO}
    return Problem(code, Severity.ERROR, Place(file=path), found=found, details=details)
