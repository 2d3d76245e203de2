"""A panel as it was read: its experts, their answers by round and group, and every answer as it was written."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake.folder import InputFile
from suanli.intake.panels.rules import PanelRules
from suanli.language import Text
from suanli.problems import Problem


@dataclass(frozen=True, slots=True)
class Expert:
    """A member of the panel; `weight` counts where the rules say that entered weights do."""

    id: str
    name: str
    affiliation: str
    weight: float

    @property
    def label(self) -> str:
        """Id and name, or the id alone where the name is the id.

        >>> Expert("E01", "张三", "", 1.0).label, Expert("E02", "E02", "", 1.0).label
        ('E01 张三', 'E02')
        """
        return self.id if self.name == self.id else f"{self.id} {self.name}"


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """The answers of E experts on one group of n siblings, n ≥ 2.

    Attributes
    ----------
    node
        Code of the siblings' parent; that of the index for the topmost group.
    items
        Codes of the siblings, in the framework's order.
    grades
        (E, n, n): `grades[e, i, j]` is how many times item i matters as much as item j, as answered: from 1/9 to 9,
        before any scale. NaN is a comparison that was not answered; the diagonal is 1, the matrix exactly reciprocal.
        All NaN off the diagonal where scores or points were asked for.
    scores
        (E, n): direct scores, or points of a budget of 100; NaN where an expert did not give them to every
        item. None where comparisons were asked for.
    extremes
        (E, 2): positions of the best and the worst item, -1 not named. None unless best and worst were asked for.
    """

    node: str
    items: tuple[str, ...]
    grades: NDArray[np.float64]
    scores: NDArray[np.float64] | None
    extremes: NDArray[np.int64] | None


@dataclass(frozen=True, slots=True)
class Round:
    """One round of questions: the groups in tree order, and by expert whether there was any answer."""

    number: int
    groups: tuple[GroupAnswers, ...]
    answered: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A change that an expert accepted, applied on top of an answer which itself stays as it was given."""

    expert: str
    node: str
    item: str
    other: str
    before: float
    after: float
    reason: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel that weights can be computed from.

    `answers` has a row for every original answer, in the order of rounds, experts and groups, with the columns `round`
    (i64), `expert`, `node`, `item`, `other` (empty unless two items are compared), `kind` (pair, score, points, best,
    worst), `answer` (the text as written), `value` (f64: the number it was read as, item over other; NaN of best and
    worst), `file`, `sheet` and `cell`. `revisions` are not among them, nor in `rounds`. `problems` are warnings and
    notes; `inputs` every file that was read.
    """

    rules: PanelRules
    framework: Framework
    title: Text
    simulated: bool
    experts: tuple[Expert, ...]
    rounds: tuple[Round, ...]
    revisions: tuple[Revision, ...]
    answers: pl.DataFrame
    inputs: tuple[InputFile, ...]
    problems: tuple[Problem, ...]
