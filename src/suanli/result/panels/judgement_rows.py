"""Rows of the table of judgements: every answer as it was written, and what counts of it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from suanli.intake.panels import COMPARING, Panel, Revision
from suanli.weighting import GroupWeights, PanelWeights

Row = tuple[object, ...]
Key = tuple[str, ...]

_SAME = 1e-9
"""How near a change's former value must come to the answer, in proportion."""


def judgement_rows(panel: Panel, weights: PanelWeights) -> Iterator[Row]:
    """Yield every original answer, with the accepted revision of it and what counts in the weights.

    `used` is the ratio under the scale for a comparison and the number itself for a score; none where a later round
    replaced the answer, or its round is not reached.
    """
    answers = panel.answers.to_dicts()
    latest = _latest(answers, panel, weights.round)
    groups = {group.node: group for group in weights.groups}
    places = {expert.id: at for at, expert in enumerate(weights.experts)}
    changes: dict[Key, list[Revision]] = {}
    for each in panel.revisions:
        changes.setdefault(_pair(each.expert, each.node, each.item, each.other), []).append(each)
    for row in answers:
        counts = latest.get(_key(row, panel)) == row["round"]
        used = _used(row, groups, places) if counts else None
        yield (
            row["round"],
            row["expert"],
            row["node"],
            row["item"],
            row["other"] or None,
            row["kind"],
            row["answer"],
            row["value"],
            _revised(row, changes) if counts else None,
            used,
            row["file"] or None,
            row["sheet"] or None,
            row["cell"] or None,
        )


def _latest(answers: list[dict[str, Any]], panel: Panel, last: int) -> dict[Key, int]:
    """Return the last round, not after `last`, in which each question was answered."""
    found: dict[Key, int] = {}
    for row in answers:
        if row["round"] <= last:
            key = _key(row, panel)
            found[key] = max(found.get(key, 0), row["round"])
    return found


def _key(row: Mapping[str, Any], panel: Panel) -> Key:
    """Return what a later answer replaces: a comparison, or all of a group where the answers belong together."""
    elicitation = panel.rules.elicitation
    whole = elicitation == "best-worst" or elicitation not in COMPARING
    if whole:
        return row["expert"], row["node"]
    return _pair(row["expert"], row["node"], row["item"], row["other"])


def _used(
    row: Mapping[str, Any], groups: Mapping[str, GroupWeights], places: Mapping[str, int]
) -> float | None:
    group = groups.get(row["node"])
    if row["kind"] != "pair" or group is None:
        return row["value"] if row["kind"] in ("score", "points") else None
    i, j = group.items.index(row["item"]), group.items.index(row["other"])
    ratio = float(group.ratios[places[row["expert"]], i, j])
    return ratio if math.isfinite(ratio) else None


def _revised(row: Mapping[str, Any], changes: Mapping[Key, Sequence[Revision]]) -> float | None:
    """Return what the accepted changes made of an answer, item over other; None where they are of another answer."""
    value, item = row["value"], row["item"]
    key = _pair(row["expert"], row["node"], item, row["other"])
    changed = False
    for each in changes.get(key, ()):
        before, after = each.before, each.after
        if each.item != item:
            before, after = 1 / before, 1 / after
        if math.isclose(value, before, rel_tol=_SAME):
            value, changed = after, True
    return value if changed else None


def _pair(expert: str, node: str, item: str, other: str) -> Key:
    return expert, node, *sorted((item, other))
