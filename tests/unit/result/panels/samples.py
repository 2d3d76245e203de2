"""A small panel of two rounds, its weights and its result, for the tests of this room and of the report."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from suanli.framework import Framework, bundled
from suanli.intake.folder import InputFile
from suanli.intake.panels import (
    Expert,
    GroupAnswers,
    Panel,
    PanelRules,
    Revision,
    Round,
    judged_groups,
)
from suanli.language import Text
from suanli.problems import Place, Problem, Severity
from suanli.result.panels import PanelResult, panel_result
from suanli.weighting import convergence, panel_weights, repairs
from tests.simulated_panels import simulated_answers

HOSTILE = (
    "=HYPERLINK(1)",
    "+张三",
    "@李四",
    "-王五\t",
    "'赵六",
    "<b>钱七</b>",
    "孙八\x1b[31m",
    "周九",
)
"""Names that a spreadsheet, a terminal or a page might act upon; the last is a plain one."""
NOTE = Problem("result-file-invalid", Severity.WARNING, Place(file="E01.xlsx"), found="=1+1")


def rules(**other: Any) -> PanelRules:
    declared: dict[str, Any] = {
        "suanli": 1,
        "framework": "cpdi-2.0",
        "exclude": {"consistency_ratio": 0.35},
        "uncertainty": {"draws": 200},
        "seed": 7,
    }
    return PanelRules.model_validate(declared | other)


def grades(framework: Framework, rows: pl.DataFrame, people: Sequence[Expert]) -> list[Any]:
    """Return (E, n, n) by group from rows of expert, node, item, other, value."""
    places = {expert.id: at for at, expert in enumerate(people)}
    arrays = []
    for node, items in judged_groups(framework):
        array = np.full((len(people), len(items), len(items)), np.nan)
        array[:, range(len(items)), range(len(items))] = 1.0
        for row in rows.filter(pl.col("node") == node).to_dicts():
            i, j = items.index(row["item"]), items.index(row["other"])
            array[places[row["expert"]], i, j] = row["value"]
            array[places[row["expert"]], j, i] = 1 / row["value"]
        arrays.append(GroupAnswers(node, items, array, None, None))
    return arrays


def answers(framework: Framework, number: int, people: Sequence[Expert]) -> pl.DataFrame:
    """Return the rows of `Panel.answers` of a round; in the second the last two experts do not answer."""
    asked = people if number == 1 else people[:-2]
    told = simulated_answers(framework, experts=len(people), seed=3)
    again = simulated_answers(framework, experts=len(people), seed=4)
    if number > 1:  # most answers stay as they were
        keep = pl.int_range(pl.len()) % 5 > 0
        told = told.with_columns(
            judgement=pl.when(keep).then(told["judgement"]).otherwise(again["judgement"])
        )
    return told.filter(pl.col("expert").is_in([each.id for each in asked])).select(
        pl.lit(number, dtype=pl.Int64).alias("round"),
        *("expert", "node", "item", "other"),
        pl.lit("pair").alias("kind"),
        pl.col("judgement").alias("answer"),
        pl.col("judgement")
        .map_elements(lambda text: float(Fraction(text)), return_dtype=pl.Float64)
        .alias("value"),
        pl.format("returned/round-{}/{}.xlsx", pl.lit(number), "expert").alias("file"),
        pl.lit("1").alias("sheet"),
        pl.format("E{}", pl.int_range(pl.len()) % 20 + 5).alias("cell"),
    )


def panel(
    *, names: Sequence[str] = HOSTILE, rounds: int = 2, framework: str = "cpdi-2.0", **other: Any
) -> Panel:
    """Return a panel; names are those of its experts, `other` changes its rules."""
    declared = rules(framework=framework, **other)
    index = bundled(framework)
    people = tuple(
        Expert(f"E{at:02d}", name, "信通院" if at == 1 else "", 1.0)
        for at, name in enumerate(names, start=1)
    )
    tables = [answers(index, number, people) for number in range(1, rounds + 1)]
    return Panel(
        rules=declared,
        framework=index,
        title=Text("算力发展指数专家组", "Panel of the development index"),
        simulated=declared.simulated,
        experts=people,
        rounds=tuple(
            Round(
                number,
                tuple(grades(index, table, people)),
                tuple(each.id in set(table["expert"]) for each in people),
            )
            for number, table in enumerate(tables, start=1)
        ),
        revisions=revisions(tables),
        answers=pl.concat(tables),
        inputs=(InputFile("returned/round-1/E01.xlsx", "ab" * 32, 1234),),
        problems=(NOTE,),
    )


def revisions(tables: Sequence[pl.DataFrame]) -> tuple[Revision, ...]:
    """Return one accepted change: the first answer of the first expert in the last round becomes 2."""
    row = tables[-1].row(0, named=True)
    given = (row["expert"], row["node"], row["item"], row["other"], row["value"])
    return (Revision(*given, 2.0, "复核", "revisions.csv", 2),)


def result_of(panel: Panel, *, number: int | None = None) -> PanelResult:
    """Return everything that is kept of a panel; `number` is the round whose answers count."""
    weights = panel_weights(panel, round=number)
    return panel_result(panel, weights, repairs=repairs(weights), rounds=convergence(panel))


@cache
def result() -> PanelResult:
    return result_of(panel())


@cache
def made_up() -> PanelResult:
    return result_of(panel(simulated=True))


def scored() -> PanelResult:
    """Return a panel of three that scored every item directly."""
    asked = panel(names=["一", "二", "三"], rounds=1, elicitation="scores")
    generator = np.random.default_rng(5)
    groups = tuple(
        replace(
            group,
            grades=np.where(np.eye(len(group.items)) > 0, 1.0, np.full_like(group.grades, np.nan)),
            scores=generator.integers(5, 11, (3, len(group.items))).astype(float),
        )
        for group in asked.rounds[0].groups
    )
    told = [
        (expert.id, group.node, item, "", "score", group.scores[row, place])
        for row, expert in enumerate(asked.experts)
        for group in groups
        for place, item in enumerate(group.items)
    ]
    return result_of(answered(asked, groups, told))


def answered(asked: Panel, groups: tuple[GroupAnswers, ...], told: Sequence[Any]) -> Panel:
    """Return the panel with other answers: expert, node, item, other, kind and value by row."""
    rows = [
        (1, *row[:5], str(row[5]), row[5], "returned/E01.xlsx", "1", f"E{at}")
        for at, row in enumerate(told, start=5)
    ]
    return replace(
        asked,
        rounds=(replace(asked.rounds[0], groups=groups),),
        answers=pl.DataFrame(rows, schema=asked.answers.schema, orient="row"),
        revisions=(),
    )


@cache
def best_worst() -> PanelResult:
    """Return a panel of four that compared with the best and the worst; the last one compared nothing in group 2.1."""
    asked = panel(names=["一", "二", "三", "四"], rounds=1, elicitation="best-worst")
    groups = tuple(_with_extremes(group) for group in asked.rounds[0].groups)
    top = groups[0]
    told = [
        ("E01", top.node, top.items[0], "", "best", float("nan")),
        ("E01", top.node, top.items[-1], "", "worst", float("nan")),
        ("E01", top.node, top.items[0], top.items[1], "pair", top.grades[0, 0, 1]),
    ]
    return result_of(answered(asked, groups, told))


def _with_extremes(group: GroupAnswers) -> GroupAnswers:
    """Put in place of a group's answers those of experts to whom the first item is the best, the last the worst."""
    n = len(group.items)
    grades = np.full((4, n, n), np.nan)
    grades[:, range(n), range(n)] = 1.0
    extremes = np.tile([0, n - 1], (4, 1))
    for expert in range(4):
        for place in range(1, n):
            grades[expert, 0, place] = min(1 + place + expert, 9)
            grades[expert, place, n - 1] = 1 if place == n - 1 else n - place
        grades[expert, 0, n - 1] = min(n + expert, 9)
    if group.node == "2.1":
        grades[3] = np.where(np.eye(n) > 0, 1.0, np.nan)
        extremes[3] = -1
    grades = np.where(np.isfinite(grades), grades, 1 / grades.swapaxes(-1, -2))
    return replace(group, grades=grades, extremes=extremes)
