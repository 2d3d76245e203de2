"""The judgements that count in a round: answers, those carried over, accepted revisions, and the scale."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import COMPARING, GroupAnswers, Panel, PanelRules, Revision
from suanli.methods.pairwise import ratios, score_ratios
from suanli.problems import Place, Problem, Severity, StudyError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SAME = 1e-9
"""How near a revision's former value must come to an answer, in proportion; both are read from text."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """What E experts hold about one group of n siblings in a round.

    Attributes
    ----------
    node, items
        Code of the parent and codes of the n children.
    grades
        (E, n, n) comparisons in grades, NaN where there is none.
    scores
        (E, n) scores or points; None where comparisons were asked for.
    extremes
        (E, 2) positions of the best and the worst item; best–worst only.
    ratios
        (E, n, n) what either comes to under the panel's scale or score rule.
    answered
        (E,) whether the expert has any judgement here.
    carried
        (E,) whether any of them is from a former round.
    """

    node: str
    items: tuple[str, ...]
    grades: Floats
    scores: Floats | None
    extremes: NDArray[np.int64] | None
    ratios: Floats
    answered: Flags
    carried: Flags


def round_number(panel: Panel, number: int | None) -> int:
    """Return the number of the round that is meant: the last one unless another is named.

    Raises
    ------
    StudyError
        If the panel has no round of that number.
    """
    numbers = [each.number for each in panel.rounds]
    if number is None:
        return numbers[-1]
    if number not in numbers:
        listed = ", ".join(str(each) for each in numbers)
        raise StudyError(
            [Problem("panel-round-unknown", Severity.ERROR, found=str(number), expected=listed)]
        )
    return number


def judgements(panel: Panel, number: int | None = None) -> tuple[Judgements, ...]:
    """Return the judgements that count in a round, a group each in tree order.

    A comparison, or a vector of scores, that an expert did not give in the round is that of the last round in which
    it was given; best–worst answers are kept or replaced a group at a time, since another best item asks other
    questions. A revision changes the answer of one round: the last that has its former value.

    Raises
    ------
    StudyError
        If there is no such round, or a score has no ratio.
    """
    last = round_number(panel, number)
    order = [each.number for each in panel.rounds].index(last)
    revised = _revised(panel)
    told: list[Judgements] = []
    problems: list[Problem] = []
    for position in range(len(panel.rounds[order].groups)):
        answers = [each.groups[position] for each in panel.rounds[: order + 1]]
        grades = [each[position] for each in revised[: order + 1]]
        found = _held(answers, grades, panel)
        problems += found if isinstance(found, list) else []
        told += [found] if isinstance(found, Judgements) else []
    if problems:
        raise StudyError(problems)
    return tuple(told)


def _held(
    answers: Sequence[GroupAnswers], grades: Sequence[Floats], panel: Panel
) -> Judgements | list[Problem]:
    rules, latest = panel.rules, answers[-1]
    by_group = rules.elicitation == "best-worst"
    held, carried = _carried(grades, _judged, by_group=by_group)
    scores = None
    if rules.elicitation not in COMPARING:
        given = [each.scores for each in answers if each.scores is not None]
        scores, carried = _carried(given, np.isfinite, by_group=True)
        if problems := check_score_ratios(scores, latest, panel):
            return problems
    compared = _ratios(held, scores, rules)
    return Judgements(
        node=latest.node,
        items=latest.items,
        grades=held,
        scores=scores,
        extremes=_extremes(answers),
        ratios=compared,
        answered=np.asarray(_judged(compared).any(axis=(-2, -1))),
        carried=carried,
    )


def _extremes(answers: Sequence[GroupAnswers]) -> NDArray[np.int64] | None:
    """Return the best and worst items named in the last round in which each expert named any."""
    held = answers[0].extremes
    for each in answers[1:]:
        if held is not None and each.extremes is not None:
            named = (each.extremes >= 0).any(axis=-1, keepdims=True)
            held = np.where(named, each.extremes, held)
    return held


def _judged(grades: Floats) -> Flags:
    """Return where two different items were compared."""
    known = np.isfinite(grades)
    n = grades.shape[-1]
    known[..., np.arange(n), np.arange(n)] = False
    return known


def _carried(
    rounds: Sequence[Floats], given: Callable[[Floats], Flags], *, by_group: bool
) -> tuple[Floats, Flags]:
    """Return the answers that stand after the last round, and by expert whether any is older than it."""
    held = rounds[0]
    carried = np.zeros(len(held), dtype=np.bool_)
    axes = tuple(range(1, held.ndim))
    for latest in rounds[1:]:
        new, old = given(latest), given(held)
        if by_group:
            new = np.broadcast_to(new.any(axis=axes, keepdims=True), new.shape)
        kept = old & ~new
        carried = np.asarray(kept.any(axis=axes))
        held = np.where(kept, held, latest)
    return held, carried


def _ratios(grades: Floats, scores: Floats | None, rules: PanelRules) -> Floats:
    if scores is None:
        return ratios(grades, rules.scale)
    return score_ratios(scores, rules.score_rule)


def check_score_ratios(scores: Floats, answers: GroupAnswers, panel: Panel) -> list[Problem]:
    """Return an error for each score of 0 or below, of which the ratio rule can make no comparison."""
    if panel.rules.score_rule != "ratio":
        return []
    return [
        Problem(
            "panel-score-without-ratio",
            Severity.ERROR,
            Place(code=answers.items[item]),
            found=f"{scores[expert, item]:g}",
            details={"expert": panel.experts[expert].id, "name": panel.experts[expert].name},
        )
        for expert, item in np.argwhere(scores <= 0)
    ]


def _revised(panel: Panel) -> list[list[Floats]]:
    """Return the grades by round and group with every revision on top."""
    grades = [[each.grades for each in one.groups] for one in panel.rounds]
    if not panel.revisions:
        return grades
    experts = {expert.id: row for row, expert in enumerate(panel.experts)}
    nodes = {each.node: (column, each.items) for column, each in enumerate(panel.rounds[0].groups)}
    copied = [[each.copy() for each in one] for one in grades]
    for revision in panel.revisions:
        column, items = nodes[revision.node]
        i, j = items.index(revision.item), items.index(revision.other)
        _revise([one[column][experts[revision.expert]] for one in copied], (i, j), revision)
    return copied


def _revise(rounds: Sequence[Floats], pair: tuple[int, int], revision: Revision) -> None:
    """Put the accepted value in the last round that has the former one."""
    i, j = pair
    for grades in reversed(rounds):
        if math.isclose(grades[i, j], revision.before, rel_tol=_SAME):
            grades[i, j], grades[j, i] = revision.after, 1 / revision.after
            return
