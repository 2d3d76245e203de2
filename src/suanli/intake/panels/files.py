"""The returned files of every round: those that panel.yaml or a person names, or those that lie in returned/."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from suanli.intake.folder import FileContent, file_content, shown
from suanli.intake.panels.place import PanelPlace
from suanli.intake.panels.rules import PanelRules
from suanli.intake.questionnaires.panel_file import RETURNED
from suanli.problems import Place, Problem, Severity

MAX_WORKBOOK_BYTES = 5_000_000
"""Largest returned Excel file; it is not opened beyond."""
MAX_TABLE_BYTES = 50_000_000
"""Largest text table of answers."""
MOST_FILES = 2_000
"""Most files of one round."""

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb")
TEXT = (".csv", ".tsv", ".txt")
_ROUND = re.compile(r"round-([1-9][0-9]?)", re.ASCII)
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


Rounds = tuple[tuple[Source, ...], ...]


def returned_files(
    place: PanelPlace, rules: PanelRules, given: Sequence[Path]
) -> tuple[Rounds, list[Problem]]:
    """Return the files of every round, in order, and what is wrong with their places.

    Given files take the place of the last round's. Folders stand for all files in them; what a system leaves behind
    (`~$E01.xlsx`, `.DS_Store`, `Thumbs.db`) and files called README or 说明 are passed over.
    """
    rounds, problems = _declared(place, rules) if rules.rounds else _found(place)
    if given:
        last, problems = _given(place, given)
        rounds = (*rounds[:-1], last)
    problems += [
        _problem("panel-too-many-files", str(number), found=f"{len(sources):,}", limit=MOST_FILES)
        for number, sources in enumerate(rounds, start=1)
        if len(sources) > MOST_FILES
    ]
    if not problems and not any(rounds):
        problems = [_problem("panel-nothing-returned", place.file, found=RETURNED)]
    return rounds, problems


def source_content(source: Source) -> FileContent | Problem:
    """Return the bytes of a returned file, or the problem that forbids reading it."""
    if source.ending not in (*EXCEL, *TEXT):
        return _problem(
            "panel-file-type", source.name, shown(source.ending) or "–", ".xlsx, .xlsm, .csv, .tsv"
        )
    limit = MAX_WORKBOOK_BYTES if source.ending in EXCEL else MAX_TABLE_BYTES
    content = file_content(source.folder, source.path, limit=limit)
    if isinstance(content, FileContent):
        return FileContent(replace(content.file, path=source.name), content.content)
    code = "panel-file-too-large" if content.code == "file-too-large" else content.code
    return replace(content, code=code, place=Place(file=source.name))


def _declared(place: PanelPlace, rules: PanelRules) -> tuple[Rounds, list[Problem]]:
    rounds = tuple(
        tuple(Source(place.folder, path, path) for path in paths) for paths in rules.rounds
    )
    return rounds, []


def _found(place: PanelPlace) -> tuple[Rounds, list[Problem]]:
    root = place.folder / RETURNED
    if not root.is_dir():
        return (), []
    found = {
        int(number[1]): tuple(_inside(place.folder, entry, f"{RETURNED}/{entry.name}"))
        for entry in root.iterdir()
        if entry.is_dir() and (number := _ROUND.fullmatch(entry.name))
    }
    loose = tuple(_inside(place.folder, root, RETURNED))
    # the first round is often returned before anyone thinks of a second
    first = found.setdefault(1, loose)
    problems = [
        _problem("panel-file-outside-rounds", source.name, found=source.name)
        for source in loose
        if first is not loose
    ]
    count = max((number for number, sources in found.items() if sources), default=0)
    if absent := [str(number) for number in range(1, count) if not found.get(number)]:
        problems.append(_problem("panel-round-absent", RETURNED, found=", ".join(absent)))
    return tuple(found.get(number, ()) for number in range(1, count + 1)), problems


def _given(place: PanelPlace, given: Sequence[Path]) -> tuple[tuple[Source, ...], list[Problem]]:
    sources: dict[Path, Source] = {}
    problems: list[Problem] = []
    for path in map(Path, given):
        target = path.resolve()
        found: tuple[Source, ...] = (Source(target.parent, target.name, path.name),)
        if path.is_dir():
            found = tuple(_inside(target, target, target.name))
            if not found:
                problems.append(_problem("panel-nothing-returned", target.name, target.name))
        for source in found:
            sources.setdefault((source.folder / source.path).resolve(), source)
    return tuple(_told_apart(place, list(sources.items()))), problems


def _told_apart(place: PanelPlace, sources: list[tuple[Path, Source]]) -> Iterator[Source]:
    """Yield sources under names that differ: the path inside the panel's folder, or else what sets them apart."""
    root = place.folder.resolve()
    names = [source.name for _, source in sources]
    for target, source in sources:
        if target.is_relative_to(root):
            yield replace(source, name=target.relative_to(root).as_posix())
        elif names.count(source.name) > 1:
            yield replace(source, name=f"{target.parent.name}/{target.name}")
        else:
            yield source


def _inside(root: Path, folder: Path, shown_as: str) -> Iterator[Source]:
    """Yield the files in a folder that may be answers, by name."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not _LITTER.fullmatch(entry.name) and not entry.is_dir():
            path = entry.relative_to(root).as_posix()
            yield Source(root, path, f"{shown_as}/{entry.name}")


def _problem(
    code: str, file: str, found: str = "", expected: str = "", **details: object
) -> Problem:
    return Problem(
        code, Severity.ERROR, Place(file=shown(file)), shown(found), expected, details=details
    )
