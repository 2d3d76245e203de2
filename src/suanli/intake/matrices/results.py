"""Columns and rows that people add to a matrix: weights, sums, and what a consistency check came to."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from suanli.intake.folder import shown
from suanli.intake.matrices.forms import Line, Square
from suanli.intake.reading.headers import normal
from suanli.intake.reading.tables import Table
from suanli.problems import Place, Problem, Severity

_WORDS = (
    "权重 权重值 权重向量 权值 weight weights w wi 优先级 优先权 priority priorities 特征向量 特征值 最大特征值 "
    "eigenvector eigenvalue cr ci ri cr值 ci值 ri值 λ λmax lambda lambdamax lambda_max λ_max 一致性比率 一致性比例 "
    "一致性指标 合计 总和 总计 求和 小计 sum total totals 行和 列和 rowsum row_sum 行合计 列合计 几何平均 几何平均值 "
    "几何均值 geometricmean geometric_mean 乘积 行乘积 product 排序 排名 rank aw aw/w"
)
_NAMES = frozenset(normal(word).replace("_", "") for word in _WORDS.split())


def without_results(table: Table, form: Square) -> tuple[Square, list[Problem]]:
    """Return a square without the columns and rows that hold results, and a note that names them.

    Those have a usual heading of results that stands on one side of the square only; on both sides it is an item.
    """
    heads = {column: text for column, text in form.head.texts.items() if column != form.side}
    across = {normal(text) for text in heads.values()}
    down = {normal(line.texts.get(form.side, "")) for line in form.body}
    columns = {column for column, text in heads.items() if _is_result(text) - down}
    lines = [line for line in form.body if _is_result(line.texts.get(form.side, "")) - across]
    found = [heads[column] for column in sorted(columns)]
    found += [line.texts[form.side] for line in lines]
    if not found:
        return form, []
    body = tuple(_without(line, columns) for line in form.body if line not in lines)
    place = Place(file=table.file, sheet=table.sheet)
    names = ", ".join(shown(text) for text in found[:20])
    note = Problem("matrix-results-left-out", Severity.NOTE, place, names)
    return replace(form, head=_without(form.head, columns), body=body), [note]


def _is_result(text: str) -> set[str]:
    key = normal(text)
    return {key} if key.replace("_", "").replace(" ", "") in _NAMES else set()


def _without(line: Line, columns: set[int]) -> Line:
    texts: Mapping[int, str] = {at: text for at, text in line.texts.items() if at not in columns}
    return replace(line, texts=MappingProxyType(texts))
