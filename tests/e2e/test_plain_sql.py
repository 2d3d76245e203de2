"""Every number of simulated studies, and of one with holes in its records, against plain SQL.

The SQL shares no line with the rules.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import isclose
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from suanli.framework import Framework
from suanli.indicators import Recorded, recorded
from suanli.indicators.kept_items import kept_items, reduced_parts, reduced_values
from suanli.indicators.measures import MEASURES
from suanli.indicators.planned import plan_of
from suanli.indicators.rules import RULES
from suanli.intake import read_study
from suanli.intake.records import open_records
from suanli.simulation import simulated_study
from tests import plain_sql, plain_sql_measures
from tests.holed import holed
from tests.plain_sql_measures import COLUMNS, FIGURES

# the study is simulated once for the whole module
pytestmark = pytest.mark.xdist_group("plain-sql")

CLOSE = 1e-12
FACTS_OF = {"cpdi-2.0": 2022, "ccpe-3.0": 2023}
REGIONS, YEARS = 31, 2

FACTORS = {
    "%": 100.0,
    "亿元": 1e-4,
    "万个": 1e-4,
    "Tbps": 1e-3,
    "EB (2^60 B)": 2.0**-20,
}
"""What a rule's figure is multiplied by in an indicator's unit, by that unit; 1 for any other."""

LISTS = (
    *("compute_in_use", "compute_under_construction", "storage_capacity", "computing_revenue"),
    *("ai_centres_in_use", "ai_centres_under_construction", "ai_services", "exchange_points"),
    *("policy_support", "industry_events", "honours"),
)
"""Rules by which a region of which the lists say nothing has none."""

LEVELS = {
    "pue": ("metered", "designed", "by_racks", "plain_mean"),
    "graduates": ("all_fields_stated", "fields_added"),
    "mean_temperature": ("centres_stations", "regions_stations"),
    **dict.fromkeys(("cue", "wue"), ("metered", "designed")),
    **dict.fromkeys(
        ("compute_in_use", "compute_under_construction", "storage_compute_balance"),
        ("stated", "composed"),
    ),
}
"""What the levels of a rule with fallbacks are called."""

NOTHING = dict.fromkeys(COLUMNS[2:8], 0) | {"level": None}
"""The row of a region of which a list says nothing."""


@dataclass(frozen=True)
class Both:
    """What the rules give of a study, and what plain SQL gives."""

    framework: Framework
    recorded: Recorded
    values: pl.DataFrame
    parts: pl.DataFrame
    by_hand: plain_sql_measures.Everything
    has_holes: bool

    @cached_property
    def rows(self) -> Mapping[str, Mapping[tuple[str, str], Mapping]]:
        """By the rule's key, and by region and period, what SQL gives; sums of nothing are 0."""
        sums = ("numerator", "denominator")
        named = {
            key: [dict(zip(COLUMNS, row, strict=True)) for row in rows]
            for key, rows in self.by_hand.measures.items()
        }
        return {
            key: {
                (row["region"], str(row["year"])): row | {name: row[name] or 0 for name in sums}
                for row in rows
            }
            for key, rows in named.items()
        }

    def with_zeros(self, rule):
        """Return the rows of a rule with one of nothing for each region and period of which its lists say nothing."""
        grid = self.recorded.grid
        listed = product(grid.regions, grid.periods) if rule in LISTS else ()
        return dict.fromkeys(listed, NOTHING) | self.rows[rule]


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    """Return the folder of the simulated study of a framework, made once."""

    @cache
    def folder(framework: str) -> Path:
        made = tmp_path_factory.mktemp(framework) / "study"
        simulated_study(framework, FACTS_OF[framework], made, size="medium", seed=5)
        return made

    return folder


@pytest.fixture(scope="module", params=["as simulated", "with holes"])
def both(request, simulated, tmp_path_factory):
    folder = simulated("ccpe-3.0")
    has_holes = request.param == "with holes"
    if has_holes:
        folder = holed(folder, tmp_path_factory.mktemp("holes") / "study")
    study = read_study(folder)
    with open_records(study.records) as records:
        made = recorded(study.framework, records, origin="simulated")
        planned = plan_of(study.framework, records, RULES).planned
        rules = {key: rule for one in planned for key, rule in one.rules.items()}
        items = kept_items(records, rules)
        values, parts = (
            reduce(records, items, rules) for reduce in (reduced_values, reduced_parts)
        )
    assert set(rules) == set(FIGURES)
    with plain_sql.connected(folder / "records", study.periods) as connection:
        by_hand = plain_sql_measures.everything(connection)
    return Both(study.framework, made, values, parts, by_hand, has_holes)


def same(ours, by_hand) -> bool:
    if ours is None or by_hand is None:
        return ours is by_hand
    return isclose(ours, by_hand, rel_tol=CLOSE, abs_tol=0)


@pytest.mark.parametrize("framework", FACTS_OF)
def test_the_rules_give_what_plain_sql_gives(framework, simulated):
    folder = simulated(framework)
    study = read_study(folder)
    with open_records(study.records) as records:
        grid = recorded(study.framework, records, origin="simulated").grid
    connection = plain_sql.connected(folder / "records", study.periods)
    queries = plain_sql.cpdi_queries()
    if framework == "ccpe-3.0":
        plain_sql.stage_centres(connection)
        queries = plain_sql.ccpe_queries()
    assert set(queries) == set(grid.codes)
    for code, query in queries.items():
        by_hand = plain_sql.value_of(connection, query)
        compared = 0
        for (p, r), value in np.ndenumerate(grid.values[:, :, grid.codes.index(code)]):
            place = (grid.regions[r], grid.periods[p])
            if place not in by_hand:
                # a region of which a complete list says nothing has none
                assert np.isnan(value) or value == 0, (code, place)
                continue
            assert value == pytest.approx(by_hand[place], rel=CLOSE), (code, place)
            compared += 1
        assert compared >= len(grid.regions), code


def test_sums_coverage_levels_and_spreads_are_those_of_plain_sql(both):
    rows, compared = both.rows, Counter()
    for key in FIGURES:
        ours = both.values.filter(pl.col("rule") == key).to_dicts()
        assert {(row["region"], row["period"]) for row in ours} == set(rows[key]), key
        for row in ours:
            place = (row["region"], row["period"])
            by_hand = rows[key][place]
            for column in COLUMNS[2:]:
                assert same(row[column], by_hand[column]), (key, place, column)
                compared[column] += bool(by_hand[column])
            compared["incomplete"] += by_hand["used"] < by_hand["eligible"]
            compared[key, by_hand["level"]] += 1
    cells = REGIONS * YEARS
    for column in ("numerator", "denominator", "used", "eligible", "weight_used", "weight"):
        # where a centre states no weight, its region has none
        least = 40 if column.startswith("weight") else 60
        assert compared[column] > least * cells, column
    for column in ("median", "p95"):
        assert compared[column] > 25 * cells, column
    if both.has_holes:
        assert compared["incomplete"] > 30 * cells
        assert all(compared["pue", level] for level in (1, 2, 3, None))
    assert all(compared[key, 1 if both.has_holes else 0] for key in LEVELS)


def test_parts_are_those_of_plain_sql(both):
    compared = Counter()
    for key in FIGURES:
        ours = {
            (row["region"], row["period"], row["part"]): row["numerator"]
            for row in both.parts.filter(pl.col("rule") == key).to_dicts()
        }
        by_hand = {
            (region, str(year), part): amount
            for region, year, part, amount in both.by_hand.parts.get(key, ())
        }
        assert set(ours) == set(by_hand), key
        for place, amount in ours.items():
            assert same(amount, by_hand[place]), (key, place)
            compared[key] += amount > 0
            compared[place[2]] += 1
    for key, figure in FIGURES.items():
        assert compared[key] or not figure.part or "/native_" in key, key
    assert compared["FP64"]
    if both.has_holes:
        assert all(compared[part] for part in ("one_way", "round_trip", "INT8", "category-3"))


def test_pairs_of_regions_are_those_of_plain_sql(both):
    ours = both.recorded.pairs.rows()
    by_hand = {(str(row[0]), *row[1:3]): row[3:] for row in both.by_hand.pairs}
    assert {row[:3] for row in ours} == set(by_hand)
    assert len(ours) == YEARS * REGIONS * (REGIONS + 1) // 2
    names = both.recorded.pairs.columns[3:]
    for row in ours:
        for column, value, expected in zip(names, row[3:], by_hand[row[:3]], strict=True):
            assert value, (row[:3], column)
            assert same(value, expected), (row[:3], column)


def test_the_measures_that_are_shown_are_those_of_plain_sql(both):
    expected = {
        (place[0], place[1], one.code, *what): value
        for one in both.framework.indicators()
        for place, row in both.with_zeros(one.rule).items()
        for what, value in measures(one.rule, FACTORS.get(one.unit, 1.0), row).items()
    }
    for one in both.framework.indicators():
        for key in (key for key in FIGURES if key.startswith(f"{one.rule}/")):
            beside = key.partition("/")[2]
            for place, row in both.rows[key].items():
                expected[*place, one.code, beside, ""] = value_of(key, row)
        for region, year, part, amount in both.by_hand.parts.get(one.rule, ()):
            expected[region, str(year), one.code, "part", part] = amount
    shown = {row[:5]: row[5] for row in both.recorded.measures.rows()}
    assert set(shown) == set(expected)
    counted = Counter()
    for (*place, measure, part), value in shown.items():
        assert same(value, expected[*place, measure, part]), (place, measure, part)
        counted[measure] += bool(value)
    assert all(counted[measure] > 1_000 for measure in (*MEASURES[:5], "median", "p95", "part"))
    if both.has_holes:
        # the simulator draws no chip in these precisions
        unseen = {"native_tf32", "native_bf16", "native_fp8"}
        assert all(
            counted[beside] for beside in {key.partition("/")[2] for key in FIGURES} - unseen - {""}
        )


def test_figures_of_all_regions_are_those_of_plain_sql(both):
    ours = {(row["indicator"], row["period"]): row for row in both.recorded.overall.to_dicts()}
    assert len(ours) == len(both.framework.indicators()) * YEARS
    for one in both.framework.indicators():
        for period in ("2022", "2023"):
            every = both.with_zeros(one.rule).items()
            rows = [row for (_, year), row in every if year == period]
            known = [row for row in rows if value_of(one.rule, row) is not None]
            times = {"between": 2, "leading": REGIONS}.get(counted_more_than_once(one.rule), 1)
            counts = {name: sum(row[name] for row in rows) / times for name in ("used", "eligible")}
            weights = [(row["weight_used"], row["weight"]) for row in rows if row["eligible"]]
            whole = all(weight is not None for _, weight in weights)
            used_weight, weight = (
                (sum(side) for side in zip(*weights, strict=True)) if whole else (0, 0)
            )
            # sums of reported PUEs are not added to kilowatt-hours
            alike = [row for row in known if not is_plain_mean(one.rule, row)] or known
            over = sum(row["numerator"] for row in alike)
            under = sum(row["denominator"] for row in alike) if is_ratio(one.rule) else 1
            levels = [row["level"] for row in rows if row["level"] is not None]
            expected = {
                "value": FACTORS.get(one.unit, 1.0) * over / under
                if known and times != REGIONS
                else None,
                "regions": len(known),
                **counts,
                "weight_share": quotient(used_weight, weight),
                "fallback_regions": sum(level > 0 for level in levels),
            }
            for column, value in expected.items():
                assert same(ours[one.code, period][column], value), (one.code, period, column)


def is_plain_mean(rule, row):
    """Return whether a region's PUE is the simple mean of those reported."""
    return rule == "pue" and LEVELS[rule][row["level"]] == "plain_mean"


def counted_more_than_once(rule):
    """Return whether an item counts in both regions of a pair, or in every region."""
    return "between" if rule.endswith("between_regions") else rule.partition("_")[0]


def measures(rule, factor, row):
    """Return what is shown of a row of SQL, by measure and part."""
    shown = {("used", ""): row["used"], ("eligible", ""): row["eligible"]}
    if row["weight"]:
        shown["weight_share", ""] = row["weight_used"] / row["weight"]
    if not row["used"]:
        return shown
    shown["numerator", ""] = row["numerator"]
    if rule in LEVELS:
        shown["level", LEVELS[rule][row["level"]]] = row["level"]
    if is_ratio(rule):
        shown["denominator", ""] = row["denominator"]
        for name in ("median", "p95"):
            if row[name] is not None:
                shown[name, ""] = row[name] * factor
    return shown


def value_of(key, row):
    """Return the value of a row of SQL in the rule's unit, or None."""
    if not is_ratio(key):
        return row["numerator"] if row["used"] or row == NOTHING else None
    return quotient(row["numerator"], row["denominator"])


def quotient(over, under):
    return over / under if under else None


def is_ratio(key):
    return FIGURES[key].kind == "ratio"
