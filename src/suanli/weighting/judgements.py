"""The judgements that count in a round: answers, those carried over, accepted revisions, and the scale."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import COMPARING, GroupAnswers, Panel, Revision
from suanli.methods.pairwise import ratios, score_ratios
from suanli.problems import Place, Problem, Severity, StudyError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

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
    source_round
        (E, n, n) number of the round that each judgement is of, 0 where there is none. On the diagonal that of the
        item's score, or of its being named best or worst.
    revised
        (E, n, n) the grade that accepted revisions made of the judgement; NaN where they changed none that counts.
    """

    node: str
    items: tuple[str, ...]
    grades: Floats
    scores: Floats | None
    extremes: Places | None
    ratios: Floats
    answered: Flags
    carried: Flags
    source_round: Places
    revised: Floats


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
    taken = panel.rounds[: order + 1]
    grades, revised = _revised(panel)
    told: list[Judgements] = []
    problems: list[Problem] = []
    for position in range(len(taken[0].groups)):
        answers = _Answers(
            tuple(each.number for each in taken),
            tuple(each.groups[position] for each in taken),
            tuple(each[position] for each in grades[: order + 1]),
            tuple(each[position] for each in revised[: order + 1]),
        )
        found = _held(answers, panel)
        problems += found if isinstance(found, list) else []
        told += [found] if isinstance(found, Judgements) else []
    if problems:
        raise StudyError(problems)
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers on one group in the rounds up to one: grades after revisions, and what those made of them."""

    rounds: tuple[int, ...]
    groups: tuple[GroupAnswers, ...]
    grades: tuple[Floats, ...]
    revised: tuple[Floats | None, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """The answers that stand after the last round, and the number of the round each is of; 0 where none is."""

    values: Floats
    source: Places

    def carried(self, rounds: Sequence[int]) -> Flags:
        """Return by expert whether any answer is older than the last round."""
        if len(rounds) == 1:
            return np.zeros(len(self.source), dtype=np.bool_)
        older = (self.source > 0) & (self.source != rounds[-1])
        return np.asarray(older.reshape(len(older), -1).any(axis=-1))


def _held(answers: _Answers, panel: Panel) -> Judgements | list[Problem]:
    rules, latest, rounds = panel.rules, answers.groups[-1], answers.rounds
    scores = None
    if rules.elicitation in COMPARING:
        by_group = rules.elicitation == "best-worst"
        standing = _standing(rounds, answers.grades, _judged, by_group=by_group)
        grades, source = standing.values, standing.source
        answered = source.reshape(len(source), -1).any(axis=-1)
        compared = ratios(grades, rules.scale)
    else:
        given = [each.scores for each in answers.groups if each.scores is not None]
        standing = _standing(rounds, given, np.isfinite, by_group=True)
        grades, scores, source = answers.grades[-1], standing.values, _of_pairs(standing.source)
        answered = np.count_nonzero(standing.source, axis=-1) > 1
        if problems := check_score_ratios(scores, latest, panel):
            return problems
        compared = score_ratios(scores, rules.score_rule)
    extremes, source = _extremes(answers, source)
    return Judgements(
        node=latest.node,
        items=latest.items,
        grades=grades,
        scores=scores,
        extremes=extremes,
        ratios=compared,
        answered=np.asarray(answered),
        carried=standing.carried(rounds),
        source_round=source,
        revised=_revised_grades(answers, source),
    )


def _extremes(answers: _Answers, source: Places) -> tuple[Places | None, Places]:
    """Return the best and worst items that each expert named last, and the source with their rounds."""
    held = answers.groups[0].extremes
    if held is None:
        return None, source
    number = np.full(held.shape, answers.rounds[0])
    for at, each in zip(answers.rounds[1:], answers.groups[1:], strict=True):
        if each.extremes is not None:
            named = (each.extremes >= 0).any(axis=-1, keepdims=True)
            held, number = np.where(named, each.extremes, held), np.where(named, at, number)
    experts, ends = np.nonzero(held >= 0)
    items = held[experts, ends]
    source = source.copy()
    source[experts, items, items] = number[experts, ends]
    return held, source


def _judged(grades: Floats) -> Flags:
    """Return where two different items were compared."""
    return np.isfinite(grades) & _apart(grades.shape[-1])


@cache
def _apart(size: int) -> Flags:
    """Return where (n, n) two items are not the same."""
    apart = ~np.eye(size, dtype=np.bool_)
    apart.flags.writeable = False
    return apart


def _standing(
    rounds: Sequence[int],
    answers: Sequence[Floats],
    given: Callable[[Floats], Flags],
    *,
    by_group: bool,
) -> _Standing:
    """Return the answers that stand after the last round."""
    held = answers[0]
    source = given(held) * np.int64(rounds[0])
    axes = tuple(range(1, held.ndim))
    for number, latest in zip(rounds[1:], answers[1:], strict=True):
        new = given(latest)
        replaced = new.any(axis=axes, keepdims=True) if by_group else new
        kept = (source > 0) & ~replaced
        held = np.where(kept, held, latest)
        source = np.where(kept, source, new * np.int64(number))
    return _Standing(held, source)


def _of_pairs(source: Places) -> Places:
    """Return the round (E, n, n) of the scores (E, n) that each comparison is made of."""
    return np.minimum(source[:, :, None], source[:, None, :])


def _revised_grades(answers: _Answers, source: Places) -> Floats:
    """Return the revised grades (E, n, n) of the judgements that stand, from those of each round."""
    held = np.full(source.shape, np.nan)
    for number, grades in zip(answers.rounds, answers.revised, strict=True):
        if grades is not None:
            held = np.where(source == number, grades, held)
    return held


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


def _revised(panel: Panel) -> tuple[list[list[Floats]], list[list[Floats | None]]]:
    """Return the grades by round and group with every revision on top, and those revised alone."""
    grades = [[each.grades for each in one.groups] for one in panel.rounds]
    alone: list[list[Floats | None]] = [[None] * len(one) for one in grades]
    experts = {expert.id: row for row, expert in enumerate(panel.experts)}
    nodes = {each.node: (column, each.items) for column, each in enumerate(panel.rounds[0].groups)}
    for revision in panel.revisions:
        column, items = nodes[revision.node]
        row, i, j = (
            experts[revision.expert],
            items.index(revision.item),
            items.index(revision.other),
        )
        at = _revised_round([one[column][row, i, j] for one in grades], revision)
        if at is None:
            continue
        changed = grades[at][column].copy()
        told = alone[at][column]
        told = np.full(changed.shape, np.nan) if told is None else told
        for each in (changed, told):
            each[row, i, j], each[row, j, i] = revision.after, 1 / revision.after
        grades[at][column], alone[at][column] = changed, told
    return grades, alone


def _revised_round(values: Sequence[float], revision: Revision) -> int | None:
    """Return the position of the last round whose answer is the revision's former value."""
    same = [math.isclose(value, revision.before, rel_tol=_SAME) for value in values]
    return max((at for at, alike in enumerate(same) if alike), default=None)
