"""study.yaml read: safely, and with every fault at once, each with its path and line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from suanli.framework.document import Document, document
from suanli.framework.schema_faults import schema_faults
from suanli.intake.declaration import Declaration
from suanli.intake.folder import (
    MAX_TEXT_BYTES,
    STUDY_FILE,
    InputFile,
    check_file,
    file_content,
    shown,
)
from suanli.intake.reading.textfiles import decoded
from suanli.problems import FrameworkError, Place, Problem, Severity, errors

_DAYS = ("as_of", "date")
_NUMBER = re.compile("[0-9]+")
_YEAR = re.compile("(19|20|21)[0-9]{2}")
_MOST_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Declared:
    """A study's declaration and the file it was read from."""

    declaration: Declaration
    file: InputFile


def read_declaration(folder: Path) -> tuple[Declared | None, list[Problem]]:
    """Return what a folder's study.yaml declares, and everything that is wrong with it."""
    if not folder.is_dir():
        place = Place(file=folder.name)
        return None, [Problem("study-folder-absent", Severity.ERROR, place, found=folder.name)]
    content = file_content(folder, STUDY_FILE, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        return None, [content]
    text, problems = decoded(content)
    if text is None:
        return None, problems
    try:
        read, more = document(text, file=STUDY_FILE)
    except FrameworkError as trouble:
        return None, [*problems, *trouble.problems]
    problems += more
    try:
        declaration = Declaration.model_validate(read.content)
    except ValidationError as trouble:
        return None, [*problems, *_faults(trouble, read), *check_files(folder, read.content)]
    problems += check_declaration(declaration)
    if errors(problems):
        return None, [*problems, *check_files(folder, read.content)]
    return Declared(declaration, content.file), problems


def check_declaration(declaration: Declaration) -> list[Problem]:
    """Return what each key alone cannot show.

    That is neither data nor records, periods named twice or out of order, data files named twice, a choice of regions
    left open, and weights from a file and a panel at once.
    """
    problems = [*check_periods(declaration.periods), *check_sources(declaration)]
    seen: set[tuple[str, str | None]] = set()
    for position, entry in enumerate(declaration.data):
        if (entry.file, entry.sheet) in seen:
            place = Place(file=STUDY_FILE, path=f"data[{position}].file")
            problems.append(Problem("file-twice", Severity.ERROR, place, found=entry.file))
        seen.add((entry.file, entry.sheet))
    choice = declaration.regions
    chosen = (choice.all, choice.only, choice.file, choice.grouping)
    if sum(each is not None for each in chosen) != 1:
        place = Place(file=STUDY_FILE, path="regions")
        problems.append(Problem("regions-undecided", Severity.ERROR, place))
    if declaration.weights is not None and declaration.panel is not None:
        place = Place(file=STUDY_FILE, path="panel")
        found, expected = declaration.panel, declaration.weights
        problems.append(Problem("weights-undecided", Severity.ERROR, place, found, expected))
    return problems


def check_sources(declaration: Declaration) -> list[Problem]:
    """Return an error where there are neither data nor records, and what records ask of the rest of a study.

    Records are added up by calendar year; only they can be added up by groups of regions.
    """
    if declaration.records is None:
        problems = []
        if not declaration.data:
            place = Place(file=STUDY_FILE, path="data")
            problems.append(Problem("study-without-sources", Severity.ERROR, place))
        if declaration.regions.grouping is not None:
            place = Place(file=STUDY_FILE, path="regions.grouping")
            found = declaration.regions.grouping
            problems.append(Problem("grouping-without-records", Severity.ERROR, place, found))
        return problems
    return [
        Problem(
            "period-not-a-year",
            Severity.ERROR,
            Place(file=STUDY_FILE, path=f"periods[{position}]"),
            found=shown(period),
        )
        for position, period in enumerate(declaration.periods)
        if not _YEAR.fullmatch(period)
    ]


def check_periods(periods: Sequence[str]) -> list[Problem]:
    """Return an error for each period named twice, and one if periods that say when they are do not ascend.

    Those are periods that begin with a year and differ in their digits only: years, quarters, months, days. Of others
    the order is the study's to say.
    """
    problems = [
        Problem(
            "period-twice",
            Severity.ERROR,
            Place(file=STUDY_FILE, path=f"periods[{position}]"),
            found=period,
        )
        for position, period in enumerate(periods)
        if period in periods[:position]
    ]
    dated = all(re.match(r"[0-9]{4}(?![0-9])", period) for period in periods)
    if not dated or len({_NUMBER.sub("0", period) for period in periods}) > 1:
        return problems
    ascending = sorted(periods, key=lambda period: [int(part) for part in _NUMBER.findall(period)])
    if ascending != list(periods):
        place = Place(file=STUDY_FILE, path="periods")
        found, expected = (f"[{', '.join(listed)}]" for listed in (periods, ascending))
        problems.append(
            Problem("periods-out-of-order", Severity.ERROR, place, shown(found, 200), expected)
        )
    return problems


def check_files(folder: Path, content: object) -> list[Problem]:
    """Return an error for each file that a study.yaml names, whatever else is wrong with it, and that is not there."""
    return [
        trouble
        for path in dict.fromkeys(_named_files(content))
        if (trouble := check_file(folder, path))
    ]


def _named_files(content: object) -> Iterator[str]:
    if not isinstance(content, Mapping):
        return
    entries = content.get("data")
    holders = [content.get("regions"), *(entries if isinstance(entries, list) else ())][
        :_MOST_FILES
    ]
    named = [holder.get("file") for holder in holders if isinstance(holder, Mapping)]
    records = content.get("records")
    named += [records.get("outlines")] if isinstance(records, Mapping) else []
    framework = content.get("framework")
    if isinstance(framework, str) and framework.endswith((".yaml", ".yml")):
        named.append(framework)
    yield from (path for path in (*named, content.get("weights")) if isinstance(path, str))


def _faults(trouble: ValidationError, read: Document) -> Iterator[Problem]:
    for fault in schema_faults(trouble, Declaration, read.content):
        path = _path(fault.problem.place.path)
        place = Place(file=STUDY_FILE, cell=f"line {read.line(path)}", path=path)
        yield _in_own_words(replace(fault.problem, place=place), fault.kind)


def _path(path: str) -> str:
    """Return a path as the file has it: the choice of regions is one key there."""
    for inner in ("regions.all", "regions.only"):
        if path.startswith(inner):
            return "regions" + path.removeprefix(inner)
    return path


def _in_own_words(problem: Problem, kind: str) -> Problem:
    """Return a fault whose general words would mislead in words of its own."""
    key = problem.place.path.rpartition(".")[2]
    if key == "suanli" and kind != "missing":
        return replace(problem, code="study-format-unknown", expected="1")
    if kind == "string_pattern_mismatch":
        code = "day-unusable" if key in _DAYS else "study-name-unusable"
        return replace(problem, code=code, expected="")
    if kind == "multiple_of":
        return replace(problem, code="utc-offset-unusable", expected="")
    if kind in ("too_long", "string_too_long"):
        return replace(problem, code="declaration-too-long", found="")
    return problem
