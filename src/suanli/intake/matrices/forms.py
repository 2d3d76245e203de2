"""How judgements are laid out in a table: a square with labels on two sides, or a list of pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import polars as pl

from suanli.intake.reading.headers import normal
from suanli.intake.reading.judgements import Judgement, judgement
from suanli.intake.reading.tables import Table

MOST_ROWS = 12_000
"""Most rows that are looked through: every pair of 100 items twice, and room for remarks."""
MOST_COLUMNS = 400
"""Most columns that are looked through."""

_WORDS = {
    "item": "指标 指标名称 项目 因素 要素 甲 指标甲 指标1 item item_1 left first i a",
    "other": (
        "对比指标 比较指标 对比项目 对比因素 被比指标 另一指标 乙 指标乙 指标2 "
        "other other_item item_2 right second compared_with j b"
    ),
    "judgement": (
        "判断 判断值 判断结果 标度 标度值 重要性 相对重要性 比值 评分 "
        "judgement judgment value ratio grade score importance"
    ),
    "of_panel": "专家 专家编号 专家姓名 组 节点 上级 轮次 expert respondent participant node group parent round",
}
_FIELD_OF: Mapping[str, str] = MappingProxyType(
    {
        normal(word).replace("_", ""): field
        for field, words in _WORDS.items()
        for word in words.split()
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table that has anything: its number, its texts by column, and whether a blank line is before it."""

    number: int
    texts: Mapping[int, str]
    after_gap: bool


@dataclass(frozen=True, slots=True)
class Square:
    """Labels in the line `head` and in the column `side`; judgements where they cross."""

    head: Line
    side: int
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A pair a line: the columns of the item, of what it is compared with, and of the judgement.

    `of_panel` are columns that tell experts, groups or rounds apart, by heading.
    """

    head: Line
    item: int
    other: int
    judgement: int
    of_panel: Mapping[str, int]
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bare:
    """Numbers without labels, beginning at a line."""

    head: Line


@dataclass(frozen=True, slots=True)
class Oversized:
    """More rows or columns than any matrix that is read."""

    rows: int
    columns: int


Form: TypeAlias = Square | Pairs | Bare | Oversized


def form_of(table: Table) -> Form | None:
    """Return how judgements are laid out in a table; None if it has neither a matrix nor a list of pairs."""
    if table.texts.height > MOST_ROWS or table.texts.width > MOST_COLUMNS:
        return Oversized(table.texts.height, table.texts.width)
    lines = _without_titles(_lines(table))
    if len(lines) < 2:
        return None
    head, body = lines[0], tuple(lines[1:])
    pairs = _pairs(head, body)
    if pairs is not None:
        return pairs
    if _is_bare(lines):
        return Bare(head)
    return _square(head, body)


def _lines(table: Table) -> list[Line]:
    columns = [int(name) for name in table.texts.columns]
    lines: list[Line] = []
    before = 0
    trimmed = table.texts.with_columns(pl.all().str.strip_chars())
    for number, row in zip(table.lines.to_list(), trimmed.iter_rows(), strict=True):
        texts = {column: text for column, text in zip(columns, row, strict=True) if text}
        if texts:
            lines.append(Line(number, MappingProxyType(texts), number > before + 1))
            before = number
    return lines


def _without_titles(lines: list[Line]) -> list[Line]:
    """Return the lines from the heading on: a line with one cell above wider ones is a title."""
    first = min((min(line.texts) for line in lines), default=0)
    start = 0
    while start + 1 < len(lines) and len(lines[start].texts) == 1:
        alone, below = lines[start], lines[start + 1]
        if first not in alone.texts and len(below.texts) < 3:
            break
        start += 1
    return lines[start:]


def _pairs(head: Line, body: tuple[Line, ...]) -> Pairs | None:
    columns: dict[str, int] = {}
    of_panel: dict[str, int] = {}
    for column, text in head.texts.items():
        field = _FIELD_OF.get(normal(text).replace("_", ""))
        if field == "of_panel":
            of_panel[text] = column
        elif field:
            columns.setdefault(field, column)
    if len(columns) < 3:
        return None
    return Pairs(head, **columns, of_panel=MappingProxyType(of_panel), body=body)


def _is_bare(lines: Sequence[Line]) -> bool:
    """Tell whether the lines are a square of judgements from the first cell on, its diagonal 1."""
    columns = sorted(lines[0].texts)
    if len(columns) != len(lines) or any(sorted(line.texts) != columns for line in lines):
        return False
    found = [[judgement(line.texts[column]) for column in columns] for line in lines]
    diagonal = [found[place][place] for place in range(len(lines))]
    return all(isinstance(one, Judgement) for row in found for one in row) and all(
        isinstance(one, Judgement) and one.value == 1 for one in diagonal
    )


def _square(head: Line, body: tuple[Line, ...]) -> Square | None:
    side = min(min(line.texts) for line in (head, *body))
    across = {normal(text) for column, text in head.texts.items() if column != side}
    down = [normal(line.texts[side]) for line in body if side in line.texts]
    # two items: one row and one column may be all there is
    alone = len(across) == 1 and len(down) == 1
    if not across or not down or not (alone or across & set(down)):
        return None
    return Square(head, side, body)
