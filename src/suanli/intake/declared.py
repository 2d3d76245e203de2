"""study.yaml read: safely, and with every fault at once, each with its path and line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from suanli.framework.document import Document, document
from suanli.framework.schema_faults import schema_faults
from suanli.intake.declaration import Declaration
from suanli.intake.folder import MAX_TEXT_BYTES, InputFile, file_content
from suanli.intake.reading.textfiles import decoded
from suanli.problems import FrameworkError, Place, Problem, Severity, errors

STUDY_FILE = "study.yaml"
"""The file that makes a folder a study."""

_DAYS = ("as_of", "date")


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
        return None, [*problems, *_faults(trouble, read)]
    problems += check_declaration(declaration)
    if errors(problems):
        return None, problems
    return Declared(declaration, content.file), problems


def check_declaration(declaration: Declaration) -> list[Problem]:
    """Return what each key alone cannot show: periods or data files named twice, a choice of regions left open."""
    problems = []
    for position, period in enumerate(declaration.periods):
        if period in declaration.periods[:position]:
            place = Place(file=STUDY_FILE, path=f"periods[{position}]")
            problems.append(Problem("period-twice", Severity.ERROR, place, found=period))
    seen: set[tuple[str, str | None]] = set()
    for position, entry in enumerate(declaration.data):
        if (entry.file, entry.sheet) in seen:
            place = Place(file=STUDY_FILE, path=f"data[{position}].file")
            problems.append(Problem("file-twice", Severity.ERROR, place, found=entry.file))
        seen.add((entry.file, entry.sheet))
    choice = declaration.regions
    if sum(each is not None for each in (choice.all, choice.only, choice.file)) != 1:
        place = Place(file=STUDY_FILE, path="regions")
        problems.append(Problem("regions-undecided", Severity.ERROR, place))
    return problems


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
        return replace(problem, code=code)
    if kind in ("too_long", "string_too_long"):
        return replace(problem, code="declaration-too-long", found="")
    return problem
