"""Parts that the descriptions of all saved folders have: inputs, the framework, the other files, problems' details."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from suanli.framework import Framework
from suanli.intake import InputFile
from suanli.problems import Problem
from suanli.result.document import details, listing, mapping, plain, string, whole
from suanli.result.reading import digest


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What a description says of the other files, for them to be held against it.

    `digests` has the SHA-256 of each file by name, `rows` the number of rows of each table.
    """

    framework_id: str
    problem_details: tuple[Mapping[str, object], ...]
    digests: Mapping[str, str]
    rows: Mapping[str, int]


def recorded(document: Mapping[str, object]) -> Recorded:
    """Return what a description says of the other files.

    Raises
    ------
    KeyError, TypeError
        If a part is missing or of another type.
    """
    files = {name: mapping(entry) for name, entry in mapping(document["files"]).items()}
    return Recorded(
        framework_id=string(mapping(document["framework"])["id"]),
        problem_details=tuple(
            details(mapping(entry)) for entry in listing(document["problem_details"])
        ),
        digests={name: string(entry["sha256"]) for name, entry in files.items()},
        rows={name: whole(entry["rows"]) for name, entry in files.items() if "rows" in entry},
    )


def framework_entry(framework: Framework, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return which framework it is, with the digest of its file."""
    return {
        "id": framework.id,
        "version": framework.version,
        "sha256": digest(files["framework.yaml"]),
    }


def file_entries(files: Mapping[str, bytes], rows: Mapping[str, int]) -> dict[str, object]:
    """Return the digest and the size of each file, and the number of rows of each table."""
    return {
        name: {"sha256": digest(data), "bytes": len(data)}
        | ({"rows": rows[name]} if name in rows else {})
        for name, data in files.items()
    }


def problem_entries(problems: Iterable[Problem]) -> list[object]:
    """Return the details that the problems' messages need."""
    return [plain(dict(problem.details)) for problem in problems]


def input_entries(inputs: Iterable[InputFile]) -> list[dict[str, object]]:
    """Return the files that were read."""
    return [{"path": file.path, "sha256": file.sha256, "bytes": file.bytes} for file in inputs]


def inputs_of(document: Mapping[str, object]) -> tuple[InputFile, ...]:
    """Return the files that were read, as a description has them.

    Raises
    ------
    KeyError, TypeError
        If a part is missing or of another type.
    """
    return tuple(
        InputFile(
            path=string(file["path"]),
            sha256=string(file["sha256"]),
            bytes=whole(file["bytes"]),
        )
        for file in map(mapping, listing(document["inputs"]))
    )
