"""`panel.json`: what the panel was, its rules, and the digests of the other files."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from suanli.intake import InputFile
from suanli.intake.panels import Expert, PanelRules
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
from suanli.result.panels.contents import PanelAbout, PanelResult
from suanli.result.reading import digest, file_error

MANIFEST = "panel.json"
FORMAT = "suanli-panel-result"
VERSION = 1


@dataclass(frozen=True, slots=True, eq=False)
class PanelManifest:
    """What `panel.json` says; `files` maps a file's name to its SHA-256, `rows` to its number of rows."""

    about: PanelAbout
    rules: PanelRules
    framework_id: str
    problem_details: tuple[Mapping[str, object], ...]
    files: Mapping[str, str]
    rows: Mapping[str, int]


def manifest_of(result: PanelResult, files: Mapping[str, bytes], rows: Mapping[str, int]) -> bytes:
    """Return `panel.json` for the result and the bytes of the other files."""
    about, rules = result.about, result.rules
    document: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "suanli": about.version,
        "title": said(about.title),
        "simulated": about.simulated,
        "seed": rules.seed,
        "framework": {
            "id": result.framework.id,
            "version": result.framework.version,
            "sha256": digest(files["framework.yaml"]),
        },
        "round": about.round,
        "rounds": about.rounds,
        "elicitation": rules.elicitation,
        "scale": rules.scale,
        "score_rule": rules.score_rule,
        "method": rules.method,
        "random_index": rules.random_index,
        "aggregation": rules.aggregation,
        "expert_weights": rules.expert_weights,
        "consensus": about.consensus,
        "interval": about.level,
        "rules": rules.model_dump(mode="json"),
        "inputs": [
            {"path": file.path, "sha256": file.sha256, "bytes": file.bytes} for file in about.inputs
        ],
        "experts": [
            {
                "id": expert.id,
                "name": expert.name,
                "affiliation": expert.affiliation,
                "weight": expert.weight,
            }
            for expert in about.experts
        ],
        "files": {
            name: {"sha256": digest(data), "bytes": len(data)}
            | ({"rows": rows[name]} if name in rows else {})
            for name, data in files.items()
        },
        "problem_details": [plain(dict(problem.details)) for problem in result.problems],
    }
    document["sha256"] = own_digest(document)
    return (text_of(document) + "\n").encode()


def read_manifest(data: bytes) -> PanelManifest:
    """Return what `panel.json` says.

    Raises
    ------
    ResultError
        If it is not JSON, not a panel's, of another format, changed since it was written, or incomplete.
    """
    document = document_in(data)
    if document is None or document.get("format") != FORMAT:
        raise file_error("panel-result-not-a-result", MANIFEST)
    version = document.get("version")
    if version != VERSION:
        raise file_error("result-format-unknown", MANIFEST, str(version)[:40], str(VERSION))
    own = document.pop("sha256", None)
    try:
        if own != own_digest(document):
            raise file_error("result-file-changed", MANIFEST)
        return _manifest(document)
    except ValidationError as wrong:
        found = wrong.errors()[0]
        at = "/".join(map(str, found["loc"]))
        raise file_error("result-file-invalid", MANIFEST, f"rules/{at}: {found['msg']}") from wrong
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise file_error("result-file-invalid", MANIFEST, reason(wrong)) from wrong


def is_manifest(data: bytes) -> bool:
    """Return whether the bytes are a `panel.json` of a panel's result, of any format version.

    >>> is_manifest(b'{"format": "suanli-panel-result"}'), is_manifest(b'{"format": "suanli-result"}')
    (True, False)
    """
    document = document_in(data)
    return document is not None and document.get("format") == FORMAT


def _manifest(document: Mapping[str, object]) -> PanelManifest:
    framework = mapping(document["framework"])
    files = {name: mapping(entry) for name, entry in mapping(document["files"]).items()}
    return PanelManifest(
        about=_about(document),
        rules=PanelRules.model_validate(mapping(document["rules"])),
        framework_id=string(framework["id"]),
        problem_details=tuple(
            details(mapping(entry)) for entry in listing(document["problem_details"])
        ),
        files={name: string(entry["sha256"]) for name, entry in files.items()},
        rows={name: whole(entry["rows"]) for name, entry in files.items() if "rows" in entry},
    )


def _about(document: Mapping[str, object]) -> PanelAbout:
    return PanelAbout(
        title=text(document["title"]),
        simulated=flag(document["simulated"]),
        round=whole(document["round"]),
        rounds=whole(document["rounds"]),
        level=number(document["interval"]),
        consensus=number(document["consensus"]),
        version=string(document["suanli"]),
        experts=tuple(_expert(mapping(entry)) for entry in listing(document["experts"])),
        inputs=tuple(
            InputFile(
                path=string(file["path"]),
                sha256=string(file["sha256"]),
                bytes=whole(file["bytes"]),
            )
            for file in map(mapping, listing(document["inputs"]))
        ),
    )


def _expert(entry: Mapping[str, object]) -> Expert:
    weight = number(entry["weight"])
    if weight is None:
        raise TypeError("not a number: null")
    return Expert(
        id=string(entry["id"]),
        name=string(entry["name"]),
        affiliation=string(entry["affiliation"]),
        weight=weight,
    )
