"""Which items of a value come first, and what is said of each."""

from contextlib import contextmanager

import polars as pl
import pytest

from suanli.indicators.rule import Rule
from suanli.indicators.traced_items import heaviest_items, lacking_items, level_counts
from tests.unit.indicators.fakes import records

LEVELS = ("stated", "guessed")
RATIO = Rule("share", lambda records: None, "ratio", "1", (), levels=LEVELS)
SUM = Rule("total", lambda records: None, "sum", "个", (), levels=LEVELS)
SCHEMA = {
    **dict.fromkeys(("record", "part"), pl.String),
    **dict.fromkeys(("numerator", "denominator", "weight"), pl.Float64),
    "level": pl.Int64,
}
ITEMS = [
    ("a", "", 6.0, 2.0, 1.0, 0),
    ("b", "", 1.0, 8.0, 5.0, 1),
    ("c", "", None, 90.0, 3.0, 0),
    ("d", "", 70.0, None, 9.0, 1),
    ("e", "", None, 50.0, None, 0),
    ("f", "", None, 10.0, 9.0, 0),
]
SUMS = {"numerator": 7.0, "denominator": 10.0}


@contextmanager
def frame(folder, rows=ITEMS):
    with records(folder / "r", {"facilities": []}) as opened:
        yield opened, opened.engine.frame(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def test_a_ratio_is_pulled_by_denominators_and_a_sum_by_numerators(tmp_path):
    with frame(tmp_path) as (opened, items):
        ratio = heaviest_items(opened, items, RATIO, SUMS, 5)
        total = heaviest_items(opened, items, SUM, SUMS, 5)
    assert [(each.record, each.share, each.ratio) for each in ratio] == [
        ("b", 0.8, 0.125),
        ("a", 0.2, 3.0),
    ]
    assert [(each.record, each.share, each.ratio) for each in total] == [
        ("a", 6 / 7, None),
        ("b", 1 / 7, None),
    ]
    assert [each.level for each in ratio] == ["guessed", "stated"]


@pytest.mark.parametrize("rule", [RATIO, SUM], ids=lambda rule: rule.reduction)
def test_what_lacks_a_figure_goes_by_weight_whatever_else_it_states(rule, tmp_path):
    with frame(tmp_path) as (opened, items):
        found = lacking_items(opened, items, rule, 5)
        first = lacking_items(opened, items, rule, 2)
    assert [(each.record, each.weight) for each in found] == [
        *(("d", 9.0), ("f", 9.0), ("c", 3.0), ("e", None)),
    ]
    assert {(each.share, each.ratio) for each in found} == {(None, None)}
    assert first == found[:2]


def test_a_share_of_nothing_is_not_known(tmp_path):
    with frame(tmp_path, [("a", "", 0.0, 0.0, 1.0, 0)]) as (opened, items):
        (found,) = heaviest_items(opened, items, RATIO, {"numerator": 0.0, "denominator": 0.0}, 5)
    assert (found.share, found.ratio) == (None, None)


def test_levels_of_what_counts_with_their_shares_of_the_weight(tmp_path):
    with frame(tmp_path) as (opened, items):
        found = level_counts(opened, items, RATIO)
    assert [(each.level, each.used, each.share) for each in found] == [
        ("stated", 1, 1 / 6),
        ("guessed", 1, 5 / 6),
    ]


def test_levels_have_no_shares_where_a_weight_is_not_known(tmp_path):
    rows = [ITEMS[0], ("z", "", 1.0, 1.0, None, 1)]
    with frame(tmp_path, rows) as (opened, items):
        found = level_counts(opened, items, RATIO)
    assert [(each.level, each.used, each.share) for each in found] == [
        ("stated", 1, None),
        ("guessed", 1, None),
    ]
