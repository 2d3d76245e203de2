"""Answers as they come out of the files, one by one, before they are put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from suanli.intake.panels.experts import Experts
from suanli.intake.panels.items import Items
from suanli.intake.panels.rules import PanelRules
from suanli.problems import Place

Kind = Literal["pair", "score", "points", "best", "worst"]
"""What an answer says: one item over another, a score, points of a budget, which item is best or worst."""

_SCHEMA = {
    "round": pl.Int64,
    "expert": pl.String,
    "node": pl.String,
    "item": pl.String,
    "other": pl.String,
    "kind": pl.String,
    "answer": pl.String,
    "value": pl.Float64,
    "file": pl.String,
    "sheet": pl.String,
    "cell": pl.String,
}


Key = tuple[int, str, str]
"""Round, expert and node of a group."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a panel was asked: the rules, the items that are judged, and who may answer."""

    rules: PanelRules
    items: Items
    experts: Experts


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `value` is the number that `text` was read as, NaN of best and worst."""

    round: int
    expert: str
    node: str
    item: str
    other: str
    kind: Kind
    text: str
    value: float
    place: Place


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in a file, and where some could not be read; a group `""` stands for all groups of an expert.

    What is missing there is no fault of the expert's, and not worth a word.
    """

    given: tuple[Answer, ...] = ()
    spoilt: frozenset[Key] = frozenset()


def is_spoilt(key: Key, spoilt: frozenset[Key]) -> bool:
    """Tell whether some answers of an expert on a group could not be read."""
    number, expert, _ = key
    return key in spoilt or (number, expert, "") in spoilt


def answers_frame(answers: Iterable[Answer]) -> pl.DataFrame:
    """Return answers as a table, a row each, in their order; the columns are those of `Panel.answers`."""
    rows = [
        (
            each.round,
            each.expert,
            each.node,
            each.item,
            each.other,
            each.kind,
            each.text,
            each.value,
            each.place.file,
            each.place.sheet,
            each.place.cell,
        )
        for each in answers
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
