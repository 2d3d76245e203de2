"""The bundled simulated studies: that they are what `make studies` makes, and what they come to.

Values follow from a linear programme and from functions that round differently from processor to processor, and a
Parquet file names the version that wrote it. So tables are compared, not bytes; numbers may differ in the last places.
"""

from functools import cache

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from suanli.intake import bundled_studies, bundled_study, check_study
from suanli.pipeline import run
from suanli.problems import Severity
from suanli.result import facts_beside
from suanli.result.fact_catalogue import published_facts
from tests.golden.studies import CHOSEN, write

BUNDLED = tuple(CHOSEN)
MOST_BYTES = 1_600_000
TOLERANCE = 1e-6

INPUT_FACTS = {"cpdi-2.0": 28, "ccpe-3.0": 23, "ccpe-3.0-city": 0}
PAIRS = {"cpdi-2.0": 380, "ccpe-3.0": 630, "ccpe-3.0-city": 135}
AGREEING = {"cpdi-2.0": 0.985, "ccpe-3.0": 0.985, "ccpe-3.0-city": 0.985}
"""Least share of ordered pairs of composite scores; measured: 99.5 %, 100 % and 100 %."""


@cache
def result(name):
    return run(bundled_study(name))


@cache
def verdicts(name):
    return facts_beside(result(name)).verdicts


def about_values(verdict):
    kind = published_facts().metrics[verdict.fact.metric].kind
    return kind in ("value", "mean", "change")


def tables(folder):
    """Return the tables of a study by path: a folder of parts is a table too."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.parquet")}


def test_the_studies_come_with_the_program_and_are_small():
    assert set(BUNDLED) < set(bundled_studies())
    files = [path for name in BUNDLED for path in bundled_study(name).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


@pytest.mark.parametrize("name", BUNDLED)
def test_writing_a_study_again_gives_the_same(tmp_path, name):
    write(name, tmp_path / "again")
    kept = bundled_study(name)
    for text in ("study.yaml", "SOURCE.md"):
        assert (tmp_path / "again" / text).read_bytes() == (kept / text).read_bytes()
    found, expected = tables(tmp_path / "again"), tables(kept)
    assert found.keys() == expected.keys()
    for table, path in found.items():
        assert_frame_equal(
            *map(pl.read_parquet, (path, expected[table])), rel_tol=TOLERANCE, abs_tol=0
        )


@pytest.mark.parametrize("name", BUNDLED)
def test_a_study_is_simulated_and_nothing_is_wrong_with_it(name):
    study, problems = check_study(bundled_study(name))
    assert study.simulated
    assert result(name).about.simulated
    assert not result(name).indicators["value"].has_nulls()
    for one in (*problems, *result(name).problems):
        assert one.severity is Severity.NOTE, one


@pytest.mark.parametrize("name", BUNDLED)
def test_every_fact_about_an_indicator_agrees(name):
    tried = [one for one in verdicts(name) if about_values(one) and one.verdict != "not-testable"]
    assert len(tried) == INPUT_FACTS[name]
    assert {one.fact.id for one in tried if one.verdict != "agrees"} == set()


@pytest.mark.parametrize("name", BUNDLED)
def test_composite_scores_stand_in_the_published_order(name):
    composites = [one for one in verdicts(name) if not about_values(one)]
    pairs = sum(one.pairs for one in composites)
    assert pairs == PAIRS[name]
    assert sum(one.agreeing for one in composites) >= AGREEING[name] * pairs


def test_the_cities_are_those_that_the_report_evaluates():
    found = result("ccpe-3.0-city")
    assert len(found.regions) == 302
    rankings = [one for one in verdicts("ccpe-3.0-city") if one.verdict != "not-testable"]
    assert len(rankings) == 3
    assert not any(one.partial for one in rankings)
