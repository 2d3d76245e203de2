"""Made-up answers of a panel, as inconsistent and as divided as experts are."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake.panels import judged_groups
from suanli.methods.pairwise import positions

Floats = NDArray[np.float64]

IMPORTANCE = 0.5
"""Standard deviation of the logarithms of the weights that a school holds in common."""
SPREAD = 0.25
"""Standard deviation of the logarithms of an expert's weights around those of the school."""
NOISE = 0.52
"""Median over experts of the standard deviation of a judgement's logarithm around what the weights imply."""
CARE = 0.3
"""Standard deviation of the logarithm of that noise between experts: some judge with more care than others."""
DISSENTERS = 8
"""One expert in so many is of another school, two at most."""


def simulated_answers(framework: Framework, *, experts: int, seed: int) -> pl.DataFrame:
    """Return the answers of simulated experts to every comparison a framework asks for.

    Each expert has weights of their own, log-normal around a school's; a judgement is the ratio of two weights times
    log-normal noise, put on the nearest grade of the 1–9 scale. One expert in eight, two at most, holds with another
    school, to which little matters what matters to the rest. Half of the matrices of three items or more come out with
    a consistency ratio below about 0.07, and three in ten above 0.10.

    Parameters
    ----------
    framework
        Its groups with two enabled members or more are judged.
    experts
        How many, from 1.
    seed
        The same seed gives the same answers.

    Returns
    -------
    DataFrame
        `expert` (E01, E02, …), `node`, `item`, `other` and `judgement`, written as `3` or `1/5`; a row for each expert
        and pair, in the order of experts, groups and items.

    Raises
    ------
    ValueError
        If there are no experts.

    >>> from suanli.framework import bundled
    >>> simulated_answers(bundled("cpdi-2.0"), experts=15, seed=1).height
    360
    """
    if experts < 1:
        raise ValueError(f"a panel has at least one expert, not {experts}")
    generator = np.random.default_rng(seed)
    groups = judged_groups(framework)
    other_school = np.zeros(experts, dtype=np.bool_)
    dissenting = min(2, experts // DISSENTERS)
    other_school[generator.choice(experts, size=dissenting, replace=False)] = True
    noise = NOISE * np.exp(generator.normal(0, CARE, size=experts))
    rows: list[tuple[int, int, str, str, str, str]] = []
    for order, (node, items) in enumerate(groups):
        grades = _grades(len(items), other_school, noise, generator)
        for (expert, i, j), place in np.ndenumerate(grades):
            if i < j:
                rows.append((expert, order, node, items[i], items[j], _written(int(place))))
    rows.sort(key=lambda row: row[:2])
    width = max(2, len(str(experts)))
    return pl.DataFrame(
        {
            "expert": [f"E{row[0] + 1:0{width}d}" for row in rows],
            "node": [row[2] for row in rows],
            "item": [row[3] for row in rows],
            "other": [row[4] for row in rows],
            "judgement": [row[5] for row in rows],
        },
        schema=dict.fromkeys(("expert", "node", "item", "other", "judgement"), pl.String),
    )


def _grades(
    items: int, other_school: NDArray[np.bool_], noise: Floats, generator: np.random.Generator
) -> NDArray[np.int64]:
    """Return places (E, n, n) on the scale, from −8 for 1/9 to 8 for 9; the upper triangle is the one that counts."""
    experts = len(noise)
    common = generator.normal(0, IMPORTANCE, size=items)
    # what the rest put first the other school puts last, with some of its own mind
    other = generator.normal(0, IMPORTANCE / 2, size=items) - common
    held = np.where(other_school[:, None], other, common)
    held = held + generator.normal(0, SPREAD, size=(experts, items))
    errors = generator.normal(0, 1, size=(experts, items, items)) * noise[:, None, None]
    meant = np.exp(held[:, :, None] - held[:, None, :] + errors)
    # experts have no grade beyond 9, whatever they mean
    return np.rint(positions(np.clip(meant, 1 / 9, 9))).astype(np.int64)


def _written(place: int) -> str:
    return str(place + 1) if place >= 0 else f"1/{1 - place}"
