"""The formulas of a sheet of comparisons: positions, logarithms, deviations, and the weights below the questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from suanli.intake.questionnaires.facts import (
    FIRST_WORDS,
    GRADE_LOGS,
    POSITION_LIST,
    SECOND_WORDS,
    log_grade,
    meaning,
)
from suanli.intake.questionnaires.layout import (
    ANSWER,
    FIRST_ROW,
    POSITIONS,
    GroupSheet,
    all_pairs,
    grade_of,
)
from suanli.intake.questionnaires.live_pairs import (
    ALIKE,
    PairState,
    Yardstick,
    coefficients,
    pair_state,
    yardstick,
)
from suanli.intake.questionnaires.state import COMPLETE, NOTHING, RATIO, Computed, Live
from suanli.intake.questionnaires.stationery import Sheet, quoted, said
from suanli.intake.questionnaires.weight_bars import when_complete, write_bars

POSITION, LOG, FIRST, SECOND, DEVIATION, SIZE, LEFT_CODE, RIGHT_CODE, COEFFICIENTS = (
    "AC",
    "AD",
    "AE",
    "AF",
    "AG",
    "AH",
    "AI",
    "AJ",
    37,
)
"""Columns of a question: its place on the slider, the logarithm of the answer, numbers of its items, deviation,
2 cosh of it, the items' codes; the first column, counted from 0, of what the weights are computed with."""
PLACE, WEIGHT = "AD", "AE"
"""Columns of an item: logarithm of the weight, the weight."""


@dataclass(frozen=True, slots=True)
class Block:
    """The questions of a sheet with the answers it is written with; `items_row` is the first item's below them."""

    group: GroupSheet
    answers: tuple[str | None, ...]
    yard: Yardstick
    items_row: int

    @property
    def last(self) -> int:
        """Row of the last question."""
        return FIRST_ROW + len(self.group.pairs) - 1

    @property
    def state(self) -> PairState:
        """What the formulas give for the answers."""
        grades = tuple(None if text is None else grade_of(text) for text in self.answers)
        return pair_state(len(self.group.items), self.group.pairs, grades, self.yard)

    def column(self, name: str) -> str:
        """Return the cells of a column, beside all questions."""
        return f"${name}${FIRST_ROW}:${name}${self.last}"

    def place(self, item: int) -> str:
        """Return the cell that holds the logarithm of an item's weight."""
        return f"${PLACE}${self.items_row + item}"


def write_questions(page: Sheet, block: Block) -> None:
    """Write, beside each question, what is computed from its answer, and what the answer means."""
    fit = block.state.fit
    for at, ((i, j), text) in enumerate(zip(block.group.pairs, block.answers, strict=True)):
        row = FIRST_ROW + at
        _position(page, row, text)
        page.number(f"{FIRST}{row}", i + 1, "text")
        page.number(f"{SECOND}{row}", j + 1, "text")
        page.write(f"{LEFT_CODE}{row}", block.group.items[i], "text")
        page.write(f"{RIGHT_CODE}{row}", block.group.items[j], "text")
        deviation = f"{LOG}{row}-({block.place(i)}-{block.place(j)})"
        gap, size = ("", "") if fit is None else (float(fit.deviations[at]), float(fit.sizes[at]))
        page.formula(f"{DEVIATION}{row}", when_complete(deviation), "text", gap)
        cosh = f"ROUND(EXP({DEVIATION}{row})+EXP(-{DEVIATION}{row}),9)"
        page.formula(f"{SIZE}{row}", when_complete(cosh), "text", size)
        _meaning(page, row, text, block.group.items[i], block.group.items[j])


def write_weights(page: Sheet, block: Block, bars: tuple[str, str]) -> None:
    """Write the weights of the items, and bars of them between two columns."""
    count, fit = len(block.group.items), block.state.fit
    area = (block.items_row, block.items_row + count - 1)
    _coefficients(page, block)
    for item in range(count):
        row = block.items_row + item
        place = "" if fit is None else float(fit.places[item])
        page.formula(f"{PLACE}{row}", when_complete(_logarithm(block, item)), "text", place)
    write_bars(page, area, (PLACE, WEIGHT), bars, None if fit is None else fit.weights)


def live_of(page: Sheet, block: Block) -> Live:
    """Return the state of the sheet."""
    total, count, state = len(block.group.pairs), len(block.group.items), block.state
    answered = Computed(f"COUNT({block.column(LOG)})", state.answered)
    complete = Computed(f"IF({answered.formula}={total},1,0)", int(state.answered == total))
    opened = Computed.text(page.stationery.words("state_open"))
    unread = Computed(f"COUNTIF({block.column(POSITION)},0)", 0)
    if block.yard.base is None:
        done = "state_two" if count == 2 else "state_no_table"
        return Live(total, answered, complete, opened, done, unread)
    sizes, missing = block.column(SIZE), count * (count - 1) // 2 - total
    lambda_ = f"1+(SUM({sizes})+{2 * missing})/{count}"
    index = f"({lambda_}-{count})/{count - 1}/{block.yard.base!r}"
    ratio = Computed(
        f'IF({COMPLETE}=1,MAX(0,{index}),"")', "" if state.ratio is None else state.ratio
    )
    again = f'IF({RATIO}>{block.yard.limit!r},MATCH(MAX({sizes}),{sizes},0),"")'
    review = Computed(when_complete(again), "" if state.review is None else state.review)
    limit = block.yard.limit
    told = review if count > ALIKE else NOTHING
    return Live(total, answered, complete, opened, "", unread, ratio, limit, told)


def block_of(group: GroupSheet, answers: Sequence[str | None], table: str, items_row: int) -> Block:
    """Return the questions of a sheet with its answers and the test of their consistency."""
    yard = yardstick(len(group.items), len(group.pairs), table)
    return Block(group, tuple(answers), yard, items_row)


def _position(page: Sheet, row: int, text: str | None) -> None:
    given = f"TRIM({ANSWER}{row})"
    found = f'IFERROR(MATCH(SUBSTITUTE({given}," ",""),{POSITION_LIST},0),0)'
    place = "" if text is None else POSITIONS.index(text) + 1
    page.formula(f"{POSITION}{row}", f'IF({given}="","",{found})', "text", place)
    logarithm = f'IF(N({POSITION}{row})>0,INDEX({GRADE_LOGS},{POSITION}{row}),"")'
    page.formula(f"{LOG}{row}", logarithm, "text", "" if text is None else log_grade(text))


def _meaning(page: Sheet, row: int, text: str | None, left: str, right: str) -> None:
    """Write what an answer says; the item that matters more is named by its code."""
    words, place = page.stationery, f"{POSITION}{row}"
    code = f"IF({place}<9,{LEFT_CODE}{row},{RIGHT_CODE}{row})"
    lines = f"&{'CHAR(10)'}&".join(
        f'{code}&" "&INDEX({scale},{place})' for scale in (FIRST_WORDS, SECOND_WORDS)
    )
    equal = quoted_lines(words.ordered(said("mean_equal")))
    unread = quoted_lines(words.ordered(said("not_read")))
    formula = f'IF({place}="","",IF({place}=0,{unread},IF({place}=9,{equal},{lines})))'
    if text is None:
        shown = ""
    elif text == "1":
        shown = words.lines("mean_equal")
    else:
        side = left if text.startswith("A") else right
        shown = "\n".join(f"{side} {each}" for each in words.ordered(said(meaning(text))))
    page.formula(f"V{row}", formula, "text", shown)


def column_name(number: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    >>> column_name(0), column_name(37), column_name(702)
    ('A', 'AL', 'AAA')
    """
    name, rest = "", number + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def quoted_lines(lines: Sequence[str]) -> str:
    """Return lines as one text of a formula.

    >>> quoted_lines(("一", "one"))
    '"一"&CHAR(10)&"one"'
    """
    return "&CHAR(10)&".join(quoted(line) for line in lines)


def _coefficients(page: Sheet, block: Block) -> None:
    """Write what the weights of a part of the pairs are computed with; all pairs need none."""
    if _whole(block):
        return
    table = coefficients(len(block.group.items), block.group.pairs)
    for item, values in enumerate(table):
        column = column_name(COEFFICIENTS + item)
        for row, value in enumerate(values, start=FIRST_ROW):
            page.number(f"{column}{row}", float(value), "text")


def _logarithm(block: Block, item: int) -> str:
    logs = block.column(LOG)
    if not _whole(block):
        column = column_name(COEFFICIENTS + item)
        return f"SUMPRODUCT({block.column(column)},{logs})"
    sums = (f"SUMIF({block.column(side)},{item + 1},{logs})" for side in (FIRST, SECOND))
    return f"({'-'.join(sums)})/{len(block.group.items)}"


def _whole(block: Block) -> bool:
    return len(block.group.pairs) == len(all_pairs(len(block.group.items)))
