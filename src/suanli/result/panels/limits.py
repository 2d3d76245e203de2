"""What a panel's figures are held against: the highest consistency ratios that pass, and words of consensus."""

from collections.abc import Mapping

import polars as pl

from suanli.methods.pairwise import consensus_word, consistency_ratio_limit


def consistency_limits(weights: pl.DataFrame) -> Mapping[str, float]:
    """Return the highest consistency ratio that passes, by code of the parent, where its children were compared.

    `weights` has the columns `parent` and `consistency_ratio`, as those of a result and of a panel.
    """
    compared = weights.filter(pl.col("consistency_ratio").is_not_null())
    counts = compared.group_by("parent", maintain_order=True).len()
    return {parent: float(consistency_ratio_limit(count)) for parent, count in counts.iter_rows()}


def agreement_word(consensus: float) -> str:
    """Return the key of the word for a consensus between 0 and 1.

    >>> agreement_word(0.8)
    'high'
    """
    return consensus_word(consensus)
