"""Rows of the tables about proposals for inconsistent matrices."""

from collections.abc import Iterable, Iterator

from suanli.weighting import PanelWeights, Repair

Row = tuple[object, ...]


def repair_rows(repairs: Iterable[Repair], weights: PanelWeights) -> Iterator[Row]:
    """Yield every proposed change of a judgement, with the consistency ratio before and after all of a matrix."""
    items = {group.node: group.items for group in weights.groups}
    for repair in repairs:
        proposed, codes = repair.proposal, items[repair.node]
        for change in proposed.changes:
            yield (
                repair.expert,
                repair.node,
                codes[change.row],
                codes[change.column],
                float(change.before),
                float(change.after),
                float(proposed.before),
                float(proposed.after),
            )


def repair_weight_rows(repairs: Iterable[Repair], weights: PanelWeights) -> Iterator[Row]:
    """Yield an expert's weights in each inconsistent matrix, before and after the proposed changes."""
    items = {group.node: group.items for group in weights.groups}
    for repair in repairs:
        before = repair.proposal.weights_before.tolist()
        after = repair.proposal.weights_after.tolist()
        for item, was, now in zip(items[repair.node], before, after, strict=True):
            yield repair.expert, repair.node, item, was, now
