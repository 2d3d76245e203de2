"""Write the pages of record tables and rules from the schemas, the rules and the catalogue; `make pages` calls it."""

from collections.abc import Iterator
from pathlib import Path

from suanli.framework import bundled
from suanli.framework.units import label
from suanli.indicators.rules import RULES
from suanli.intake.records import Column, TableSchema, table_schemas
from suanli.language import Language, Text, entries

HERE = Path(__file__).parent
PAGES: dict[Language, str] = {"zh": "record-tables.zh-CN.md", "en": "record-tables.md"}
FRAMEWORKS = ("cpdi-2.0", "ccpe-3.0")

_HEAD = {
    "en": """# Record tables and rules

[中文](record-tables.zh-CN.md) · English

What each table of [records](records.md) holds, and the rule that computes each indicator from them. This page is written
by `make pages` from the program's own lists; `suanli records TABLE` shows a table on the screen.

No two rows of a table share a key. Where an arrow (→) names another table, the value must be found there.
""",
    "zh": """# 记录表与计算规则

中文 · [English](record-tables.md)

本页列出[记录](records.zh-CN.md)各表的列，以及由记录计算各项指标的规则。内容由 `make pages` 根据程序中的定义生成；`suanli records 表名` 在屏幕上显示同样的表。

同一张表中各行的主键不得重复。“取值”一栏以箭头（→）指向另一张表的，该值须能在那张表中查到。
""",
}
_RULES = {
    "en": """Σ adds up the rows or computing centres of a region and year. A rule cannot do without the tables named beside it; others it
uses where the study has them, as PUE does meters. What is *chosen* or stands *by default* is said among the
[choices](records.md#choices). `ccpe-3.0-city` uses rules of `ccpe-3.0`.
""",
    "zh": """Σ表示对一个地区一年内的各行或各算力中心求和。缺少“必需的表”时规则不能计算；其他表在研究中有就采用，例如PUE所用的计量表。“可设定”“默认”等所指的设定见[可选口径](records.zh-CN.md#可选口径)。`ccpe-3.0-city` 采用 `ccpe-3.0` 的规则。
""",
}
_WORDS = {
    "tables": Text("记录表", "Tables"),
    "rules": Text("计算规则", "Rules"),
    "key": Text("主键", "Key"),
    "column": Text("列", "column"),
    "meaning": Text("含义", "meaning"),
    "type": Text("类型", "type"),
    "unit": Text("单位", "unit"),
    "must": Text("必填", "required"),
    "allowed": Text("取值", "allowed"),
    "code": Text("编码", "code"),
    "indicator": Text("指标", "indicator"),
    "rule": Text("规则", "rule"),
    "formula": Text("计算方法", "how it is computed"),
    "from": Text("必需的表", "tables it needs"),
    "yes": Text("是", "yes"),
    "stop": Text("：", ": "),
    "between": Text("、", ", "),
}
_KINDS = {
    "text": Text("文本", "text"),
    "whole": Text("整数", "whole number"),
    "number": Text("数值", "number"),
    "flag": Text("是否", "yes or no"),
    "day": Text("日期", "day"),
    "moment": Text("日期时间", "day and time"),
}


def page(language: Language) -> str:
    """Return the page in a language."""
    lines = [_HEAD[language], f"## {_said('tables', language)}", ""]
    for schema in table_schemas().values():
        lines += _table(schema, language)
    lines += [f"## {_said('rules', language)}", "", _RULES[language]]
    for framework in FRAMEWORKS:
        lines += _rules(framework, language)
    return "\n".join(lines).rstrip() + "\n"


def _table(schema: TableSchema, language: Language) -> Iterator[str]:
    yield f"### `{schema.name}` {schema.title.said(language)}"
    yield ""
    if schema.note:
        yield schema.note.said(language)
        yield ""
    keys = _said("between", language).join(f"`{name}`" for name in schema.key)
    yield f"{_said('key', language)}{_said('stop', language)}{keys}"
    yield ""
    yield _row(
        [_said(word, language) for word in ("column", "meaning", "type", "unit", "must", "allowed")]
    )
    yield _row(["---"] * 6)
    for column in schema.columns:
        yield _row(_cells(column, language))
    yield ""


def _cells(column: Column, language: Language) -> list[str]:
    unit = column.unit
    return [
        f"`{column.name}`",
        column.title.said(language),
        _KINDS[column.kind].said(language),
        label(unit, language) if unit else "",
        _said("yes", language) if column.required else "",
        _allowed(column, language),
    ]


def _allowed(column: Column, language: Language) -> str:
    if column.values:
        return _said("between", language).join(
            f"`{value}`" if label.said(language) == value else f"`{value}` {label.said(language)}"
            for value, label in zip(column.values, column.labels, strict=True)
        )
    if column.refers:
        return f"→ `{column.refers}`"
    return column.bounds(language)


def _rules(framework: str, language: Language) -> Iterator[str]:
    texts = entries("rules")
    yield f"### `{framework}`"
    yield ""
    yield _row([_said(word, language) for word in ("code", "indicator", "rule", "formula", "from")])
    yield _row(["---"] * 5)
    for indicator in bundled(framework).indicators():
        if indicator.rule is None:
            continue
        rule = RULES[indicator.rule]
        tables = ", ".join(f"`{table}`" for table in rule.tables)
        formula = texts[rule.name][language].replace("|", "\\|")
        name = indicator.name.said(language)
        yield _row([indicator.code, name, f"`{rule.name}`", formula, tables])
    yield ""


def _said(word: str, language: Language) -> str:
    return _WORDS[word].said(language)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    for spoken, name in PAGES.items():
        (HERE / name).write_text(page(spoken), encoding="utf-8")
