"""Rows of the tables about rounds of questions."""

from collections.abc import Iterable, Iterator

from suanli.weighting import RoundSummary

Row = tuple[object, ...]


def round_rows(rounds: Iterable[RoundSummary]) -> Iterator[Row]:
    """Yield every round: answers, agreement, movement of the weights, and the verdict of the stop rule."""
    for each in rounds:
        yield (
            each.number,
            each.answered,
            each.consensus,
            each.kendall_w,
            each.interquartile_range,
            each.largest_change,
            each.changed or None,
            each.stop,
            each.reason.zh,
            each.reason.en,
        )


def round_group_rows(rounds: Iterable[RoundSummary]) -> Iterator[Row]:
    """Yield every group in every round: consensus and concordance."""
    for each in rounds:
        for node, consensus in each.consensus_by_group.items():
            yield each.number, node, consensus, each.kendall_w_by_group[node]
