import polars as pl
import pytest

from suanli.problems import ResultError
from suanli.result import load_result, rescored, verified
from suanli.result.rescoring import stored_grid
from tests.unit.result import samples


def test_a_loaded_result_gives_its_scores_again(saved):
    assert verified(load_result(saved)) <= 1e-12


def test_values_origins_and_sources_come_back(result):
    grid = stored_grid(result)
    original = samples.grid(samples.small(), samples.some_regions())
    assert grid.codes == original.codes
    assert (grid.origins == original.origins).all()
    assert grid.sources == ("", "年鉴")


@pytest.mark.parametrize("method", ["carry-forward", "group-mean", "knn"])
def test_gaps_that_were_filled_are_not_filled_twice(method):
    framework = samples.framework(missing={"method": method, "max_age": None})
    result = samples.result(framework=framework)
    filled = result.indicators.filter(origin="imputed").height
    assert filled == (0 if method == "carry-forward" else 1)
    assert verified(result) <= 1e-12
    assert rescored(result).framework.missing.method == "none"


def test_weights_of_the_study_are_used():
    result = samples.result(weights={"scale": 0.25, "quality": 0.75})
    assert verified(result) <= 1e-12
    assert rescored(result).weights.local[1] == 0.25


def test_a_score_that_does_not_follow_is_found(result):
    from dataclasses import replace

    wrong = result.scores.with_columns(
        score=pl.when(pl.int_range(pl.len()) == 5).then(pl.col("score") + 1e-6).otherwise("score")
    )
    with pytest.raises(ResultError, match="scores differ by up to"):
        verified(replace(result, scores=wrong))
    lost = result.scores.with_columns(
        score=pl.when(pl.int_range(pl.len()) != 5).then(pl.col("score"))
    )
    with pytest.raises(ResultError, match="scores differ by up to NaN"):
        verified(replace(result, scores=lost))
