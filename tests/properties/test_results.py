import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.regions import provinces
from suanli.result import comparison, load_result, verified
from suanli.result.csv_files import csv_of, table_from_csv
from suanli.result.tables import SCHEMAS, TABLES
from tests.unit.result import samples

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def results(draw):
    framework = samples.small()
    regions = provinces().only(["北京", "上海", "广东", "四川", "西藏", "新疆"])
    periods = ("2021", "2022")[: draw(st.integers(1, 2))]
    shape = (len(periods), 6, 5)
    size = len(periods) * 30
    cells = draw(st.lists(st.integers(-3, 6), min_size=size, max_size=size))
    values = np.array(cells, dtype=float).reshape(shape) * 0.37
    values[values < -0.8] = np.nan
    sources = ("", *draw(st.lists(texts.filter(bool), min_size=1, max_size=3, unique=True)))
    present = ~np.isnan(values)
    shapes = np.arange(values.size).reshape(shape)
    grid = ValueGrid(
        regions.codes,
        periods,
        tuple(item.code for item in framework.indicators()),
        values,
        np.where(present, 1 + shapes % (len(ORIGINS) - 1), 0).astype(np.int8),
        np.where(present, shapes % len(sources), 0).astype(np.int32),
        sources,
    )
    name = draw(texts.filter(bool))
    return samples.result(regions=regions, grid=grid, name=name)


@given(st.lists(st.tuples(texts | st.none(), numbers | st.none()), max_size=20))
@settings(deadline=None)
def test_any_table_comes_back_from_csv(rows):
    frame = pl.DataFrame(
        {
            "region_code": [text for text, _ in rows],
            "period": ["1"] * len(rows),
            "indicator": ["x"] * len(rows),
            "score": [number for _, number in rows],
        },
        schema={
            "region_code": pl.String,
            "period": pl.String,
            "indicator": pl.String,
            "score": pl.Float64,
        },
    )
    assert table_from_csv(SCHEMAS["normalised"], csv_of(frame)).equals(frame, null_equal=True)


@given(results())
@settings(deadline=None, max_examples=15)
def test_any_result_comes_back_and_follows_from_what_it_holds(result):
    with tempfile.TemporaryDirectory() as folder:
        result.save(Path(folder) / "result")
        loaded = load_result(Path(folder) / "result")
    for table in TABLES:
        assert getattr(loaded, table).equals(getattr(result, table), null_equal=True)
    assert loaded.about == result.about
    assert verified(loaded) <= 1e-9


@given(results())
@settings(deadline=None, max_examples=25)
def test_ranks_and_contributions_agree_with_the_scores(result):
    for period in result.about.periods:
        table = result.ranking(period=period).drop_nulls("rank")
        scores, ranks = table["score"].to_numpy(), table["rank"].to_numpy()
        assert list(ranks) == [1 + int(np.sum(scores > score)) for score in scores]
    sums = result.contributions.group_by("period", "region_code").agg(
        pl.col("contribution").sum(), pl.col("contribution").count().alias("present")
    )
    joined = result.scores.filter(node="index").join(sums, on=["period", "region_code"])
    for row in joined.drop_nulls("score").to_dicts():
        assert row["contribution"] == pytest.approx(row["score"], abs=1e-9)


@given(results())
@settings(deadline=None, max_examples=25)
def test_percentiles_and_strengths_follow_their_rule(result):
    for region in result.regions:
        profile = result.profile(region.code)
        known = profile.nodes.drop_nulls("percentile")
        assert known["percentile"].is_between(0, 100).all()
        assert not set(profile.strengths) & set(profile.weaknesses)
        assert max(len(profile.strengths), len(profile.weaknesses)) <= 1


@given(results(), results())
@settings(deadline=None, max_examples=15)
def test_a_comparison_turned_round_is_its_mirror_image(one, other):
    there, back = comparison(one, other), comparison(other, one)
    assert there.top_overlap == back.top_overlap
    assert set(there.entered) == set(back.left)
    assert np.array_equal([there.spearman], [back.spearman], equal_nan=True) or (
        there.spearman == pytest.approx(back.spearman)
    )
    for row in there.regions.drop_nulls("score_change").to_dicts():
        split = there.decomposition.filter(region_code=row["region_code"])["amount"].sum()
        assert split == pytest.approx(row["score_change"], abs=1e-9)
