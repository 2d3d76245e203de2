"""How much of what they were asked the experts answered, round by round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suanli.intake.panels.answers import Asked, Key
from suanli.intake.panels.checks import is_answered
from suanli.intake.panels.judged import Judged
from suanli.intake.panels.panel import Expert
from suanli.intake.questionnaires.layout import SCORED
from suanli.problems import Place, Problem, Severity

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Answering:
    """What the experts of a panel answered, and how many pairs each form asked of a group."""

    asked: Asked
    experts: tuple[Expert, ...]
    judged: Mapping[Key, Judged]
    pairs_asked: Mapping[Key, int]


def completeness(answering: Answering, rounds: int) -> list[Problem]:
    """Return what each expert left open in each round; in a later round that is ordinary, and only noted."""
    problems: list[Problem] = []
    for number in range(1, rounds + 1):
        for expert in answering.experts:
            problems += _of_expert(answering, number, expert)
    return problems


def _of_expert(answering: Answering, number: int, expert: Expert) -> list[Problem]:
    groups = answering.asked.items.enabled
    items = answering.asked.items
    severity = Severity.WARNING if number == 1 else Severity.NOTE
    answers = {
        node: one
        for node in groups
        if (one := answering.judged.get((number, expert.id, node))) and is_answered(one, items)
    }
    details: dict[str, object] = {"round": number, "expert": expert.label}
    place = Place(file=_file(answering, number, expert))
    # what was scored in part is told where it is left out
    keys = ((number, expert.id, node) for node in groups)
    partial = {key[2] for key in keys if _is_partial(answering.judged.get(key), groups[key[2]])}
    begun = partial | answers.keys()
    if not begun:
        return [Problem("panel-expert-silent", severity, place, expert.id, details=details)]
    problems: list[Problem] = []
    if open_groups := [node for node in groups if node not in begun]:
        problems.append(
            Problem(
                "panel-groups-open",
                severity,
                place,
                _listed(open_groups),
                details={**details, "count": len(open_groups)},
            )
        )
    counts = {node: _counts(answering, one) for node, one in answers.items()}
    partly = [node for node, (given, wanted) in counts.items() if given < wanted]
    if partly:
        given = sum(each[0] for each in counts.values())
        wanted = sum(each[1] for each in counts.values())
        details |= {"given": given, "wanted": wanted}
        problems.append(
            Problem("panel-partly-answered", Severity.NOTE, place, _listed(partly), details=details)
        )
    return problems


def _is_partial(judged: Judged | None, members: Sequence[str]) -> bool:
    """Tell whether some members of a group have a score and others have none."""
    return judged is not None and 0 < sum(each in judged.scores for each in members) < len(members)


def _counts(answering: Answering, judged: Judged) -> tuple[int, int]:
    """Return how many comparisons an expert made in a group, and how many were asked."""
    elicitation = answering.asked.rules.elicitation
    members = answering.asked.items.enabled[judged.node]
    if elicitation in SCORED:
        return len(members), len(members)
    inside = set(members)
    given = sum(inside.issuperset(pair) for pair in judged.pairs)
    if elicitation == "best-worst":
        return given, 2 * len(members) - 3
    asked = answering.pairs_asked.get((judged.round, judged.expert, judged.node))
    whole = len(members) * (len(members) - 1) // 2
    if elicitation == "pairwise":
        return given, whole
    # which pairs of an incomplete design were asked, only its form says
    return (given, min(asked, whole)) if asked else (given, given)


def _file(answering: Answering, number: int, expert: Expert) -> str:
    nodes = answering.asked.items.enabled
    keys = ((number, expert.id, node) for node in nodes)
    return next((answering.judged[k].place.file for k in keys if k in answering.judged), "")


def _listed(nodes: Sequence[str]) -> str:
    return ", ".join(nodes[:_MOST_NAMED]) + (" …" if len(nodes) > _MOST_NAMED else "")
