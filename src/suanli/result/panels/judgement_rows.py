"""Rows of the tables of judgements and revisions: every answer as it was written, what counts of it, and why."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from suanli.intake.panels import Panel
from suanli.weighting import GroupWeights, PanelWeights

Row = tuple[object, ...]


def judgement_rows(panel: Panel, weights: PanelWeights) -> Iterator[Row]:
    """Yield every original answer, with the accepted revision of it and what counts in the weights.

    `used` is the ratio under the scale for a comparison and the number itself for a score; none where a later round
    replaced the answer, or its round is not reached.
    """
    groups = {group.node: group for group in weights.groups}
    places = {expert.id: at for at, expert in enumerate(weights.experts)}
    for row in panel.answers.to_dicts():
        revised, used = _counting(row, groups[row["node"]], places[row["expert"]])
        yield (
            row["round"],
            row["expert"],
            row["node"],
            row["item"],
            row["other"] or None,
            row["kind"],
            row["answer"],
            row["value"],
            revised,
            used,
            row["file"] or None,
            row["sheet"] or None,
            row["cell"] or None,
        )


def revision_rows(panel: Panel) -> Iterator[Row]:
    """Yield every change that an expert accepted, with the reason given, in the order of the panel's file."""
    for each in panel.revisions:
        yield (
            each.expert,
            each.node,
            each.item,
            each.other,
            float(each.before),
            float(each.after),
            each.reason or None,
            each.file or None,
            each.line,
        )


def _counting(
    row: Mapping[str, Any], group: GroupWeights, at: int
) -> tuple[float | None, float | None]:
    """Return what an accepted change made of an answer, and what counts of it, item over other."""
    i = group.items.index(row["item"])
    j = group.items.index(row["other"]) if row["other"] else i
    if group.source_round[at, i, j] != row["round"]:
        return None, None
    if row["kind"] == "pair":
        return _number(group.revised[at, i, j]), _number(group.ratios[at, i, j])
    return None, row["value"] if row["kind"] in ("score", "points") else None


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
