"""Which region, period, code and origin a cell belongs to, each distinct spelling looked up once."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from suanli.intake.folder import shown
from suanli.intake.reading.headers import Field, normal
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.tables import Table, capped
from suanli.problems import Place, Problem, Severity, in_order
from suanli.regions import Region, Regions

_LONGEST = 200
"""Characters of a spelling that are looked up: no name is longer."""
_MOST_UNKNOWN = 1_000
"""Spellings that are refused before a column is given up: each is compared with every name there is."""
_YEAR = re.compile(r"(\d{4})(?:年度?|\.0)?")
_ORIGIN_WORDS: dict[str, str] = {
    "official": "official 官方 官方发布 官方统计",
    "reported": "reported 填报 上报 申报",
    "estimated": "estimated 估算 估计 测算",
    "imputed": "imputed 插补 填补",
    "simulated": "simulated 模拟 模拟数据",
}
_ORIGIN_OF = {word: origin for origin, words in _ORIGIN_WORDS.items() for word in words.split()}

Verdict = str | Problem
"""What a spelling stands for, or why it stands for nothing."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """How cells find their place: where the fields stand in a table, and what the study is about."""

    table: Table
    fields: Mapping[Field, str]
    regions: Regions
    periods: tuple[str, ...]
    index: CodeIndex

    def place(self, line: int, field: Field) -> Place:
        """Return the place of a field of a line; of the line where the table has no such column."""
        column = self.fields.get(field)
        return self.table.place(line, int(column) if column is not None else None)


def with_regions(lookup: Lookup, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the cells of the study's regions, with `region_code` as the region's code, and what else was found."""

    def verdict(texts: tuple[str, ...], line: int) -> Verdict:
        by_code, by_name = (_region_text(text) for text in texts)
        found = lookup.regions.find(by_code or by_name)
        field: Field = "region_code" if by_code else "region"
        if isinstance(found, Problem):
            return replace(found, place=lookup.place(line, field))
        if by_code and by_name:
            # a name that means nothing here only describes; one that means others contradicts
            meant = {region.code for region in lookup.regions.candidates(by_name)}
            if meant and found.code not in meant:
                return _regions_differ(lookup.place(line, "region"), by_name, found)
        return found.code

    return _looked_up(cells, ("region_code", "region"), "region_code", verdict)


def with_periods(
    lookup: Lookup, declared: str | None, cells: pl.DataFrame
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the cells of the study's periods; a file without a period column takes the `declared` one."""
    if "period" not in lookup.fields:
        if declared is None and len(lookup.periods) > 1:
            place = Place(file=lookup.table.file, sheet=lookup.table.sheet)
            return cells.clear(), [Problem("period-missing", Severity.ERROR, place)]
        return cells.with_columns(period=pl.lit(declared or lookup.periods[0])), []

    def verdict(texts: tuple[str, ...], line: int) -> Verdict:
        text = unicodedata.normalize("NFKC", texts[0]).strip()
        year = _YEAR.fullmatch(text)
        for candidate in (text, year[1] if year else text):
            if candidate in lookup.periods:
                return candidate
        place = lookup.place(line, "period")
        severity = Severity.NOTE if year else Severity.ERROR
        code = "period-not-listed" if year else "period-unknown"
        return Problem(code, severity, place, found=shown(text), expected=_list(lookup.periods))

    return _looked_up(cells, ("period",), "period", verdict)


def with_codes(lookup: Lookup, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the cells of a long table with `code` as the framework's code, from its code or its name."""

    def verdict(texts: tuple[str, ...], line: int) -> Verdict:
        by_code, by_name = texts
        field: Field = "code" if by_code else "name"
        place = lookup.place(line, field)
        if not by_code and not by_name:
            return Problem("name-blank", Severity.ERROR, place)
        found = lookup.index.find(by_code or by_name, place)
        if isinstance(found, str) and by_code and by_name and lookup.index.knows(by_name):
            other = lookup.index.find(by_name, lookup.place(line, "name"))
            if isinstance(other, str) and other != found:
                names = f"{shown(by_code, 30)} → {found}, {shown(by_name, 30)} → {other}"
                return Problem("column-names-differ", Severity.ERROR, place, found=names)
        return found

    return _looked_up(cells, ("code", "name"), "code", verdict)


def with_origins(lookup: Lookup, cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the cells with `origin` as a word of `grid.ORIGINS`, or empty where the line states none."""

    def verdict(texts: tuple[str, ...], line: int) -> Verdict:
        return origin_of(texts[0], lookup.place(line, "origin"))

    return _looked_up(cells, ("origin",), "origin", verdict)


def origin_of(text: str, place: Place) -> str | Problem:
    """Return the origin that a text in either language names, empty for an empty text."""
    if not text.strip():
        return ""
    expected = ", ".join("/".join(words.split()[:2]) for words in _ORIGIN_WORDS.values())
    unknown = Problem("origin-unknown", Severity.ERROR, place, shown(text), expected)
    return _ORIGIN_OF.get(normal(text), unknown)


def _looked_up(
    cells: pl.DataFrame,
    columns: tuple[Field, ...],
    target: str,
    verdict: Callable[[tuple[str, ...], int], Verdict],
) -> tuple[pl.DataFrame, list[Problem]]:
    """Replace spellings by what they stand for, dropping cells whose spelling has a problem."""
    cells = cells.with_columns(pl.col(*columns).fill_null(""))
    distinct = cells.group_by(columns, maintain_order=True).agg(
        pl.first("line"), lines=pl.col("line").n_unique()
    )
    problems: dict[str, list[Problem]] = {}
    found: list[str | None] = []
    refused = 0
    for *texts, line, lines in distinct.iter_rows():
        answer = verdict(tuple(text[:_LONGEST] for text in texts), line)
        if isinstance(answer, Problem):
            counted = replace(answer, details={**answer.details, "lines": lines})
            problems.setdefault(counted.code, []).append(counted)
            refused += answer.severity is Severity.ERROR
        found.append(answer if isinstance(answer, str) else None)
        if refused == _MOST_UNKNOWN:
            return cells.clear(), [*_listed(problems), _abandoned(answer, distinct.height)]
    answers = distinct.select(columns).with_columns(pl.Series("answer", found, dtype=pl.String))
    placed = (
        cells.join(answers, on=list(columns), how="left", maintain_order="left")
        .filter(pl.col("answer").is_not_null())
        .with_columns(pl.col("answer").alias(target))
        .drop("answer")
    )
    return placed, _listed(problems)


def _listed(problems: Mapping[str, list[Problem]]) -> list[Problem]:
    return list(in_order(each for same in problems.values() for each in capped(same)))


def _abandoned(last: Verdict, distinct: int) -> Problem:
    assert isinstance(last, Problem)
    details = {"refused": _MOST_UNKNOWN, "distinct": distinct}
    return Problem("spellings-abandoned", Severity.ERROR, last.place, details=details)


def _region_text(text: str) -> str:
    """Return a spelling to look up; codes lose the decimal that a column of numbers gives them."""
    return re.sub(r"^(\d+)\.0$", r"\1", text.strip()[:_LONGEST])


def _regions_differ(place: Place, name: str, found: Region) -> Problem:
    expected = f"{found.code} {found.name.zh}"
    return Problem(
        "region-names-differ", Severity.ERROR, place, found=shown(name), expected=expected
    )


def _list(periods: tuple[str, ...]) -> str:
    return ", ".join(periods[:10]) + (" …" if len(periods) > 10 else "")
