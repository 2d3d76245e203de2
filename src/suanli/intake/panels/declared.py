"""panel.yaml read: safely, and with every fault at once, each with its path and line."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import ValidationError

from suanli.framework.document import Document, document
from suanli.framework.schema_faults import schema_faults
from suanli.intake.folder import MAX_TEXT_BYTES, InputFile, file_content
from suanli.intake.panels.place import PanelPlace
from suanli.intake.panels.rules import PanelRules
from suanli.intake.questionnaires.experts import unusable_id
from suanli.intake.reading.headers import normal
from suanli.intake.reading.textfiles import decoded
from suanli.problems import FrameworkError, Place, Problem, Severity, errors


@dataclass(frozen=True, slots=True)
class DeclaredPanel:
    """A panel's rules and the file they were read from."""

    rules: PanelRules
    file: InputFile


def read_rules(place: PanelPlace) -> tuple[DeclaredPanel | None, list[Problem]]:
    """Return what a panel.yaml declares, and everything that is wrong with it."""
    content = file_content(place.folder, place.file, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        return None, [content]
    text, problems = decoded(content)
    if text is None:
        return None, problems
    try:
        read, more = document(text, file=place.file)
    except FrameworkError as trouble:
        return None, [*problems, *trouble.problems]
    problems += more
    try:
        rules = PanelRules.model_validate(read.content)
    except ValidationError as trouble:
        return None, [*problems, *_faults(trouble, read, place.file)]
    problems += [_located(each, read, place.file) for each in check_rules(rules)]
    return (None if errors(problems) else DeclaredPanel(rules, content.file)), problems


def check_rules(rules: PanelRules) -> list[Problem]:
    """Return what each key alone cannot show, placed by path.

    That is experts with the same id, entered weights that say nothing, and a file in two rounds.
    """
    problems: list[Problem] = []
    ids: set[str] = set()
    for position, entry in enumerate(rules.experts):
        if normal(entry.id) in ids:
            problems.append(_error("panel-expert-twice", f"experts[{position}].id", entry.id))
        ids.add(normal(entry.id))
    if rules.expert_weights == "entered" and not any(each.weight for each in rules.experts):
        problems.append(_error("panel-weights-not-entered", "expert_weights", "entered"))
    files: set[str] = set()
    for position, paths in enumerate(rules.rounds):
        for number, path in enumerate(paths):
            plain = posixpath.normpath(path.replace("\\", "/"))
            if plain in files:
                problems.append(_error("file-twice", f"rounds[{position}][{number}]", path))
            files.add(plain)
    return problems


def _error(code: str, path: str, found: str) -> Problem:
    return Problem(code, Severity.ERROR, Place(path=path), found=found)


def _located(problem: Problem, read: Document, file: str) -> Problem:
    path = problem.place.path
    place = Place(file=file, cell=f"line {read.line(path)}", path=path)
    return replace(problem, place=place)


def _faults(trouble: ValidationError, read: Document, file: str) -> Iterator[Problem]:
    for fault in schema_faults(trouble, PanelRules, read.content):
        yield _in_own_words(_located(fault.problem, read, file), fault.kind)


def _in_own_words(problem: Problem, kind: str) -> Problem:
    """Return a fault whose general words would mislead in words of its own."""
    key = problem.place.path.rpartition(".")[2]
    if key == "suanli" and kind != "missing":
        return replace(problem, code="panel-format-unknown", expected="1")
    if kind == "string_pattern_mismatch":
        return unusable_id(problem.found, problem.place)
    if kind in ("too_long", "string_too_long"):
        return replace(problem, code="declaration-too-long", found="")
    return problem
