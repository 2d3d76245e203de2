"""Studies of years near and far from the published one: nothing is wrong with them, and small ones are small."""

from importlib import import_module

import polars as pl
import pytest

from suanli.pipeline import run
from suanli.problems import Severity
from suanli.simulation import record_tables, simulated_study, targets
from suanli.simulation.sizes import SIZES
from suanli.simulation.study import FIRST_YEAR, LAST_YEAR
from tests.unit.simulation.references import unmatched

FRAMEWORKS = ("ccpe-3.0", "ccpe-3.0-city", "cpdi-2.0")
YEARS = (FIRST_YEAR, 2020, 2026, 2029, LAST_YEAR)
SEED = 3
"""With this seed a region's third weather station of 2029 stands for a centre that is under construction."""
MOST_ROWS = 200_000


@pytest.fixture(autouse=True, scope="module")
def once():
    """Let each framework be solved for once: other years follow from the same solution."""
    module = import_module("suanli.simulation.targets")
    solution, known = module.solution, {}

    def kept(framework, seed):
        if framework.id not in known:
            known[framework.id] = solution(framework, seed)
        return known[framework.id]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "solution", kept)
        yield


def small_tables(framework_id, year):
    parts = {}
    for name, _, frame in record_tables(
        targets(framework_id, year, seed=SEED), SIZES["small"], seed=SEED
    ):
        parts.setdefault(name, []).append(frame)
    return {name: pl.concat(frames) for name, frames in parts.items()}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("framework_id", FRAMEWORKS)
def test_small_studies_are_small_and_refer_to_what_they_have(framework_id, year):
    tables = small_tables(framework_id, year)
    assert sum(frame.height for frame in tables.values()) < MOST_ROWS
    assert unmatched(tables) == []


@pytest.mark.parametrize(
    ("framework_id", "year"),
    [
        ("ccpe-3.0", FIRST_YEAR),
        ("ccpe-3.0", LAST_YEAR),
        ("ccpe-3.0-city", LAST_YEAR),
        ("cpdi-2.0", LAST_YEAR),
    ],
)
def test_studies_of_any_year_run_without_errors_and_warnings(tmp_path, framework_id, year):
    simulated_study(framework_id, year, tmp_path / "s", seed=SEED)
    told = run(tmp_path / "s").problems
    assert [one for one in told if one.severity is not Severity.NOTE] == []
