"""An index of other regions with other rules is a study folder and no code: the Human Development Index."""

from pathlib import Path

import pytest

from suanli.pipeline import run

STUDY = Path(__file__).parent / "hdi"
PUBLISHED = {
    "NO": 0.944,
    "AU": 0.935,
    "CH": 0.930,
    "DE": 0.916,
    "US": 0.915,
    "SG": 0.912,
    "LU": 0.892,
    "JP": 0.891,
}


@pytest.fixture(scope="module")
def result():
    return run(STUDY)


def test_published_values_are_met(result):
    scores = dict(result.ranking().select("region_code", "score").iter_rows())
    # the inputs in the report's table are rounded, which moves the third decimal by at most one
    assert scores == pytest.approx(PUBLISHED, abs=0.001)


def test_published_order_is_met(result):
    assert result.ranking()["region_code"].to_list() == list(PUBLISHED)


def test_scores_keep_full_precision(result):
    assert all(round(score, 3) != score for score in result.ranking()["score"])


def test_income_is_capped_at_its_goalpost(result):
    incomes = result.scores.filter(
        (result.scores["node"] == "income") & (result.scores["region_code"] == "SG")
    )
    assert incomes["score"].to_list() == [1.0]


def test_all_countries_are_very_highly_developed(result):
    assert set(result.ranking()["tier"]) == {1}
