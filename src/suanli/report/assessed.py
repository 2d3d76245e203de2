"""What the report reads of one assessed matrix of judgements, whoever assessed it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol


class Implied(Protocol):
    """A missing judgement and the value that stands for it."""

    @property
    def row(self) -> int:
        """Position of the item."""

    @property
    def column(self) -> int:
        """Position of the item it is compared with."""

    @property
    def value(self) -> float:
        """How many times the item weighs the other."""


class Strayed(Protocol):
    """A judgement that does not agree with the weights."""

    @property
    def row(self) -> int:
        """Position of the item."""

    @property
    def column(self) -> int:
        """Position of the item it is compared with."""

    @property
    def judgement(self) -> float:
        """The ratio that was judged."""

    @property
    def consistent(self) -> float:
        """The ratio of the weights."""

    @property
    def gradient(self) -> float:
        """By how much the principal eigenvalue grows with the ratio: above 0, a lower one is more consistent."""


class Assessed(Protocol):
    """One matrix of judgements, its weights by every method and its consistency.

    The names are those of `suanli.weighting.assessment.Assessment`, which says what each of them is.
    """

    @property
    def labels(self) -> Sequence[str]:
        """Names of the items."""

    @property
    def judgements(self) -> Iterable[Iterable[float]]:
        """Ratios by row, NaN where missing."""

    @property
    def method(self) -> str:
        """How the weights were derived."""

    @property
    def weights(self) -> Iterable[float]:
        """Weights in the order of the labels."""

    @property
    def other_methods(self) -> Mapping[str, Iterable[float]]:
        """Weights by other methods, by name."""

    @property
    def lambda_max(self) -> float:
        """The principal eigenvalue."""

    @property
    def ci(self) -> float:
        """The consistency index."""

    @property
    def ri_table(self) -> str:
        """Name of the table of random indices."""

    @property
    def ri(self) -> float:
        """The random index."""

    @property
    def cr(self) -> float:
        """The consistency ratio."""

    @property
    def cr_limit(self) -> float:
        """What the consistency ratio should not exceed."""

    @property
    def gci(self) -> float:
        """The geometric consistency index."""

    @property
    def gci_limit(self) -> float:
        """What the geometric consistency index should not exceed."""

    @property
    def lambda_estimate(self) -> float:
        """The eigenvalue as estimated from the weights."""

    @property
    def cr_estimate(self) -> float:
        """The consistency ratio that goes with the estimate."""

    @property
    def missing(self) -> Sequence[Implied]:
        """Missing judgements above the diagonal."""

    @property
    def worst(self) -> Sequence[Strayed]:
        """Judgements farthest from the weights, the farthest first."""

    @property
    def cycles(self) -> Sequence[tuple[int, int, int]]:
        """Circular preferences of three items."""


class Adjusted(Protocol):
    """A judgement that is used other than as written."""

    @property
    def row(self) -> int:
        """Position of the item."""

    @property
    def column(self) -> int:
        """Position of the item it is compared with."""

    @property
    def written(self) -> float:
        """The ratio in the file."""

    @property
    def used(self) -> float:
        """The ratio in its place."""
