"""What experts answered, checked group by group: connected, complete, within the rules of the elicitation."""

import math
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from suanli.intake.panels.answers import Asked
from suanli.intake.panels.items import Items
from suanli.intake.panels.judged import Judged, Pair
from suanli.intake.panels.wording import words
from suanli.intake.questionnaires.layout import BUDGET, COMPARING
from suanli.methods.pairwise import components
from suanli.methods.pairwise.judgement_scales import LAST_GRADE
from suanli.problems import Place, Problem, Severity

BUDGET_SLACK = 0.01
"""How far the sum of a group's points may be from the budget."""
_SLACK = 1e-9
_MOST_NAMED = 12


def check_judged(judged: Judged, asked: Asked, earlier: Collection[Pair] = ()) -> list[Problem]:
    """Return what is to be said of what one expert answered, all of it read, on one group in one round.

    `earlier` are the pairs that the expert compared in former rounds, which stand unless answered anew.
    """
    if asked.rules.elicitation == "best-worst":
        # another best item asks other questions, so that former answers do not complete these
        return list(check_extremes(judged, asked.items)) or check_connected(judged, asked.items)
    if asked.rules.elicitation in COMPARING:
        return check_connected(judged, asked.items, earlier)
    return list(check_scores_given(judged, asked.items)) or list(check_budget(judged, asked))


def check_connected(judged: Judged, items: Items, earlier: Collection[Pair] = ()) -> list[Problem]:
    """Return a warning if an expert's comparisons leave some of a group's items without any path to the others.

    The comparisons count among those of the panel, but no weights of the expert's own follow from them. A group without
    a single comparison is left open, and not worth a warning.
    """
    members = items.enabled.get(judged.node, ())
    position = {item: number for number, item in enumerate(members)}
    known = np.zeros((len(members), len(members)), dtype=np.bool_)
    for item, other in (*judged.pairs, *earlier):
        if item in position and other in position:
            known[position[item], position[other]] = True
    parts = components(known | known.T)
    if len(parts) < 2 or not is_answered(judged, items):
        return []
    details = _details(judged, items)
    for language in ("zh", "en"):
        details[f"parts_{language}"] = " | ".join(
            _names([members[each] for each in part], items, language) for part in parts
        )
    return [
        Problem(
            "panel-comparisons-disconnected",
            Severity.WARNING,
            _place(judged),
            str(len(parts)),
            details=details,
        )
    ]


def check_scores(judged: Judged, asked: Asked) -> Iterator[Problem]:
    """Yield errors for scores or points that the rule cannot use."""
    ratio = asked.rules.score_rule == "ratio"
    for item, answer in judged.scores.items():
        if answer.value < 0 or (ratio and answer.value == 0):
            code = "panel-score-not-positive" if ratio else "panel-score-negative"
            details = {"expert": judged.expert, **asked.items.name_details(item, "name")}
            yield Problem(code, Severity.ERROR, answer.place, answer.text, details=details)


def check_scores_given(judged: Judged, items: Items) -> Iterator[Problem]:
    """Yield a warning if some items of a group have a score and others have none, so that none of them counts."""
    absent = [item for item in items.enabled.get(judged.node, ()) if item not in judged.scores]
    if absent and judged.scores:
        details = _details(judged, items)
        for language in ("zh", "en"):
            details[f"absent_{language}"] = _names(absent, items, language)
        found, place = str(len(absent)), _place(judged)
        yield Problem("panel-scores-incomplete", Severity.WARNING, place, found, details=details)


def check_budget(judged: Judged, asked: Asked) -> Iterator[Problem]:
    """Yield an error if the points of a group do not sum to 100, the disabled items' points among them."""
    if asked.rules.elicitation != "budget" or not judged.scores:
        return
    total = math.fsum(answer.value for answer in judged.scores.values())
    if abs(total - BUDGET) > BUDGET_SLACK + _SLACK:
        found, expected = f"{total:.10g}", f"{BUDGET:g}"
        details = _details(judged, asked.items)
        yield Problem(
            "panel-budget-sum", Severity.ERROR, _place(judged), found, expected, details=details
        )


def check_extremes(judged: Judged, items: Items) -> Iterator[Problem]:
    """Yield errors if best and worst are not one item each, or comparisons are not with them, or run against them."""
    details = _details(judged, items)
    place = _place(judged)
    best, worst = judged.extremes.get("best"), judged.extremes.get("worst")
    if best is None or worst is None:
        found = ", ".join(name for name, one in (("best", best), ("worst", worst)) if one is None)
        missing = {**details, **words("missing", found.split(", "))}
        yield Problem("panel-extremes-missing", Severity.ERROR, place, found, details=missing)
        return
    if best == worst:
        yield Problem("panel-extremes-equal", Severity.ERROR, place, best, details=details)
        return
    largest = judged.pairs.get((best, worst)) or 1 / judged.pairs.get((worst, best), 1 / LAST_GRADE)
    for (item, other), value in judged.pairs.items():
        grade, pair = value, f"{item}/{other}"
        if other == best or item == worst:
            grade, pair = 1 / value, f"{other}/{item}"
        more = {"pair": pair, **details}
        if not {item, other} & {best, worst}:
            yield Problem("panel-comparison-astray", Severity.ERROR, place, pair, details=more)
        elif grade < 1 - _SLACK:
            found = f"{grade:.3g}"
            yield Problem("panel-extreme-exceeded", Severity.ERROR, place, found, details=more)
        elif grade > largest * (1 + _SLACK):
            found, expected = f"{grade:.3g}", f"{largest:.3g}"
            yield Problem(
                "panel-extremes-outdone", Severity.WARNING, place, found, expected, details=more
            )


def check_answered(judged: Sequence[Judged], items: Items) -> list[Problem]:
    """Return an error for each group that no expert answered in any round."""
    answered = {one.node for one in judged if is_answered(one, items)}
    if not answered:
        return [Problem("panel-without-answers", Severity.ERROR)]
    return [
        Problem(
            "panel-group-unanswered", Severity.ERROR, Place(code=node), node, ", ".join(members)
        )
        for node, members in items.enabled.items()
        if node not in answered
    ]


def is_answered(judged: Judged, items: Items) -> bool:
    """Tell whether an expert answered anything that counts on a group: a comparison, or a score for every item."""
    members = set(items.enabled.get(judged.node, ()))
    scored = bool(members) and members <= set(judged.scores)
    return scored or any(members.issuperset(pair) for pair in judged.pairs)


def _details(judged: Judged, items: Items) -> dict[str, str]:
    return {"expert": judged.expert, **items.name_details(judged.node, "group")}


def _place(judged: Judged) -> Place:
    return Place(file=judged.place.file, sheet=judged.place.sheet, code=judged.node)


def _names(codes: Sequence[str], items: Items, language: str) -> str:
    joint = "、" if language == "zh" else ", "
    more = " …" if len(codes) > _MOST_NAMED else ""
    return joint.join(items.label(code, language) for code in codes[:_MOST_NAMED]) + more
