"""`result.json`: what the run was, the regions, the goalposts, and the digests of the other files."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from suanli.language import pair
from suanli.result.contents import About, Contents, RegionName
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
from suanli.result.reading import MANIFEST
from suanli.result.tables import frame_of

FORMAT = Format(MANIFEST, "suanli-result", 3, "result")


@dataclass(frozen=True, slots=True, eq=False)
class Manifest:
    """What `result.json` says."""

    about: About
    regions: tuple[RegionName, ...]
    goalposts: pl.DataFrame
    recorded: Recorded


def manifest_of(contents: Contents, files: Mapping[str, bytes], rows: Mapping[str, int]) -> bytes:
    """Return `result.json` for the contents and the bytes of the other files."""
    about = contents.about
    document: dict[str, object] = {
        "format": FORMAT.name,
        "version": FORMAT.version,
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
        "fitted": about.fitted,
        "framework": framework_entry(contents.framework, files),
        "inputs": input_entries(about.inputs),
        "files": file_entries(files, rows),
        "regions": [
            {"code": region.code, "zh": region.zh, "short": region.short, "en": region.en}
            for region in contents.regions
        ],
        "goalposts": contents.goalposts.to_dicts(),
        "problem_details": problem_entries(contents.problems),
    }
    return sealed(document)


def read_manifest(data: bytes) -> Manifest:
    """Return what `result.json` says.

    Raises
    ------
    ResultError
        If it is not JSON, not a result, of a newer format, changed since it was written, or incomplete.
    """
    return read_document(data, FORMAT, _manifest)


def _manifest(document: Mapping[str, object]) -> Manifest:
    return Manifest(
        about=_about(document),
        regions=tuple(
            RegionName(**{key: string(region[key]) for key in ("code", "zh", "short", "en")})
            for region in map(mapping, listing(document["regions"]))
        ),
        goalposts=_goalposts(listing(document["goalposts"])),
        recorded=recorded(document),
    )


def _about(document: Mapping[str, object]) -> About:
    mode = string(document["mode"])
    if mode not in ("official", "audit"):
        raise ValueError(f"mode: {mode[:40]}")
    as_of = document["as_of"]
    periods = tuple(map(string, listing(document["periods"])))
    if not periods:
        raise ValueError("periods: []")
    note = text(document["weights_note"])
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
        inputs=inputs_of(document),
        weights_note=note,
        # results saved before it was written have the note alone
        fitted=flag(document.get("fitted", note == pair("result", "fitted_note"))),
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
