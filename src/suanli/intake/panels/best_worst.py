"""The sheet of a best–worst questionnaire: which item is best, which worst, and the comparisons with either."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from suanli.intake.folder import shown
from suanli.intake.panels.answers import Answer, Kind
from suanli.intake.panels.form_cells import FormSheet
from suanli.intake.panels.judgements import Refused, judgement, same
from suanli.intake.questionnaires.layout import (
    HIGHEST,
    LOWEST,
    AnswerCell,
    GroupSheet,
    item_number,
)
from suanli.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class BestWorstSheet:
    """A sheet with what was typed into its answer cells, and who answered in which round."""

    sheet: FormSheet
    group: GroupSheet
    expert: str
    round: int
    typed: Mapping[AnswerCell, str]

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
        item = _named(asked.typed[cell], asked.group.items)
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


def _named(text: str, items: tuple[str, ...]) -> str | None:
    number = item_number(text)
    return items[number - 1] if number is not None and 1 <= number <= len(items) else None


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
