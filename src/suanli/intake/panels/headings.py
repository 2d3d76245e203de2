"""The headings of a table of answers, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from suanli.intake.folder import shown
from suanli.intake.panels.wording import words
from suanli.intake.questionnaires.layout import COMPARING, Elicitation
from suanli.intake.reading.headers import normal
from suanli.intake.reading.tables import Table
from suanli.problems import Place, Problem, Severity

Field = Literal["round", "expert", "node", "item", "other", "judgement", "score"]
"""What a column of a table of answers may hold."""
FIELDS: tuple[Field, ...] = get_args(Field)
SEARCHED_ROWS = 15
"""Rows of a sheet in which the headings are looked for."""

_WORDS: Mapping[Field, str] = MappingProxyType(
    {
        "round": "轮次 轮 调查轮次 round",
        "expert": "专家 专家编号 专家代码 专家姓名 评委 expert expert_id respondent",
        "node": "组 节点 所属组 准则 上级指标 上级节点 group node parent criterion",
        "item": "指标 指标代码 指标A 左侧指标 item item_a indicator left",
        "other": "对比指标 比较指标 被比较指标 指标B 右侧指标 other item_b compared_with right",
        "judgement": "判断 判断值 比较判断 标度 judgement judgment comparison grade",
        "score": "评分 得分 打分 分值 分数 分配点数 点数 score points",
    }
)


def _key(text: str) -> str:
    return normal(text).replace("_", "").replace("-", "")


_FIELD_OF = MappingProxyType(
    {_key(word): field for field, words in _WORDS.items() for word in words.split()}
)


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings, by its position among a table's rows, and the column of every field there is."""

    row: int
    fields: Mapping[Field, str]


def is_answer_table(table: Table) -> bool:
    """Tell whether a table has the headings of answers: an expert and an item, at least."""
    return _row(table) is not None


def read_headings(table: Table, elicitation: Elicitation) -> tuple[Headings | None, list[Problem]]:
    """Return the headings of a table of answers, or none and why; a note names the columns that are not read."""
    row = _row(table)
    if row is None:
        return None, [_missing(table, 0, needed(elicitation))]
    line = int(table.lines[row])
    fields: dict[Field, str] = {}
    problems: list[Problem] = []
    ignored: list[str] = []
    for name, text in zip(table.texts.columns, table.texts.row(row), strict=True):
        field = _FIELD_OF.get(_key(text or ""))
        if field is None:
            ignored += [text] if text else []
        elif fields.setdefault(field, name) != name:
            place = table.place(line, int(name))
            problems.append(Problem("field-twice", Severity.ERROR, place, shown(text or ""), field))
    if absent := [field for field in needed(elicitation) if field not in fields]:
        problems.append(_missing(table, line, tuple(absent)))
    if problems:
        return None, problems
    return Headings(row, MappingProxyType(fields)), _ignored(table, ignored)


def needed(elicitation: Elicitation) -> tuple[Field, ...]:
    """Return the columns that a table of such answers must have."""
    compared: tuple[Field, ...] = ("expert", "item", "other", "judgement")
    return compared if elicitation in COMPARING else ("expert", "item", "score")


def _row(table: Table) -> int | None:
    for row, values in enumerate(table.texts.head(SEARCHED_ROWS).iter_rows()):
        fields = {_FIELD_OF.get(_key(text)) for text in values if text and len(text) < 50}
        if {"expert", "item"} <= fields:
            return row
    return None


def _missing(table: Table, line: int, fields: tuple[Field, ...]) -> Problem:
    place = table.place(line) if line else Place(file=table.file, sheet=table.sheet)
    expected = "; ".join(f"{field}: {', '.join(_WORDS[field].split())}" for field in fields)
    details = words("fields", fields)
    named = [(words("name", [field])["name_zh"], _WORDS[field].split()) for field in fields]
    details["headings_zh"] = "；".join(f"{name}：{'、'.join(each)}" for name, each in named)
    details["headings_en"] = expected
    found = ", ".join(fields)
    return Problem("panel-columns-missing", Severity.ERROR, place, found, expected, details)


def _ignored(table: Table, texts: list[str]) -> list[Problem]:
    if not texts:
        return []
    found = ", ".join(shown(text) for text in texts[:10])
    place = Place(file=table.file, sheet=table.sheet)
    return [Problem("columns-ignored", Severity.NOTE, place, found=found)]
