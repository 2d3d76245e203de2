"""The returned files of every round: those that panel.yaml or a person names, or those that lie in returned/."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from suanli.intake.folder import FileContent, file_content, shown
from suanli.intake.panels.place import PanelPlace
from suanli.intake.panels.round_folders import (
    Rounds,
    Source,
    check_no_folders,
    files_by_round,
    files_inside,
)
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


def returned_files(
    place: PanelPlace, rules: PanelRules, given: Sequence[Path]
) -> tuple[Rounds, list[Problem]]:
    """Return the files of every round, in order, and what is wrong with their places.

    Given files take the place of the last round's. Folders stand for all files in them; what a system leaves behind
    (`~$E01.xlsx`, `.DS_Store`, `Thumbs.db`) and files called README or 说明 are passed over.
    """
    rounds, problems = _declared(place, rules) if rules.rounds else files_by_round(place.folder)
    if given:
        last, problems = _given(place, given)
        rounds = (*rounds[:-1], last)
    problems += check_files_once(rounds)
    problems += [
        _problem("panel-too-many-files", str(number), found=f"{len(sources):,}", limit=MOST_FILES)
        for number, sources in enumerate(rounds, start=1)
        if len(sources) > MOST_FILES
    ]
    if not problems and not any(rounds):
        problems = [_problem("panel-nothing-returned", place.file, found=RETURNED)]
    return rounds, problems


def check_files_once(rounds: Rounds) -> list[Problem]:
    """Return an error for each file that is there twice, in a round or in two, by whatever spelling or link."""
    first: dict[Path, Source] = {}
    twice = [
        source
        for sources in rounds
        for source in sources
        if first.setdefault((source.folder / source.path).resolve(), source) is not source
    ]
    return [_problem("file-twice", source.name, source.name) for source in twice]


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


def _given(place: PanelPlace, given: Sequence[Path]) -> tuple[tuple[Source, ...], list[Problem]]:
    sources: dict[Path, Source] = {}
    problems: list[Problem] = []
    for path in map(Path, given):
        target = path.resolve()
        found: tuple[Source, ...] = (Source(target.parent, target.name, path.name),)
        if path.is_dir():
            found = files_inside(target, target, target.name)
            problems += check_no_folders(target, target.name)
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


def _problem(
    code: str, file: str, found: str = "", expected: str = "", **details: object
) -> Problem:
    return Problem(
        code, Severity.ERROR, Place(file=shown(file)), shown(found), expected, details=details
    )
