"""Cells to numbers: what counts as a number, what as missing, and every reading that is not plain made known."""

import polars as pl

from suanli.intake.folder import shown
from suanli.intake.reading.tables import KEY_BASE, Table, described, noted
from suanli.problems import Problem, Severity

MISSING_MARKS = (
    "-", "--", "—", "——", "–", "――", "...", "......", "..", "na", "n/a", "null",
    "缺", "缺失", "缺测", "暂缺", "暂无", "暂无数据", "无数据", "不详",
)  # fmt: skip
"""Texts that stand for a missing value, after full width and letter case are evened out."""

_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$"
_THOUSANDS = r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"
_ODD = (
    pl.when(pl.col("text").str.starts_with("#"))
    .then(pl.lit("cell-error-value"))
    .when(pl.col("text").str.starts_with("="))
    .then(pl.lit("formula-without-result"))
    .when(pl.col("text").str.contains(r"^[+-]?(?:inf|infinity|nan)$"))
    .then(pl.lit("number-not-finite"))
    .when(pl.col("text").str.contains(r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}"))
    .then(pl.lit("cell-is-date"))
    .otherwise(pl.lit("not-a-number"))
)


def with_values(table: Table, raw: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """Return raw cells with their numbers, missing ones left out, and what was read with care or not at all.

    `raw` has the columns `line`, `column`, `raw` (text) and `number` (null unless the cell itself is a number). Added
    are `value`, the number before any unit is considered, and `sign`: `text` where a percent sign is written, by hand
    or by a number format that only adds it, `format` where the cell is shown as a percentage, which holds the
    hundredth of what is shown.
    """
    typed = raw.filter(pl.col("number").is_not_null())
    typed = typed.with_columns(
        # a computed -0.0 is 0
        value=pl.when(pl.col("number") == 0).then(0.0).otherwise("number"),
        sign=pl.when(_among(table.percents))
        .then(pl.lit("format"))
        .when(_among(table.literal_percents))
        .then(pl.lit("text")),
    )
    infinite = typed.filter(~pl.col("value").is_finite())
    problems = _bad(table, infinite.with_columns(trouble=pl.lit("number-not-finite")))
    written, more = _written(table, raw.filter(pl.col("number").is_null()))
    good = typed.filter(pl.col("value").is_finite())
    values = pl.concat([good, written]) if written.height else good
    return values, problems + more


def _among(keys: pl.Series) -> pl.Expr:
    if not keys.len():
        return pl.lit(value=False)
    return (pl.col("line") * KEY_BASE + pl.col("column")).is_in(keys.implode())


def _written(table: Table, raw: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    cells = raw.with_columns(
        # text that is evened out: ，and １ are typed by the same hands as , and 1
        text=pl.col("raw")
        .str.normalize("NFKC")
        .str.strip_chars()
        .str.to_lowercase()
        .str.replace("−", "-")
    ).filter(pl.col("text") != "")
    missing = pl.col("text").is_in(MISSING_MARKS)
    marked = cells.filter(missing)
    cells = cells.filter(~missing).with_columns(
        sign=pl.when(pl.col("text").str.ends_with("%")).then(pl.lit("text")),
        digits=pl.col("text").str.strip_suffix("%").str.strip_chars_end(),
    )
    cells = cells.with_columns(grouped=pl.col("digits").str.contains(_THOUSANDS))
    digits = pl.when("grouped").then(pl.col("digits").str.replace_all(",", "")).otherwise("digits")
    value = pl.when(digits.str.contains(_PLAIN)).then(digits.cast(pl.Float64, strict=False))
    cells = cells.with_columns(value=value).with_columns(trouble=_trouble())
    good = cells.filter(pl.col("trouble").is_null())
    problems = _bad(table, cells.filter(pl.col("trouble").is_not_null()))
    problems += noted("missing-marks", table, marked)
    problems += noted("thousands-separators", table, good.filter("grouped"))
    problems += noted(
        "full-width-digits", table, good.filter(pl.col("raw").str.contains("[０-９．]"))
    )
    if table.addressing != "line":
        problems += noted("numbers-as-text", table, good)
    return good.select(*raw.columns, "value", "sign"), problems


def _trouble() -> pl.Expr:
    negative_zero = (pl.col("value") == 0) & pl.col("text").str.starts_with("-")
    digits = pl.col("digits").str.replace(r"e.*$", "")
    vanished = (pl.col("value") == 0) & digits.str.contains("[1-9]")
    return (
        pl.when(pl.col("value").is_null())
        .then(_ODD)
        .when(~pl.col("value").is_finite())
        .then(pl.lit("number-not-finite"))
        .when(vanished)
        .then(pl.lit("number-unrepresentable"))
        .when(negative_zero)
        .then(pl.lit("number-negative-zero"))
    )


def _bad(table: Table, cells: pl.DataFrame) -> list[Problem]:
    problems: list[Problem] = []
    for code in sorted(cells["trouble"].unique()):
        problems += described(
            cells.filter(pl.col("trouble") == code).sort("line", "column"),
            lambda cell: Problem(
                str(cell["trouble"]),
                Severity.ERROR,
                table.place(
                    int(str(cell["line"])), int(str(cell["column"])), code=str(cell["code"])
                ),
                found=shown(str(cell["raw"])),
            ),
        )
    return problems
