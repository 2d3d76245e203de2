"""The sheet of a best–worst questionnaire: which item is best, which worst, and the comparisons with either."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from suanli.intake.folder import shown
from suanli.intake.panels.answers import Answer, Kind
from suanli.intake.panels.form_cells import FormSheet
from suanli.intake.panels.items import Items
from suanli.intake.panels.judgements import Refused, judgement, same
from suanli.intake.questionnaires.layout import (
    HIGHEST,
    LOWEST,
    AnswerCell,
    GroupSheet,
    item_choice,
)
from suanli.intake.reading.headers import normal
from suanli.intake.reading.judgements import evened
from suanli.problems import Problem, Severity

_BARE = re.compile(r"\d{1,4}", re.ASCII)
_LISTED = re.compile(r"(\d{1,4})\s*[.、]\s*(\D.*|\d.*\D.*)", re.ASCII)
"""A number as in the list of choices and a name; `2.1` alone is a code."""


@dataclass(frozen=True, slots=True)
class BestWorstSheet:
    """A sheet with what was typed into its answer cells, and who answered in which round."""

    sheet: FormSheet
    group: GroupSheet
    expert: str
    round: int
    typed: Mapping[AnswerCell, str]
    items: Items

    def answer(self, cell: AnswerCell, kind: Kind, item: str, other: str, value: float) -> Answer:
        """Return what was typed into a cell as an answer."""
        place, text = self.sheet.place(cell.cell), self.typed[cell]
        return Answer(
            self.round, self.expert, self.group.node, item, other, kind, text, value, place
        )

    def error(self, code: str, cell: AnswerCell, expected: str = "") -> Problem:
        """Return an error about what was typed into a cell."""
        place = self.sheet.place(cell.cell)
        return Problem(code, Severity.ERROR, place, shown(self.typed[cell]), expected)


def best_worst_answers(asked: BestWorstSheet) -> tuple[list[Answer], list[Problem]]:
    """Return the answers on a sheet, and what is wrong with them.

    The best over the worst is asked once; where it was given a second time, both are answers. Comparisons without a
    best or a worst item cannot be understood, and are refused.
    """
    answers: list[Answer] = []
    problems: list[Problem] = []
    extremes: dict[Kind, str] = {}
    for cell in asked.typed:
        if cell.kind not in ("best", "worst"):
            continue
        kind: Kind = "best" if cell.kind == "best" else "worst"
        item = _named(asked, cell)
        if item is None:
            expected = f"1–{len(asked.group.items)}"
            problems.append(asked.error("questionnaire-item-unknown", cell, expected))
            continue
        extremes[kind] = item
        answers.append(asked.answer(cell, kind, item, "", math.nan))
    if len(extremes) > len(set(extremes.values())):
        # the comparisons mean nothing then, and the checks tell why
        return answers, problems
    compared = [cell for cell in asked.typed if cell.kind not in ("best", "worst")]
    for cell in compared:
        read = _compared(asked, cell, extremes)
        if isinstance(read, Problem):
            problems.append(read)
        elif read is not None:
            answers.append(read)
    return answers, problems


def _named(asked: BestWorstSheet, cell: AnswerCell) -> str | None:
    """Return the item that an answer names by its number, its code or its name; None if none, or more than one.

    A number and a name that stand together must be of the same item.
    """
    text, members = asked.typed[cell], asked.group.items
    even = evened(text)
    codes = _members(asked, text, asked.sheet.number(cell.cell))
    if _BARE.fullmatch(even):
        codes |= {*members[max(int(even) - 1, 0) : int(even)]}
    elif found := _LISTED.fullmatch(even):
        number = int(found[1])
        listed = {*members[max(number - 1, 0) : number]}
        of_list = {each for each in listed if normal(text) in _choices(asked, number, each)}
        codes |= of_list or (listed & _members(asked, found[2], None))
    return codes.pop() if len(codes) == 1 else None


def _members(asked: BestWorstSheet, spelling: str, number: float | None) -> set[str]:
    return {*asked.items.codes(spelling, number)} & {*asked.group.items}


def _choices(asked: BestWorstSheet, number: int, item: str) -> set[str]:
    name = asked.items.names[item]
    return {normal(item_choice(number, each)) for each in (name.zh, name.en)}


def _compared(
    asked: BestWorstSheet, cell: AnswerCell, extremes: Mapping[Kind, str]
) -> Answer | Problem | None:
    """Return a comparison with the best or the worst item; None for an item beside itself, or without an extreme."""
    read = judgement(asked.typed[cell])
    if isinstance(read, Refused):
        return asked.error(read.code, cell, read.expected or f"{LOWEST}–{HIGHEST}")
    with_best = cell.kind == "best-to-others"
    extreme = extremes.get("best" if with_best else "worst")
    if extreme is None:
        # which item it is compared with was not said: told once for the group by the checks
        return asked.answer(cell, "pair", "" if with_best else cell.item, cell.other, read.grade)
    item, other = (extreme, cell.other) if with_best else (cell.item, extreme)
    if item != other:
        return asked.answer(cell, "pair", item, other, read.grade)
    return None if same(read.grade, 1) else asked.error("panel-self-comparison", cell, "1")
