"""Scoring against bare numpy doing the same arithmetic."""

from collections.abc import Iterator

import numpy as np

from benchmarks import made
from benchmarks.measure import Claim, median_seconds, paired_seconds
from suanli.framework import Framework, Group
from suanli.scoring import score
from suanli.scoring.aggregate import aggregated
from suanli.scoring.normalise import fitted_goalposts, normalised
from suanli.scoring.tree import tree_of
from suanli.scoring.weigh import weights_of

# COINr 1.1.14 on R 4.2, Normalise + Aggregate of 10,000 x 53, median of 3 on a 2-core machine
COINR_SECONDS = 1.18


def claims() -> Iterator[Claim]:
    """Yield the claims on scoring."""
    framework, grid = made.framework(), made.grid(10_000)
    tree = tree_of(framework)
    weights = weights_of(tree)

    def ours() -> np.ndarray:
        posts = fitted_goalposts(tree, grid.values)
        return aggregated(tree, normalised(tree, grid.values, posts), weights)

    def bare() -> np.ndarray:
        return bare_index(framework, grid.values[0])

    np.testing.assert_allclose(ours()[0, :, 0], bare())
    seconds, baseline, ratio = paired_seconds(ours, bare)
    yield Claim(
        "normalise + aggregate, 10,000 x 53",
        f"{seconds * 1000:.2f} ms, {ratio:.2f} x",
        f"bare numpy {baseline * 1000:.2f} ms",
        "at most 2 x",
        ratio <= 2,
    )
    share = seconds / COINR_SECONDS
    yield Claim(
        "normalise + aggregate, 10,000 x 53",
        f"{share:.2%}",
        f"COINr 1.1.14, {COINR_SECONDS} s",
        "under 1 %",
        share < 0.01,
    )
    small = made.grid(31)
    whole = median_seconds(lambda: score(framework, small))
    import_only = median_seconds(lambda: bare_index(framework, small.values[0]))
    yield Claim(
        "score(), 31 x 53, everything",
        f"{whole * 1000:.2f} ms",
        f"bare numpy, index only {import_only * 1000:.2f} ms",
        "under 5 ms",
        whole < 0.005,
    )


def bare_index(framework: Framework, values: np.ndarray) -> np.ndarray:
    """Return the index by min-max and nested equal weights, without names, checks or missing values."""
    lower = np.array([indicator.direction == "lower" for indicator in framework.indicators()])
    low, high = values.min(axis=0), values.max(axis=0)
    worst, best = np.where(lower, high, low), np.where(lower, low, high)
    scores = (values - worst) / (best - worst) * 100
    start = 0
    dimensions = []
    for dimension in framework.children:
        assert isinstance(dimension, Group)
        pillars = []
        for pillar in dimension.children:
            assert isinstance(pillar, Group)
            count = len(pillar.children)
            pillars.append(scores[:, start : start + count] @ np.full(count, 1 / count))
            start += count
        dimensions.append(np.stack(pillars, axis=1) @ np.full(len(pillars), 1 / len(pillars)))
    return np.stack(dimensions, axis=1) @ np.full(len(dimensions), 1 / len(dimensions))
