"""`result.json`: what the run was, the regions, the goalposts, and the digests of the other files."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from suanli.intake import InputFile
from suanli.result.contents import About, Contents, RegionName
from suanli.result.document import (
    details,
    document_in,
    flag,
    listing,
    mapping,
    number,
    own_digest,
    plain,
    reason,
    said,
    string,
    text,
    text_of,
    whole,
)
from suanli.result.reading import MANIFEST, digest, file_error
from suanli.result.tables import frame_of

FORMAT = "suanli-result"
VERSION = 2


@dataclass(frozen=True, slots=True, eq=False)
class Manifest:
    """What `result.json` says; `files` maps a file's name to its SHA-256, `rows` to its number of rows."""

    about: About
    framework_id: str
    regions: tuple[RegionName, ...]
    goalposts: pl.DataFrame
    problem_details: tuple[Mapping[str, object], ...]
    files: Mapping[str, str]
    rows: Mapping[str, int]


def manifest_of(contents: Contents, files: Mapping[str, bytes], rows: Mapping[str, int]) -> bytes:
    """Return `result.json` for the contents and the bytes of the other files."""
    about = contents.about
    document: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "suanli": about.version,
        "name": about.name,
        "title": said(about.title),
        "simulated": about.simulated,
        "mode": about.mode,
        "seed": about.seed,
        "as_of": about.as_of,
        "periods": list(about.periods),
        "region_level": about.region_level,
        "weights_note": said(about.weights_note),
        "framework": {
            "id": contents.framework.id,
            "version": contents.framework.version,
            "sha256": digest(files["framework.yaml"]),
        },
        "inputs": [
            {"path": file.path, "sha256": file.sha256, "bytes": file.bytes} for file in about.inputs
        ],
        "files": {
            name: {"sha256": digest(data), "bytes": len(data)}
            | ({"rows": rows[name]} if name in rows else {})
            for name, data in files.items()
        },
        "regions": [
            {"code": region.code, "zh": region.zh, "short": region.short, "en": region.en}
            for region in contents.regions
        ],
        "goalposts": contents.goalposts.to_dicts(),
        "problem_details": [plain(dict(problem.details)) for problem in contents.problems],
    }
    document["sha256"] = own_digest(document)
    return (text_of(document) + "\n").encode()


def read_manifest(data: bytes) -> Manifest:
    """Return what `result.json` says.

    Raises
    ------
    ResultError
        If it is not JSON, not a result, of a newer format, changed since it was written, or incomplete.
    """
    document = document_in(data)
    if document is None or document.get("format") != FORMAT:
        raise file_error("result-not-a-result", MANIFEST)
    version = document.get("version")
    if version != VERSION:
        raise file_error("result-format-unknown", MANIFEST, str(version)[:40], str(VERSION))
    own = document.pop("sha256", None)
    try:
        if own != own_digest(document):
            raise file_error("result-file-changed", MANIFEST)
        return _manifest(document)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise file_error("result-file-invalid", MANIFEST, reason(wrong)) from wrong


def is_manifest(data: bytes) -> bool:
    """Return whether the bytes are a `result.json` of any format version.

    >>> is_manifest(b'{"format": "suanli-result"}'), is_manifest(b"[]")
    (True, False)
    """
    document = document_in(data)
    return document is not None and document.get("format") == FORMAT


def _manifest(document: Mapping[str, object]) -> Manifest:
    framework = mapping(document["framework"])
    files = {name: mapping(entry) for name, entry in mapping(document["files"]).items()}
    return Manifest(
        about=_about(document),
        framework_id=string(framework["id"]),
        regions=tuple(
            RegionName(**{key: string(region[key]) for key in ("code", "zh", "short", "en")})
            for region in map(mapping, listing(document["regions"]))
        ),
        goalposts=_goalposts(listing(document["goalposts"])),
        problem_details=tuple(
            details(mapping(entry)) for entry in listing(document["problem_details"])
        ),
        files={name: string(entry["sha256"]) for name, entry in files.items()},
        rows={name: whole(entry["rows"]) for name, entry in files.items() if "rows" in entry},
    )


def _about(document: Mapping[str, object]) -> About:
    mode = string(document["mode"])
    if mode not in ("official", "audit"):
        raise ValueError(f"mode: {mode[:40]}")
    as_of = document["as_of"]
    periods = tuple(map(string, listing(document["periods"])))
    if not periods:
        raise ValueError("periods: []")
    return About(
        name=string(document["name"]),
        title=text(document["title"]),
        mode="audit" if mode == "audit" else "official",
        seed=whole(document["seed"]),
        as_of=None if as_of is None else string(as_of),
        version=string(document["suanli"]),
        simulated=flag(document["simulated"]),
        periods=periods,
        region_level=string(document["region_level"]),
        inputs=tuple(
            InputFile(
                path=string(file["path"]),
                sha256=string(file["sha256"]),
                bytes=whole(file["bytes"]),
            )
            for file in map(mapping, listing(document["inputs"]))
        ),
        weights_note=text(document["weights_note"]),
    )


def _goalposts(rows: list[object]) -> pl.DataFrame:
    entries = [mapping(row) for row in rows]
    return frame_of(
        "goalposts",
        {
            "period": [string(entry["period"]) for entry in entries],
            "indicator": [string(entry["indicator"]) for entry in entries],
            "low": [number(entry["low"]) for entry in entries],
            "high": [number(entry["high"]) for entry in entries],
        },
    )
