"""`panel.json`: what the panel was, its rules, and the digests of the other files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from suanli.intake.panels import Expert, PanelRules
from suanli.result.document import (
    Format,
    flag,
    listing,
    mapping,
    number,
    read_document,
    said,
    sealed,
    string,
    text,
    whole,
)
from suanli.result.manifest_parts import (
    Recorded,
    file_entries,
    framework_entry,
    input_entries,
    inputs_of,
    problem_entries,
    recorded,
)
from suanli.result.panels.contents import PanelAbout, PanelResult
from suanli.weighting import Influential

MANIFEST = "panel.json"
FORMAT = Format(MANIFEST, "suanli-panel-result", 1, "panel-result")


@dataclass(frozen=True, slots=True, eq=False)
class PanelManifest:
    """What `panel.json` says."""

    about: PanelAbout
    rules: PanelRules
    recorded: Recorded


def manifest_of(result: PanelResult, files: Mapping[str, bytes], rows: Mapping[str, int]) -> bytes:
    """Return `panel.json` for the result and the bytes of the other files."""
    about = result.about
    document: dict[str, object] = {
        "format": FORMAT.name,
        "version": FORMAT.version,
        "suanli": about.version,
        "title": said(about.title),
        "simulated": about.simulated,
        "framework": framework_entry(result.framework, files),
        "round": about.round,
        "rounds": about.rounds,
        "consensus": about.consensus,
        "consensus_word": about.word,
        "interval": about.level,
        "most_influential": influential_entry(about.influential),
        "rules": result.rules.model_dump(mode="json"),
        "inputs": input_entries(about.inputs),
        "experts": [
            {
                "id": expert.id,
                "name": expert.name,
                "affiliation": expert.affiliation,
                "weight": expert.weight,
            }
            for expert in about.experts
        ],
        "files": file_entries(files, rows),
        "problem_details": problem_entries(result.problems),
    }
    return sealed(document)


def influential_entry(found: Influential | None) -> dict[str, object] | None:
    """Return the expert without whom a weight would change most, the node, and the change."""
    if found is None:
        return None
    return {"expert": found.expert.id, "node": found.node, "change": found.change}


def read_manifest(data: bytes) -> PanelManifest:
    """Return what `panel.json` says.

    Raises
    ------
    ResultError
        If it is not JSON, not a panel's, of another format, changed since it was written, or incomplete.
    """
    return read_document(data, FORMAT, _manifest)


def _manifest(document: Mapping[str, object]) -> PanelManifest:
    return PanelManifest(
        about=_about(document), rules=_rules(document), recorded=recorded(document)
    )


def _rules(document: Mapping[str, object]) -> PanelRules:
    try:
        return PanelRules.model_validate(mapping(document["rules"]))
    except ValidationError as wrong:
        at = "/".join(map(str, wrong.errors()[0]["loc"]))
        raise ValueError(f"rules/{at}") from wrong


def _about(document: Mapping[str, object]) -> PanelAbout:
    word = document["consensus_word"]
    experts = tuple(_expert(mapping(entry)) for entry in listing(document["experts"]))
    return PanelAbout(
        title=text(document["title"]),
        simulated=flag(document["simulated"]),
        round=whole(document["round"]),
        rounds=whole(document["rounds"]),
        level=number(document["interval"]),
        consensus=number(document["consensus"]),
        word=None if word is None else string(word),
        influential=_influential(document["most_influential"], experts),
        version=string(document["suanli"]),
        experts=experts,
        inputs=inputs_of(document),
    )


def _influential(entry: object, experts: Sequence[Expert]) -> Influential | None:
    if entry is None:
        return None
    found = mapping(entry)
    known = {expert.id: expert for expert in experts}
    expert = string(found["expert"])
    if expert not in known:
        raise ValueError(f"expert: {expert[:40]}")
    return Influential(
        expert=known[expert], node=string(found["node"]), change=_given(found["change"])
    )


def _expert(entry: Mapping[str, object]) -> Expert:
    weight = _given(entry["weight"])
    return Expert(
        id=string(entry["id"]),
        name=string(entry["name"]),
        affiliation=string(entry["affiliation"]),
        weight=weight,
    )


def _given(value: object) -> float:
    found = number(value)
    if found is None:
        raise TypeError("not a number: null")
    return found
