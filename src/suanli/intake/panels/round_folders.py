"""The folder returned/: which round each file in it is of, and what lies where no round is."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from suanli.intake.folder import shown
from suanli.intake.panels.rules import MOST_ROUNDS
from suanli.intake.questionnaires.panel_file import RETURNED
from suanli.problems import Place, Problem, Severity

_ROUND = re.compile(r"round[-_ ]*([0-9]{1,9})", re.ASCII | re.IGNORECASE)
_LITTER = re.compile(r"[.~].*|thumbs\.db|desktop\.ini|__macosx|(readme|说明)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A returned file: the folder that contains it, its path there, and the name that it is known by."""

    folder: Path
    path: str
    name: str

    @property
    def ending(self) -> str:
        """The end of its name, in small letters."""
        return Path(self.path).suffix.casefold()


Rounds: TypeAlias = tuple[tuple[Source, ...], ...]


def files_by_round(folder: Path) -> tuple[Rounds, list[Problem]]:
    """Return the files of a panel's folder returned/ by round, and an error for each that is of no round.

    The folders of the rounds are called round-1, round-2 and so on, in letters of either case, with or without spaces
    and leading zeros. The files of the first round may lie in returned/ itself.
    """
    root = folder / RETURNED
    if not root.is_dir():
        return (), []
    numbered, problems = _numbered(root)
    found = {
        number: files_inside(folder, each, f"{RETURNED}/{each.name}")
        for number, each in numbered.items()
    }
    for each in numbered.values():
        problems += check_no_folders(each, f"{RETURNED}/{each.name}")
    loose = files_inside(folder, root, RETURNED)
    if found.get(1):
        problems += [
            _problem("panel-file-outside-rounds", source.name, source.name) for source in loose
        ]
    else:
        # the first round is often returned before anyone thinks of a second
        found[1] = loose
    count = max((number for number, sources in found.items() if sources), default=0)
    if count > MOST_ROUNDS:
        problems.append(_problem("panel-rounds-too-many", RETURNED, str(count), str(MOST_ROUNDS)))
        return (), problems
    if absent := [str(number) for number in range(1, count) if not found.get(number)]:
        problems.append(_problem("panel-round-absent", RETURNED, ", ".join(absent)))
    return tuple(found.get(number, ()) for number in range(1, count + 1)), problems


def files_inside(root: Path, folder: Path, shown_as: str) -> tuple[Source, ...]:
    """Return the files in a folder that may be answers, by name; their paths are those inside `root`."""
    return tuple(
        Source(root, entry.relative_to(root).as_posix(), f"{shown_as}/{entry.name}")
        for entry in _entries(folder)
        if not entry.is_dir()
    )


def check_no_folders(folder: Path, shown_as: str) -> list[Problem]:
    """Return an error for each folder inside a round's that has files in it, which nobody would read."""
    return [
        _problem("panel-folder-outside-rounds", f"{shown_as}/{entry.name}", entry.name)
        for entry in _entries(folder)
        if entry.is_dir() and _has_files(entry)
    ]


def _numbered(root: Path) -> tuple[dict[int, Path], list[Problem]]:
    """Return the folders of the rounds by number, and errors for the others, and for two of one number."""
    numbered: dict[int, Path] = {}
    problems: list[Problem] = []
    for entry in _entries(root):
        if not entry.is_dir() or not _has_files(entry):
            continue
        name = f"{RETURNED}/{entry.name}"
        match = _ROUND.fullmatch(entry.name.strip())
        number = int(match[1]) if match else 0
        if not number:
            problems.append(_problem("panel-folder-outside-rounds", name, entry.name))
        elif (first := numbered.setdefault(number, entry)) is not entry:
            problems.append(_problem("panel-round-twice", name, entry.name, first.name))
    return numbered, problems


def _entries(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not _LITTER.fullmatch(entry.name):
            yield entry


def _has_files(folder: Path) -> bool:
    """Tell whether there is a file in a folder or below it that may be answers; links are not followed."""
    return any(not _LITTER.fullmatch(name) for _, _, names in os.walk(folder) for name in names)


def _problem(code: str, file: str, found: str, expected: str = "") -> Problem:
    return Problem(code, Severity.ERROR, Place(file=shown(file)), shown(found), shown(expected))
