"""Where everything stands in a questionnaire: sheets, fixed cells, answer cells and what may be answered.

The forms are written and read by this one description. Rows count from 1 and cells are named as spreadsheets do.

Every group of siblings has a sheet. Rows 1 to 8 hold the title, the question and the state of the answers; from row 9
on there is one question a row:

* `pairwise` and `incomplete`: number (A), left item (B), a slider of 17 cells (C to S), right item (T), the answer (U);
* `best-worst`: best item (D6), worst item (D7); number (A), item (B), the best item over this one (D), this one over
  the worst item (E). The best over the worst is asked once, in column D, so that 2n − 3 answers are needed;
* `scores` and `budget`: number (A), item (B), score or points (D).
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from suanli.framework import Framework
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.template.paper import shortened
from suanli.intake.template.plan import sheet_names
from suanli.language import Language, Text, pair
from suanli.methods.pairwise.judgement_scales import LAST_GRADE

Elicitation: TypeAlias = Literal["pairwise", "incomplete", "best-worst", "scores", "budget"]
"""How experts are asked."""
ELICITATIONS: tuple[Elicitation, ...] = ("pairwise", "incomplete", "best-worst", "scores", "budget")
COMPARING: tuple[Elicitation, ...] = ("pairwise", "incomplete", "best-worst")
"""The ways of asking in which items are compared with one another."""
PAIRING: tuple[Elicitation, ...] = ("pairwise", "incomplete")
"""Those of them in which pairs are compared, all or some."""
SCORED: tuple[Elicitation, ...] = ("scores", "budget")
"""The ways of asking in which each item is given a number."""
Kind: TypeAlias = Literal["pair", "best", "worst", "best-to-others", "others-to-worst", "score"]
"""What one cell is the answer to; points of a budget are scores too."""
Pair: TypeAlias = tuple[int, int]
"""Positions of two members of a group, the smaller one first; it stands on the left."""

HIDDEN_SHEET = "_suanli"
KIND, FORMAT = "questionnaire", "1"
FACTS = (
    "kind", "format", "framework", "codes", "expert", "round", "elicitation", "language", "score_rule",
)  # fmt: skip
"""Keys of the hidden sheet, from row 1 on: the key in column A, its value as text in column B."""

FIRST_ROW = 9
"""Row of the first question."""
HEADING_ROW, STATUS_ROW, BEST_ROW, WORST_ROW = 8, 5, 6, 7
NUMBER, LEFT, SLIDER, RIGHT, ANSWER = "A", "B", "C", "T", "U"
"""Columns of a comparison; the slider goes on to the column before the right item."""
ITEM, GIVEN, SECOND = "B", "D", "E"
"""Columns of an item: its name, the (first) answer, others-to-worst."""
GUIDE_CELLS: Mapping[str, str] = MappingProxyType(
    {"name": "B6", "affiliation": "B7", "date": "B8", "remarks": "B9"}
)
"""What an expert may fill in on the first sheet, the guide."""

POSITIONS = (*(f"A{n}" for n in range(9, 1, -1)), "1", *(f"B{n}" for n in range(2, 10)))
"""What may be answered to a comparison: A3, the left item (A) matters 3 times as much as the right one (B)."""
_GRADES = {t: float(t[1:] or 1) if t < "B" else 1 / float(t[1:]) for t in POSITIONS}
LOWEST, HIGHEST = 1, int(LAST_GRADE)
"""Scores, and grades of best-worst; whole numbers on the form."""
_LONGEST_CHOICE = 60
"""Characters of an entry of the lists of best and worst."""
BUDGET = 100
"""Points of a group's budget; each item gets more than 0."""


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """A cell to be answered: where it is and what it asks.

    `item` and `other` are codes. A pair asks for item over other; best-to-others for the best item over `other`;
    others-to-worst for `item` over the worst; a score is given to `item`. Best and worst have neither.
    """

    cell: str
    kind: Kind
    item: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A cell that no expert changes, by which the rows of a form can be told: what its text is, or begins with."""

    cell: str
    text: str

    def holds(self, found: object) -> bool:
        """Return whether a cell's value is, or begins with, the text that belongs there.

        >>> Fixed("B9", "2.1").holds("2.1 算力规模"), Fixed("A9", "1").holds(1.0), Fixed("A9", "1").holds("12")
        (True, True, False)
        """
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        text = "" if found is None else str(found).strip()
        return text == self.text or text.startswith(f"{self.text} ")


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """The sheet of one group of siblings.

    Attributes
    ----------
    name
        Of the sheet.
    node, items
        Codes of the parent and of its members, in the framework's order.
    pairs
        The pairs that are asked, in the order of the rows; none where items are not compared two by two.
    answers
        The cells to be answered, row by row.
    fixed
        The cells that tell whether the rows are still in their places.
    remarks
        The cell for the expert's remarks on the group.
    """

    name: str
    node: str
    items: tuple[str, ...]
    pairs: tuple[Pair, ...]
    answers: tuple[AnswerCell, ...]
    fixed: tuple[Fixed, ...]
    remarks: str


def group_sheets(
    framework: Framework,
    elicitation: Elicitation,
    *,
    language: Language,
    asked: Mapping[str, tuple[Pair, ...]] | None = None,
) -> tuple[GroupSheet, ...]:
    """Return the sheets of a questionnaire, a group each, in tree order.

    `asked` are the pairs of an incomplete design by group; a group that is not among them is asked whole.

    >>> from suanli.framework import bundled
    >>> first = group_sheets(bundled("cpdi-2.0"), "pairwise", language="zh")[0]
    >>> first.name, len(first.answers), first.answers[0]
    ('算力发展指数', 10, AnswerCell(cell='U9', kind='pair', item='2.1', other='2.2'))
    """
    groups = judged_groups(framework)
    names = sheet_names(
        (_sheet_title(framework, node).said(language) for node, _ in groups),
        taken=(*(guide_name(each) for each in ("zh", "en")), HIDDEN_SHEET, "History"),
    )
    chosen = (asked or {}) if elicitation == "incomplete" else {}
    return tuple(
        _sheet(name, node, items, elicitation, chosen.get(node))
        for name, (node, items) in zip(names, groups, strict=True)
    )


def guide_name(language: Language) -> str:
    """Return the name of a questionnaire's first sheet."""
    return pair("questionnaire", "sheet_guide").said(language)


def all_pairs(count: int) -> tuple[Pair, ...]:
    """Return the pairs of so many items, in the order of the rows of a form.

    >>> all_pairs(3)
    ((0, 1), (0, 2), (1, 2))
    """
    return tuple((i, j) for i in range(count) for j in range(i + 1, count))


def grade_of(answer: object) -> float | None:
    """Return how many times the left item matters as much as the right one; None if that is not an answer.

    >>> grade_of("A3"), grade_of(" b２ "), grade_of(1.0), grade_of("3")
    (3.0, 0.5, 1.0, None)
    """
    written = f"{answer:g}" if isinstance(answer, float) else str(answer)
    text = unicodedata.normalize("NFKC", written).replace(" ", "").upper()
    return _GRADES.get(text)


def position_of(grade: float) -> str | None:
    """Return the answer that stands for a grade, None for one between the steps of the scale.

    >>> position_of(3.0), position_of(1 / 2), position_of(1.5)
    ('A3', 'B2', None)
    """
    near = (text for text, known in _GRADES.items() if abs(grade - known) <= 1e-9 * known)
    return next(near, None)


def item_choice(number: int, name: str) -> str:
    """Return how a member of a group is offered in the lists of best and worst; numbers count from 1.

    >>> item_choice(2, "算力产业")
    '2. 算力产业'
    """
    return shortened(f"{number}. {name}", _LONGEST_CHOICE)


def _sheet_title(framework: Framework, node: str) -> Text:
    name = framework.name_of(node)
    return name if node == framework.code else Text(f"{node} {name.zh}", f"{node} {name.en}")


def _sheet(
    name: str,
    node: str,
    items: tuple[str, ...],
    elicitation: Elicitation,
    asked: tuple[Pair, ...] | None,
) -> GroupSheet:
    if elicitation in PAIRING:
        pairs = all_pairs(len(items)) if asked is None else asked
        answers, fixed = _compared(items, pairs)
    else:
        pairs = ()
        answers = tuple(_best_worst(items) if elicitation == "best-worst" else _scored(items))
        fixed = _listed(items)
    rows = len(pairs) or len(items)
    return GroupSheet(name, node, items, pairs, answers, fixed, f"B{FIRST_ROW + rows + 1}")


def _compared(
    items: tuple[str, ...], pairs: tuple[Pair, ...]
) -> tuple[tuple[AnswerCell, ...], tuple[Fixed, ...]]:
    answers, fixed = [], []
    for number, (i, j) in enumerate(pairs, start=1):
        row = FIRST_ROW + number - 1
        answers.append(AnswerCell(f"{ANSWER}{row}", "pair", items[i], items[j]))
        fixed += [
            Fixed(f"{NUMBER}{row}", str(number)),
            Fixed(f"{LEFT}{row}", items[i]),
            Fixed(f"{RIGHT}{row}", items[j]),
        ]
    return tuple(answers), tuple(fixed)


def _listed(items: tuple[str, ...]) -> tuple[Fixed, ...]:
    return tuple(
        Fixed(f"{column}{row}", text)
        for row, item in enumerate(items, start=FIRST_ROW)
        for column, text in ((NUMBER, str(row - FIRST_ROW + 1)), (ITEM, item))
    )


def _best_worst(items: tuple[str, ...]) -> Iterator[AnswerCell]:
    yield AnswerCell(f"{GIVEN}{BEST_ROW}", "best")
    yield AnswerCell(f"{GIVEN}{WORST_ROW}", "worst")
    for row, item in enumerate(items, start=FIRST_ROW):
        yield AnswerCell(f"{GIVEN}{row}", "best-to-others", other=item)
        yield AnswerCell(f"{SECOND}{row}", "others-to-worst", item=item)


def _scored(items: tuple[str, ...]) -> Iterator[AnswerCell]:
    for row, item in enumerate(items, start=FIRST_ROW):
        yield AnswerCell(f"{GIVEN}{row}", "score", item=item)
