"""A panel's folder to a panel: everything read, checked and put together, or every reason why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from suanli.framework import Framework
from suanli.intake.panels.answers import Answer, Asked, Key, answers_frame, is_spoilt
from suanli.intake.panels.assembling import assembled_rounds, check_size
from suanli.intake.panels.basis import Basis, panel_framework
from suanli.intake.panels.checks import check_answered, check_judged, check_scores
from suanli.intake.panels.completeness import Answering, completeness
from suanli.intake.panels.declared import DeclaredPanel, read_rules
from suanli.intake.panels.experts import declared_experts, known_experts, met_experts
from suanli.intake.panels.files import returned_files
from suanli.intake.panels.gathering import Gathered, gathered_answers
from suanli.intake.panels.items import items_of
from suanli.intake.panels.judged import Judged, Pair, judged_answers
from suanli.intake.panels.panel import Expert, Panel
from suanli.intake.panels.place import PanelPlace, panel_place
from suanli.intake.panels.returned import Questions
from suanli.intake.panels.revisions import Revised, read_revisions
from suanli.intake.reading.tables import capped_by_kind
from suanli.problems import Place, Problem, Severity, StudyError, errors, in_order


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a panel stands on before any answer is read."""

    place: PanelPlace
    declared: DeclaredPanel
    basis: Basis
    framework: Framework
    asked: Asked


@dataclass(frozen=True, slots=True)
class _Content:
    """All that a panel is made of once every file has been read."""

    gathered: Gathered
    judged: Mapping[Key, Judged]
    experts: tuple[Expert, ...]
    rounds: int
    revised: Revised


def read_panel(
    place: Path | str, *, framework: Framework | None = None, files: Sequence[Path | str] = ()
) -> Panel:
    """Return the panel at a place.

    Parameters
    ----------
    place
        A folder with a panel.yaml, a panel.yaml, or the folder of a study that has a panel.
    framework
        That of the study; it comes before the panel's own, which must ask the same.
    files
        Returned files that take the place of those of the last round: questionnaires, folders of them, or a table.

    Raises
    ------
    StudyError
        If anything stands against it; the error has every problem found, warnings and notes included.
    """
    panel, problems = check_panel(place, framework=framework, files=files)
    if panel is None:
        raise StudyError(problems)
    return panel


def check_panel(
    place: Path | str, *, framework: Framework | None = None, files: Sequence[Path | str] = ()
) -> tuple[Panel | None, tuple[Problem, ...]]:
    """Return the panel at a place, or None if it has errors, and everything that is to be said of it.

    The parameters are those of `read_panel`.
    """
    ground, problems = _ground(place, framework)
    if ground is None:
        return None, in_order(problems)
    content, more = _content(ground, [Path(file) for file in files])
    every = in_order(capped_by_kind([*problems, *more]))
    return (None if errors(every) else _panel(ground, content, every)), every


def _ground(place: Path | str, framework: Framework | None) -> tuple[_Ground | None, list[Problem]]:
    found, problems = panel_place(place)
    if found is None:
        return None, problems
    declared, more = read_rules(found)
    problems += more
    if declared is None:
        return None, problems
    basis, more = panel_framework(found, declared.rules, framework)
    problems += more
    if basis.framework is None or errors(problems):
        return None, problems
    experts = declared_experts(declared.rules.experts)
    asked = Asked(declared.rules, items_of(basis.framework), experts)
    if not asked.items.enabled:
        at = Place(file=found.file, path="framework")
        problems.append(Problem("panel-nothing-to-judge", Severity.ERROR, at, basis.framework.id))
        return None, problems
    return _Ground(found, declared, basis, basis.framework, asked), problems


def _content(ground: _Ground, files: Sequence[Path]) -> tuple[_Content, list[Problem]]:
    sources, problems = returned_files(ground.place, ground.asked.rules, files)
    questions = Questions(ground.asked, ground.framework, 1, only_round=True)
    gathered, more = gathered_answers(sources, questions)
    problems += more
    judged, more = judged_answers(gathered.answers, ground.asked.items)
    problems += more
    experts = ground.asked.experts.declared or met_experts(gathered.experts)
    rounds = max((len(sources), *(answer.round for answer in gathered.answers)))
    problems += _checks(judged, ground.asked, gathered)
    problems += _left_out(gathered.answers, ground.asked)
    if gathered.inputs and not errors(problems):
        # what a refused file would have answered is not worth a word
        problems += check_answered(list(judged.values()), ground.asked.items)
        problems += check_rounds(gathered.answers, rounds) if gathered.answers else []
        problems += check_size(ground.asked, len(experts), rounds)
    if not errors(problems):
        answering = Answering(ground.asked, experts, judged, _pairs_asked(gathered))
        problems += completeness(answering, rounds)
    asked = replace(ground.asked, experts=known_experts(experts))
    revised, more = read_revisions(ground.place, asked, judged)
    return _Content(gathered, judged, experts, rounds, revised), problems + more


def _checks(judged: Mapping[Key, Judged], asked: Asked, gathered: Gathered) -> list[Problem]:
    """Return the errors in what the experts answered, group by group."""
    problems: list[Problem] = []
    for key, one in judged.items():
        problems += check_scores(one, asked)
        if not is_spoilt(key, gathered.spoilt):
            problems += check_judged(one, asked, _earlier(one, judged))
    return problems


def _earlier(one: Judged, judged: Mapping[Key, Judged]) -> set[Pair]:
    """Return the pairs that an expert compared in a group in former rounds."""
    former = (judged.get((number, one.expert, one.node)) for number in range(1, one.round))
    return {pair for each in former if each for pair in each.pairs}


def check_rounds(answers: Iterable[Answer], rounds: int) -> list[Problem]:
    """Return an error if there is a round without any answer."""
    answered = {answer.round for answer in answers}
    absent = [str(number) for number in range(1, rounds + 1) if number not in answered]
    if not absent:
        return []
    return [Problem("panel-round-absent", Severity.ERROR, Place(), ", ".join(absent))]


def _left_out(answers: Iterable[Answer], asked: Asked) -> list[Problem]:
    """Return a note if answers are about what the framework has disabled since."""
    enabled = {item for items in asked.items.enabled.values() for item in items}
    items = dict.fromkeys(
        item
        for answer in answers
        for item in (answer.item, answer.other)
        if item and item not in enabled
    )
    if not items:
        return []
    return [Problem("panel-disabled-left-out", Severity.NOTE, Place(), ", ".join(items))]


def _pairs_asked(gathered: Gathered) -> dict[Key, int]:
    return {
        (form.round, form.expert, node): count
        for form in gathered.forms
        for node, count in form.pairs_asked.items()
    }


def _panel(ground: _Ground, content: _Content, problems: tuple[Problem, ...]) -> Panel:
    rules = ground.asked.rules
    inputs = (
        ground.declared.file,
        *ground.basis.inputs,
        *content.gathered.inputs,
        *content.revised.inputs,
    )
    return Panel(
        rules=rules,
        framework=ground.framework,
        title=rules.title or ground.framework.title,
        simulated=rules.simulated,
        experts=content.experts,
        rounds=assembled_rounds(content.judged, ground.asked, content.experts, content.rounds),
        revisions=content.revised.revisions,
        answers=answers_frame(_in_order(content, ground.asked)),
        inputs=inputs,
        problems=problems,
    )


def _in_order(content: _Content, asked: Asked) -> list[Answer]:
    experts = {one.id: number for number, one in enumerate(content.experts)}
    nodes = {node: number for number, node in enumerate(asked.items.groups)}
    return sorted(
        content.gathered.answers,
        key=lambda each: (each.round, experts[each.expert], nodes[each.node]),
    )
