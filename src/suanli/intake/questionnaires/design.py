"""Which pairs each expert compares where asking every pair is too much."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.questionnaires.layout import Pair, all_pairs

_FACTORS = 3
"""Sets of disjoint pairs that an expert is given: each item is compared three times, or twice at least."""


def design_size(count: int) -> int:
    """Return how many pairs of so many items one expert compares: 3⌊n/2⌋, or all where that is no fewer.

    >>> [design_size(n) for n in (2, 3, 4, 5, 11)]
    [1, 3, 6, 6, 15]
    """
    return min(_FACTORS, _factor_count(count)) * (count // 2)


def design(count: int, experts: int, seed: int) -> NDArray[np.bool_]:
    """Return which pairs each expert compares: (experts, pairs), pairs in the order of `all_pairs`.

    Questions are dealt out like the rounds of a tournament (the circle method): the pairs of n items fall into n − 1
    rounds for even n, n for odd n, in each of which every item, or every item but one, meets another. An expert is
    given three successive rounds, the next expert the three after them, and so on around the circle. Hence:

    * two successive rounds form a path through all items, so every expert's comparisons are connected;
    * each item is compared three times; where n is odd, three of the items twice;
    * over the experts, no pair is asked more than once more often than another.

    That weights can be had from part of the pairs is Harker's (1987); that regular or nearly regular graphs of small
    diameter lose least by it, the finding of Wang and Takahashi (1998) and of Szádoczki, Bozóki and Tekile (2022).
    The seed decides which item takes which seat and where the circle starts.

    Raises
    ------
    ValueError
        If there are fewer than two items, or no experts.

    >>> design(6, 2, seed=1).sum(axis=1)
    array([9, 9])
    """
    if count < 2 or experts < 1:
        message = f"a design needs two items and an expert: {count}, {experts}"
        raise ValueError(message)
    factors = _factor_count(count)
    random = np.random.default_rng(seed)
    seats = random.permutation(count)
    start = int(random.integers(factors))
    rounds = [_round(count, turn, seats) for turn in range(factors)]
    given = min(_FACTORS, factors)
    where = {two: place for place, two in enumerate(all_pairs(count))}
    asked = np.zeros((experts, len(where)), dtype=np.bool_)
    for expert in range(experts):
        for step in range(given):
            for two in rounds[(start + expert * given + step) % factors]:
                asked[expert, where[two]] = True
    return asked


def designs(
    framework: Framework, experts: int, seed: int
) -> tuple[Mapping[str, NDArray[np.bool_]], ...]:
    """Return what each expert compares: by group, an (n, n) symmetric mask of the pairs asked.

    Groups of one size are dealt out independently. The same framework, number of experts and seed give the same.

    >>> from suanli.framework import bundled
    >>> first, second = designs(bundled("cpdi-2.0"), 2, seed=1)
    >>> int(first["index"].sum()) // 2, int(first["2.1"].sum()) // 2
    (6, 1)
    """
    chosen: list[dict[str, NDArray[np.bool_]]] = [{} for _ in range(experts)]
    for place, (node, items) in enumerate(judged_groups(framework)):
        count = len(items)
        own = int(np.random.SeedSequence((seed, place)).generate_state(1)[0])
        upper = np.triu_indices(count, 1)
        for expert, asked in enumerate(design(count, experts, own)):
            mask = np.zeros((count, count), dtype=np.bool_)
            mask[upper] = asked
            chosen[expert][node] = mask | mask.T
    return tuple(chosen)


def _factor_count(count: int) -> int:
    return count if count % 2 else count - 1


def _round(count: int, turn: int, seats: NDArray[np.int64]) -> list[Pair]:
    """Return the pairs of one round: the seat `turn` faces the centre, which is empty for odd counts."""
    around = _factor_count(count)
    sides = [((turn - k) % around, (turn + k) % around) for k in range(1, (around + 1) // 2)]
    if count % 2 == 0:
        sides.append((turn, count - 1))
    pairs = [(int(seats[a]), int(seats[b])) for a, b in sides]
    return [(min(two), max(two)) for two in pairs]
