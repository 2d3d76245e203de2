"""`result.json`: what the run was, the regions, the goalposts, and the digests of the other files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from suanli.intake import InputFile
from suanli.language import Text
from suanli.result.contents import About, Contents, RegionName
from suanli.result.reading import MANIFEST, digest, file_error
from suanli.result.tables import frame_of

FORMAT = "suanli-result"
VERSION = 1


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
        "title": _said(about.title),
        "simulated": about.simulated,
        "mode": about.mode,
        "seed": about.seed,
        "as_of": about.as_of,
        "periods": list(about.periods),
        "region_level": about.region_level,
        "weights_note": _said(about.weights_note),
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
        "problem_details": [_plain(dict(problem.details)) for problem in contents.problems],
    }
    document["sha256"] = _own_digest(document)
    return (_text_of(document) + "\n").encode()


def read_manifest(data: bytes) -> Manifest:
    """Return what `result.json` says.

    Raises
    ------
    ResultError
        If it is not JSON, not a result, of a newer format, changed since it was written, or incomplete.
    """
    document = _document(data)
    if document is None or document.get("format") != FORMAT:
        raise file_error("result-not-a-result", MANIFEST)
    version = document.get("version")
    if version != VERSION:
        raise file_error("result-format-unknown", MANIFEST, str(version)[:40], str(VERSION))
    own = document.pop("sha256", None)
    try:
        if own != _own_digest(document):
            raise file_error("result-file-changed", MANIFEST)
        return _manifest(document)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise file_error("result-file-invalid", MANIFEST, _reason(wrong)) from wrong


def is_manifest(data: bytes) -> bool:
    """Return whether the bytes are a `result.json` of any format version.

    >>> is_manifest(b'{"format": "suanli-result"}'), is_manifest(b"[]")
    (True, False)
    """
    document = _document(data)
    return document is not None and document.get("format") == FORMAT


def _document(data: bytes) -> dict[str, object] | None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _manifest(document: Mapping[str, object]) -> Manifest:
    framework = _mapping(document["framework"])
    files = {name: _mapping(entry) for name, entry in _mapping(document["files"]).items()}
    return Manifest(
        about=_about(document),
        framework_id=_string(framework["id"]),
        regions=tuple(
            RegionName(**{key: _string(region[key]) for key in ("code", "zh", "short", "en")})
            for region in map(_mapping, _listing(document["regions"]))
        ),
        goalposts=_goalposts(_listing(document["goalposts"])),
        problem_details=tuple(
            _details(_mapping(entry)) for entry in _listing(document["problem_details"])
        ),
        files={name: _string(entry["sha256"]) for name, entry in files.items()},
        rows={name: _whole(entry["rows"]) for name, entry in files.items() if "rows" in entry},
    )


def _about(document: Mapping[str, object]) -> About:
    mode = _string(document["mode"])
    if mode not in ("official", "audit"):
        raise ValueError(f"mode: {mode[:40]}")
    as_of = document["as_of"]
    periods = tuple(map(_string, _listing(document["periods"])))
    if not periods:
        raise ValueError("periods: []")
    return About(
        name=_string(document["name"]),
        title=_text(document["title"]),
        mode="audit" if mode == "audit" else "official",
        seed=_whole(document["seed"]),
        as_of=None if as_of is None else _string(as_of),
        version=_string(document["suanli"]),
        simulated=_flag(document["simulated"]),
        periods=periods,
        region_level=_string(document["region_level"]),
        inputs=tuple(
            InputFile(
                path=_string(file["path"]),
                sha256=_string(file["sha256"]),
                bytes=_whole(file["bytes"]),
            )
            for file in map(_mapping, _listing(document["inputs"]))
        ),
        weights_note=_text(document["weights_note"]),
    )


def _goalposts(rows: list[object]) -> pl.DataFrame:
    entries = [_mapping(row) for row in rows]
    return frame_of(
        "goalposts",
        {
            "period": [_string(entry["period"]) for entry in entries],
            "indicator": [_string(entry["indicator"]) for entry in entries],
            "low": [_number(entry["low"]) for entry in entries],
            "high": [_number(entry["high"]) for entry in entries],
        },
    )


def _text_of(document: Mapping[str, object]) -> str:
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


def _own_digest(document: Mapping[str, object]) -> str:
    return digest(_json(document).encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _said(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _plain(value: object) -> object:
    """Return a detail of a problem as JSON can hold it; what JSON has no type for becomes its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    return value if isinstance(value, str | int | bool | None) else str(value)


def _details(entry: Mapping[str, object]) -> Mapping[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"not a mapping: {str(value)[:40]}")
    return value


def _listing(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"not a list: {str(value)[:40]}")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {str(value)[:40]}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a whole number: {str(value)[:40]}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"not true or false: {str(value)[:40]}")
    return value


def _number(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"not a number: {str(value)[:40]}")
    return float(value)


def _text(value: object) -> Text:
    said = _mapping(value)
    return Text(zh=_string(said["zh"]), en=_string(said["en"]))


def _reason(wrong: Exception) -> str:
    return f"{wrong.args[0]}"[:200] if wrong.args else type(wrong).__name__
