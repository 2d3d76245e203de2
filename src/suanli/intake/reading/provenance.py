"""Where values come from, as said by their line, by a form's page of sources, or by study.yaml, in this order."""

import re
from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from suanli.intake.reading.headers import Field, field_of
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.placing import origin_of
from suanli.intake.reading.tables import Table
from suanli.problems import Problem

SCHEMA = MappingProxyType(dict.fromkeys(("code", "period", "origin", "source", "date"), pl.String))
"""Columns of what a page of sources states; an empty period means every period, empty text nothing stated."""

_KEYED: tuple[Field, ...] = ("code", "period", "origin", "source", "date")


def with_provenance(
    observations: pl.DataFrame, stated: pl.DataFrame, defaults: Mapping[str, str]
) -> pl.DataFrame:
    """Return observations whose empty `origin`, `source` and `date` are filled from the next that states them.

    That is: a statement for their code and period, one for their code in every period, and at last the file's
    `defaults`.
    """
    exact = stated.filter(pl.col("period") != "")
    every = stated.filter(pl.col("period") == "").drop("period")
    joined = observations.join(
        exact, on=["code", "period"], how="left", suffix="_exact", maintain_order="left"
    ).join(every, on="code", how="left", suffix="_every", maintain_order="left")
    return joined.with_columns(
        pl.coalesce(
            _said(field), _said(f"{field}_exact"), _said(f"{field}_every"), pl.lit(defaults[field])
        ).alias(field)
        for field in ("origin", "source", "date")
    ).select(observations.columns)


def _said(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column))


def provenance_of(
    table: Table, index: CodeIndex, periods: tuple[str, ...]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return what a page of sources states, a row a code and period (columns as `SCHEMA`), and what is wrong."""
    columns = _columns(table)
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    problems: list[Problem] = []
    for line, values in zip(table.lines, table.texts.iter_rows(named=True), strict=True):
        said = {field: (values[name] or "").strip() for field, name in columns.items()}
        if not _states(said):
            continue
        place = table.place(int(line), int(columns["code"]))
        period = re.sub(r"(?<=^\d{4})(年|\.0)$", "", said.get("period", ""))
        code = index.find(said["code"], place)
        origin = origin_of(said.get("origin", ""), place)
        if isinstance(code, Problem) or isinstance(origin, Problem):
            problems += [each for each in (code, origin) if isinstance(each, Problem)]
        elif not period or period in periods:
            source, date = said.get("source", ""), said.get("date", "")
            rows[code, period] = (code, period, origin, source, date.removesuffix(" 00:00:00"))
    return pl.DataFrame(list(rows.values()), schema=dict(SCHEMA), orient="row"), problems


def _states(said: Mapping[Field, str]) -> bool:
    code = said.get("code")
    return bool(code) and field_of(code) is None and any(said.get(f) for f in _KEYED[2:])


def _columns(table: Table) -> Mapping[Field, str]:
    for row in table.texts.head(10).iter_rows():
        found: dict[Field, str] = {}
        for name, text in zip(table.texts.columns, row, strict=True):
            field = field_of(text)
            if field in _KEYED and field not in found:
                found[field] = name
        if "code" in found:
            return found
    return {}
