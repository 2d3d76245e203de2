"""The Shapley value: a total divided among players by what each adds, averaged over all orders.

Shapley, A value for n-person games (1953). As a way to decompose any statistic: Shorrocks,
Decomposition procedures for distributional analysis, Journal of Economic Inequality 11, 2013.
"""

from collections.abc import Callable, Sequence
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Worth = Callable[[NDArray[np.bool_]], ArrayLike]

EXACT_PLAYERS = 12
"""The most players for which all coalitions are evaluated: 4,096 of them."""


def shapley_values(
    worth: Worth,
    players: int,
    *,
    rng: np.random.Generator | None = None,
    orderings: int = 200,
) -> Floats:
    """Return each player's part (players, ...) of worth(everyone) - worth(no one), summing to it.

    `worth` is called with a mask (players,) of who is in, and returns a number or an array, always
    of one shape. Up to 12 players every coalition is evaluated once and the parts are exact. Above,
    they are averages over `orderings` random orders and their reversals, drawn with `rng`; each
    order's parts sum to the whole, so the averages do too. Castro, Gomez and Tejada, Polynomial
    calculation of the Shapley value based on sampling, Computers and Operations Research 36, 2009.

    Raises
    ------
    ValueError
        If there is no player, or more than 12 without `rng`, or no ordering to draw.

    >>> shapley_values(lambda members: 6.0 * members[0] * members[1] + 2.0 * members[2], 3)
    array([3., 3., 2.])
    """
    if players < 1:
        raise ValueError("a total cannot be divided among no players")
    if players <= EXACT_PLAYERS:
        return _exact(worth, players)
    if rng is None:
        raise ValueError(f"{players} players are too many for exact values; sampling needs `rng`")
    if orderings < 1:
        raise ValueError(f"at least 1 ordering must be drawn, not {orderings}")
    return _sampled(worth, players, rng, orderings)


def shapley_change(
    outcome: Callable[..., ArrayLike], before: Sequence[object], after: Sequence[object]
) -> Floats:
    """Return how much each factor's change adds (factors, ...) to outcome(after) - outcome(before).

    `outcome` takes one argument per factor. A factor's amount is the average, over all orders in
    which the factors can pass from `before` to `after`, of the step it makes; the amounts sum to
    the whole change. Five factors take 32 evaluations of `outcome`.

    Raises
    ------
    ValueError
        If the numbers of factors before and after differ, are 0, or are above 12.

    >>> shapley_change(lambda price, amount: price * amount, [2.0, 10.0], [3.0, 20.0])
    array([15., 25.])
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} factors before do not match {len(after)} after")

    def worth(changed: NDArray[np.bool_]) -> ArrayLike:
        parts = zip(changed, before, after, strict=True)
        return outcome(*(new if moved else old for moved, old, new in parts))

    return shapley_values(worth, len(before))


def _exact(worth: Worth, players: int) -> Floats:
    """Return the values from one pass over the coalitions, keeping none of them in memory."""
    places = np.arange(players)
    chance = [1.0 / (players * comb(players - 1, others)) for others in range(players)]
    values: Floats | None = None
    for number in range(2**players):
        members = (number >> places & 1).astype(bool)
        size = int(members.sum())
        joins = chance[size - 1] if size else 0.0
        stays_out = chance[size] if size < players else 0.0
        amount = np.asarray(worth(members), dtype=np.float64)
        if values is None:
            values = np.zeros((players, *amount.shape))
        values[members] += joins * amount
        values[~members] -= stays_out * amount
    assert values is not None
    return values


def _sampled(worth: Worth, players: int, rng: np.random.Generator, orderings: int) -> Floats:
    nobody = np.asarray(worth(np.zeros(players, dtype=bool)), dtype=np.float64)
    sums = np.zeros((players, *nobody.shape))
    for _ in range(orderings):
        order = rng.permutation(players)
        for sequence in (order, order[::-1]):
            members, reached = np.zeros(players, dtype=bool), nobody
            for player in sequence:
                members[player] = True
                amount = np.asarray(worth(members.copy()), dtype=np.float64)
                sums[player] += amount - reached
                reached = amount
    return sums / (2 * orderings)
