"""How far a panel's experts agree: consensus, similarity, clusters, outliers, concordance.

Weights are (experts, items), each row summing to 1; experts without answers are rows of NaN and
take no part.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.pairwise.aggregation import pairs
from suanli.methods.pairwise.influence import centred_logarithms
from suanli.methods.weights import Floats

CONSENSUS_WORDS = ("very-low", "low", "moderate", "high", "very-high")
CONSENSUS_LIMITS = (0.5, 0.65, 0.75, 0.85)
OUTLYING = 3.5
"""Modified z-score above which an expert stands outside."""
TRIFLE = 1.25
"""Factor from the panel's median up to which nobody does."""
_TIE = 1e-9


def consensus(weights: ArrayLike, *, largest: float = 9.0) -> float:
    """Return the consensus S* of the experts, 0 (none) to 1 (all weights equal).

    Goepel's indicator, by Shannon entropy H(p) = - sum p ln p over n items and E experts::

        H_alpha = mean over experts of H(weights of the expert)
        H_gamma = H(mean over experts of the weights);   M = exp(H_alpha - H_gamma)
        S*      = (M - m) / (1 - m),   m = exp(H_alpha_min - H_gamma_max)

    H_alpha_min is that of the most uneven weights a scale up to `largest` lets one expert have:
    one item at largest / (n + largest - 1), the others at 1 / (n + largest - 1).
    H_gamma_max is ln n, as in AHP-OS since 2014: then 0 is what experts reach who each put all they
    can on another item, if every item has equally many such experts; fewer experts than items stay
    above 0. One expert, or one item, has consensus 1; no expert at all, NaN. Weights more uneven
    than the scale allows, as scores may give, can push S* below 0: it is 0.

    Goepel, Implementing the analytic hierarchy process as a standard method for multi-criteria
    decision making in corporate enterprises, ISAHP 2013; AHP-OS, IJAHP 10(3), 2018.

    Raises
    ------
    ValueError
        If weights are not (E, n), negative, or all 0 in a row; or `largest` is not above 1.

    >>> round(consensus([[0.75, 0.25], [0.25, 0.75]]), 4)
    0.6018
    >>> consensus([[0.9, 0.1], [0.1, 0.9]])
    0.0
    """
    shares = _answers(weights)[0]
    if len(shares) == 0:
        return float("nan")
    return float(_consensus_of(shares, largest))


def consensuses(weights: ArrayLike, *, largest: float = 9.0) -> Floats:
    """Return the consensus (G,) of G groups of as many items each, (G, E, n), which every expert answered.

    Raises
    ------
    ValueError
        If the weights are not (G, E, n), missing, negative, or all 0 in a row.

    >>> consensuses([[[0.9, 0.1], [0.1, 0.9]], [[0.5, 0.5], [0.5, 0.5]]]).tolist()
    [0.0, 1.0]
    """
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 3 or array.size == 0:
        raise ValueError(f"weights must be (groups, experts, items), not {array.shape}")
    sums = array.sum(axis=-1, keepdims=True)
    if not (sums > 0.0).all() or (array < 0.0).any() or np.isinf(array).any():
        raise ValueError("weights must be finite and not negative, and not all 0")
    return _consensus_of(array / sums, largest)


def _consensus_of(shares: Floats, largest: float) -> Floats:
    """Return the consensus (...) of shares (..., E, n)."""
    experts, items = shares.shape[-2:]
    lowest = _lowest_homogeneity(items, largest)
    if experts == 1 or items == 1:
        return np.ones(shares.shape[:-2])
    alone = _entropy(shares).sum(axis=-1) / experts
    return _scaled(np.exp(alone - _entropy(shares.sum(axis=-2) / experts)), lowest)


def consensus_word(value: float) -> str:
    """Return the word for a consensus: very-low, low, moderate, high or very-high.

    The limits are 0.5, 0.65, 0.75, 0.85 (Goepel, IJAHP 10(3), 2018), each belonging to the word
    above it.

    Raises
    ------
    ValueError
        If the value lies outside 0 to 1 or is NaN.

    >>> consensus_word(0.75), consensus_word(0.86)
    ('high', 'very-high')
    """
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"a consensus lies between 0 and 1, not {value}")
    return CONSENSUS_WORDS[sum(value >= limit for limit in CONSENSUS_LIMITS)]


def similarity(weights: ArrayLike, *, largest: float = 9.0) -> Floats:
    """Return the similarity (E, E) of every two experts: the consensus S* of the two alone.

    1 on the diagonal, NaN in rows and columns of experts without answers.

    Raises
    ------
    ValueError
        As `consensus`.

    >>> similarity([[0.75, 0.25], [0.25, 0.75], [0.75, 0.25]]).round(4).tolist()
    [[1.0, 0.6018, 1.0], [0.6018, 1.0, 0.6018], [1.0, 0.6018, 1.0]]
    """
    shares, answered = _answers(weights)
    experts, items = shares.shape
    lowest = _lowest_homogeneity(items, largest)
    found = np.ones((experts, experts))
    if items > 1:
        first, second = pairs(experts)
        entropies = _entropy(shares)
        spread = _entropy((shares[first] + shares[second]) / 2.0)
        spread -= (entropies[first] + entropies[second]) / 2.0
        found[first, second] = found[second, first] = _scaled(np.exp(-spread), lowest)
    if answered.all():
        return found
    whole = np.full((answered.size, answered.size), np.nan)
    whole[np.ix_(answered, answered)] = found
    return whole


def clusters(similarities: ArrayLike, threshold: float) -> NDArray[np.int64]:
    """Return the cluster (E,) of each expert: any two of a cluster are at least so similar.

    Complete linkage: starting from single experts, the two clusters whose least similar members
    are the most similar are joined as long as these reach the threshold; of equals, the pair that
    comes first. Clusters are numbered from 0 in the order of their first experts; experts without
    answers have -1.

    Raises
    ------
    ValueError
        If the similarities are not (E, E).

    >>> clusters([[1, 0.9, 0.2], [0.9, 1, 0.3], [0.2, 0.3, 1]], 0.75).tolist()
    [0, 0, 1]
    """
    links = np.array(similarities, dtype=np.float64)
    if links.ndim != 2 or links.shape[0] != links.shape[1]:
        raise ValueError(f"similarities must be (experts, experts), not {links.shape}")
    answered = ~np.isnan(links.diagonal())
    leaders = np.arange(len(links))
    np.fill_diagonal(links, -np.inf)
    links[np.isnan(links)] = -np.inf
    while links.size:
        kept, joined = divmod(int(links.argmax()), len(links))
        if not links[kept, joined] >= threshold:
            break
        leaders[leaders == joined] = kept
        nearest = np.minimum(links[kept], links[joined])
        links[kept] = links[:, kept] = nearest
        links[joined] = links[:, joined] = -np.inf
    numbers = np.full(len(links), -1, dtype=np.int64)
    numbers[answered] = np.unique(leaders[answered], return_inverse=True)[1]
    return numbers


def outliers(weights: ArrayLike) -> NDArray[np.bool_]:
    """Return which experts (E,) stand far outside the panel; with fewer than 4, none does.

    The distance d of an expert is the Euclidean length of the difference between the centred
    logarithms of the weights and their medians over the experts. An expert is outside if
    0.6745 (d - median d) / MAD is above 3.5, where MAD is the median of |d - median d|: the
    modified z-score and cut of Iglewicz and Hoaglin, How to detect and handle outliers, 1993; if
    MAD is 0, (d - median d) / (1.2533 mean |d - median d|) takes its place, as they advise. And the
    weights must differ by more than a factor of 1.25 from the median in root mean square, lest a
    panel in full agreement cast out an expert for a trifle.

    Raises
    ------
    ValueError
        If weights are not (E, n) or not above 0.

    >>> panel = [[0.5, 0.5], [0.52, 0.48], [0.49, 0.51], [0.5, 0.5], [0.1, 0.9]]
    >>> outliers(panel).tolist()
    [False, False, False, False, True]
    """
    logs = centred_logarithms(weights)
    answered = ~np.isnan(logs).any(axis=1)
    outside = np.zeros(len(logs), dtype=np.bool_)
    if np.count_nonzero(answered) < 4:
        return outside
    present = logs[answered]
    distances = np.sqrt(((present - np.median(present, axis=0)) ** 2).sum(axis=1))
    excess = distances - np.median(distances)
    spread = float(np.median(np.abs(excess))) / 0.6745
    if spread <= _TIE:
        spread = 1.2533 * float(np.abs(excess).mean())
    far = distances > np.log(TRIFLE) * np.sqrt(logs.shape[1])
    outside[answered] = far & (excess > OUTLYING * spread)
    return outside


def kendall_w(weights: ArrayLike) -> float:
    """Return Kendall's coefficient of concordance of the experts' rankings, 0 to 1.

    W = 12 S / (E^2 (n^3 - n) - E T), with S the sum of squared deviations of the items' rank sums
    from their mean, tied items at their mean rank, and T the sum of t^3 - t over all groups of t
    ties: Kendall and Gibbons, Rank Correlation Methods, 1990. Weights within 1e-9 are tied. NaN
    with fewer than 2 experts or items, or if every expert ties all items.

    Raises
    ------
    ValueError
        As `consensus`.

    >>> kendall_w([[0.5, 0.3, 0.2], [0.4, 0.35, 0.25]])
    1.0
    """
    shares = _answers(weights)[0]
    experts, items = shares.shape
    if experts < 2 or items < 2:
        return float("nan")
    gaps = shares[:, :, None] - shares[:, None, :]
    tied = np.count_nonzero(np.abs(gaps) <= _TIE, axis=2)
    ranks = np.count_nonzero(gaps > _TIE, axis=2) + (tied + 1) / 2.0
    sums = ranks.sum(axis=0)
    squares = float(((sums - experts * (items + 1) / 2.0) ** 2).sum())
    ties = float((tied * tied - 1).sum())
    whole = experts * experts * (items**3 - items) - experts * ties
    return 12.0 * squares / whole if whole > 0.0 else float("nan")


def _answers(weights: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the rows that are there, each divided by its sum, and which rows they are."""
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] == 0:
        raise ValueError(f"weights must be (experts, items), not {array.shape}")
    sums = array.sum(axis=1)
    answered = ~np.isnan(sums)
    present = array if answered.all() else array[answered]
    if (present < 0.0).any() or not (np.isfinite(sums[answered]) & (sums[answered] > 0.0)).all():
        raise ValueError("weights must be finite and not negative, and not all 0")
    return present / sums[answered, None], answered


def _entropy(shares: Floats) -> Floats:
    """Return Shannon's entropy in nats along the last axis; a share of 0 adds nothing."""
    logs = np.log(shares if (shares > 0.0).all() else np.where(shares > 0.0, shares, 1.0))
    entropy: Floats = -np.einsum("...i,...i->...", shares, logs)
    return entropy


@cache
def _lowest_homogeneity(items: int, largest: float) -> float:
    """Return exp(H_alpha_min - H_gamma_max) of `consensus`."""
    if not largest > 1.0:
        raise ValueError(f"the largest ratio of a scale must be above 1, not {largest}")
    whole = items + largest - 1.0
    low = np.full(items, 1.0 / whole)
    low[0] = largest / whole
    return float(np.exp(_entropy(low) - _entropy(np.full(items, 1.0 / items))))


def _scaled(homogeneity: Floats, lowest: float) -> Floats:
    scaled: Floats = np.clip((homogeneity - lowest) / (1.0 - lowest), 0.0, 1.0)
    return scaled
