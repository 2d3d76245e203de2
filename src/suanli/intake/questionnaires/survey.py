"""What a form is made from: the framework, how it asks, of whom and in which round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, Group, Indicator
from suanli.intake.questionnaires.burden import judgement_count
from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.questionnaires.layout import (
    COMPARING,
    Elicitation,
    GroupSheet,
    Pair,
    all_pairs,
    group_sheets,
)
from suanli.intake.questionnaires.stationery import said
from suanli.language import Language, Text


class Rules(Protocol):
    """What a form takes from a panel's rules; those that panel.yaml declares fit."""

    @property
    def elicitation(self) -> Elicitation:
        """How the experts are asked."""

    @property
    def random_index(self) -> str:
        """The table of random indices."""

    @property
    def score_rule(self) -> str:
        """How scores become comparisons: `ratio` or `difference`."""

    @property
    def simulated(self) -> bool:
        """Whether the answers are made up."""


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a group as a form shows it."""

    code: str
    name: Text
    definition: Text

    def shown(self, language: Language) -> str:
        """Return code and name in both languages, that of the form first."""
        first, second = (
            (self.name.zh, self.name.en) if language == "zh" else (self.name.en, self.name.zh)
        )
        return f"{self.code} {first}" + (f"\n{second}" if second != first else "")


@dataclass(frozen=True, slots=True)
class Survey:
    """One expert's form: everything that its sheets are written from."""

    framework: Framework
    rules: Rules
    expert: str
    round: int
    language: Language
    sheets: tuple[GroupSheet, ...]
    feedback: Mapping[str, Feedback]
    asked: Mapping[str, tuple[Pair, ...]]

    @property
    def mode(self) -> Text:
        """How it asks, with the rule of scores."""
        rule = said(f"rule_{self.rules.score_rule}")
        return said(f"mode_{self.rules.elicitation}", rule=rule)

    @property
    def question(self) -> str:
        """The part of the keys of texts that belong to this way of asking."""
        return "pairwise" if self.rules.elicitation == "incomplete" else self.rules.elicitation

    @property
    def judgements(self) -> int:
        """How many judgements are asked for."""
        return sum(judgements_of(sheet, self.rules.elicitation) for sheet in self.sheets)

    @property
    def minutes(self) -> int:
        """How long they are reckoned to take."""
        whole = judgement_count(self.framework, self.rules.elicitation)
        return -(-whole.minutes * self.judgements // max(whole.judgements, 1))

    def items(self, sheet: GroupSheet) -> tuple[Item, ...]:
        """Return the members of a sheet's group."""
        return tuple(_item(self.framework.node(code)) for code in sheet.items)

    def title(self, sheet: GroupSheet) -> Text:
        """Return a group's name."""
        return self.framework.name_of(sheet.node)


class FormChoices(TypedDict, total=False):
    """What a form may be told beside the framework, the rules and the expert."""

    round: int
    """Number of the round, from 1; 1 when absent."""
    language: Language
    """The language that stands first; Chinese when absent."""
    feedback: Mapping[str, Feedback] | None
    """What is fed back from the round before, by group; none when absent."""
    asked: Mapping[str, NDArray[np.bool_]] | None
    """(n, n) masks of the pairs asked, by group, in incomplete designs; a group that is not named is asked whole."""


def survey_of(framework: Framework, rules: Rules, expert: str, choices: FormChoices) -> Survey:
    """Return everything that one expert's form is written from.

    Raises
    ------
    ValueError
        If a group that is asked or fed back is not judged, a mask or an answer fed back has another shape than the
        group, or the pairs asked do not connect a group's items.
    """
    language = choices.get("language", "zh")
    sizes = {node: len(items) for node, items in judged_groups(framework)}
    masks = (choices.get("asked") or {}) if rules.elicitation == "incomplete" else {}
    feedback = choices.get("feedback") or {}
    if unknown := sorted({*masks, *feedback} - sizes.keys()):
        message = f"groups that are not judged: {', '.join(unknown)}"
        raise ValueError(message)
    asked = {node: _pairs(node, sizes[node], masks[node]) for node in sizes if node in masks}
    shape = 2 if rules.elicitation in COMPARING else 1
    for node, told in feedback.items():
        if np.shape(told.own) != (sizes[node],) * shape:
            message = f"{node}: feedback of shape {np.shape(told.own)} on {sizes[node]} items"
            raise ValueError(message)
    sheets = group_sheets(framework, rules.elicitation, language=language, asked=asked)
    number = choices.get("round", 1)
    return Survey(framework, rules, expert, number, language, sheets, feedback, asked)


def judgements_of(sheet: GroupSheet, elicitation: Elicitation) -> int:
    """Return how many judgements a sheet asks for; best and worst themselves are not counted."""
    return 2 * len(sheet.items) - 3 if elicitation == "best-worst" else len(sheet.answers)


def _item(node: Group | Indicator) -> Item:
    return Item(node.code, node.name, node.definition or Text("", ""))


def _pairs(node: str, count: int, mask: NDArray[np.bool_]) -> tuple[Pair, ...]:
    from suanli.methods.pairwise import components

    if mask.shape != (count, count):
        message = f"{node}: pairs asked of {count} items, a mask of {mask.shape}"
        raise ValueError(message)
    either = mask | mask.T
    if len(components(either)) > 1:
        message = f"{node}: the pairs asked do not connect its items"
        raise ValueError(message)
    return tuple((i, j) for i, j in all_pairs(count) if either[i, j])
