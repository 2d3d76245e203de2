"""The framework that a panel judges: the study's or its own, and whether the two ask the same."""

from dataclasses import dataclass, replace

from suanli.framework import Framework, bundled, bundled_ids, checked
from suanli.intake.declared import read_declaration
from suanli.intake.folder import MAX_TEXT_BYTES, InputFile, file_content, shown
from suanli.intake.foundations import read_framework
from suanli.intake.panels.groups import with_all_enabled
from suanli.intake.panels.place import PanelPlace
from suanli.intake.panels.rules import PanelRules
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.reading.textfiles import decoded
from suanli.problems import Place, Problem, Severity, errors


@dataclass(frozen=True, slots=True)
class Basis:
    """A framework with the file it was read from, if it was."""

    framework: Framework | None = None
    inputs: tuple[InputFile, ...] = ()


def panel_framework(
    place: PanelPlace, rules: PanelRules, given: Framework | None
) -> tuple[Basis, list[Problem]]:
    """Return the framework that a panel judges, and what is wrong with it.

    A given one comes first, then that of the study by which the panel was reached, then the panel's own; where there
    are two they must ask the same. A panel without any takes that of the study that its folder lies in.
    """
    own, problems = _own(place, rules)
    outer = Basis(given)
    if given is None and place.study and (place.declared or rules.framework is None):
        outer, more = _of_study(place)
        problems += more
    if errors(problems):
        return Basis(), problems
    if outer.framework is None and own.framework is None:
        at = Place(file=place.file, path="framework")
        expected = ", ".join(bundled_ids())
        return own, [
            *problems,
            Problem("panel-without-framework", Severity.ERROR, at, "", expected),
        ]
    if outer.framework is None or own.framework is None:
        return (own if outer.framework is None else outer), problems
    problems += check_same_questions(own.framework, outer.framework, place.file)
    return Basis(outer.framework, (*outer.inputs, *own.inputs)), problems


def check_same_questions(own: Framework, outer: Framework, file: str) -> list[Problem]:
    """Return an error if two frameworks, nothing disabled, ask for different judgements; a note if only ids differ."""
    place = Place(file=file, path="framework")
    asked, wanted = (dict(judged_groups(with_all_enabled(each))) for each in (own, outer))
    if asked == wanted:
        if own.id == outer.id:
            return []
        return [Problem("panel-framework-relative", Severity.NOTE, place, own.id, outer.id)]
    nodes = dict.fromkeys((*wanted, *asked))
    different = [node for node in nodes if asked.get(node) != wanted.get(node)]
    details = {"groups": ", ".join(different[:10])}
    return [
        Problem("panel-framework-differs", Severity.ERROR, place, own.id, outer.id, details=details)
    ]


def _own(place: PanelPlace, rules: PanelRules) -> tuple[Basis, list[Problem]]:
    name = rules.framework
    if name is None:
        return Basis(), []
    if name in bundled_ids():
        return Basis(bundled(name)), []
    at = Place(file=place.file, path="framework")
    if not name.endswith((".yaml", ".yml")):
        expected = ", ".join(bundled_ids())
        return Basis(), [
            Problem("study-framework-unknown", Severity.ERROR, at, shown(name), expected)
        ]
    content = file_content(place.folder, name, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        return Basis(), [replace(content, place=at)]
    text, problems = decoded(content)
    if text is None:
        return Basis(), problems
    framework, more = checked(text, file=name)
    return Basis(framework, (content.file,)), [*problems, *more]


def _of_study(place: PanelPlace) -> tuple[Basis, list[Problem]]:
    """Return the framework of the study around a panel, the study's changes made."""
    assert place.study is not None
    declared, problems = (place.declared, []) if place.declared else read_declaration(place.study)
    if declared is None:
        return Basis(), problems
    found, more = read_framework(place.study, declared.declaration)
    return Basis(found.framework, (declared.file, *found.inputs)), [*problems, *more]
