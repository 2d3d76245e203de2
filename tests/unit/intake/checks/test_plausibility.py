"""Every rule runs, every message of the catalogue is reached, and clean data pass."""

import importlib
import inspect
import pkgutil
from importlib.resources import files

import numpy as np
import polars as pl
import pytest
import yaml

import suanli.intake.checks as room
from suanli.intake.checks import CHECKS, findings, plausibility
from suanli.intake.grid import grid_of
from suanli.language import LANGUAGES
from suanli.problems import Severity

NONE = np.nan
CLEAN = np.outer(1.05 ** np.arange(6), [10.3, 20.4, 30.5, 40.6, 50.7, 60.8, 70.9, 81.1, 91.2, 13.3])


def every_check() -> set[object]:
    modules = [
        importlib.import_module(f"{room.__name__}.{module.name}")
        for module in pkgutil.iter_modules(room.__path__)
    ]
    return {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("check_")
    }


def trouble() -> dict[str, np.ndarray]:
    """One data set with everything wrong."""
    revenue, sales, free = CLEAN.copy(), CLEAN * 1.7, CLEAN * 1.3
    revenue[3, 0] *= 9  # a spike
    revenue[4:, 1] *= 4  # a jump
    revenue[2, 2] *= 1e4  # a slip
    sales[5] = sales[4]  # last year pasted
    sales[0, 0] = 0  # something from nothing
    sales[1, 0] = 900
    sales[:, 5] *= 1e4  # another unit in every year
    free[1] *= 1e4  # a column of another unit
    compute = np.zeros((6, 10))
    compute[:, 0] = [1, 2, 3, 4, 5, 6]  # mostly zero
    return {
        "revenue": revenue,
        "sales": sales,
        "free": free,
        "share": 150 + np.arange(60.0).reshape(6, 10),  # out of bounds
        "pue": np.full((6, 10), 1.3),
        "warmth": CLEAN * 0 + 0.5 + np.arange(10),  # never changes
        "flops": CLEAN / 100,
        "machines": CLEAN / 100,  # pasted twice
        "compute": compute,
    }


@pytest.fixture
def problems(framework, regions, observed, gridded, monkeypatch):
    monkeypatch.setattr(findings, "LISTED", 10)
    columns = trouble()
    fp16 = observed("EFLOPS(FP16)", "部分为半精度", compute=columns.pop("compute"))
    area = np.full((6, 10), NONE)
    area[:, 0] = CLEAN[:, 0]
    other = observed("", "FP64", area=area)
    for code in ("revenue", "sales", "free", "share", "pue", "flops"):
        columns[code][2:, 9] = NONE
    half = observed("", "FP16", area=np.where(np.isnan(area), CLEAN, NONE)[:, :2])
    observations = pl.concat([observed(**columns), fp16, other, half])
    return plausibility(
        framework, observations, gridded(observations), regions, tuple(map(str, range(2018, 2024)))
    )


def test_every_check_of_the_room_runs():
    assert set(CHECKS) == every_check()
    assert len(CHECKS) == len(set(CHECKS))


def test_every_message_of_the_room_is_reached_and_reads_in_both_languages(problems):
    catalogue = files("suanli.language") / "entries" / "problems" / "checks.yaml"
    codes = set(yaml.safe_load(catalogue.read_text(encoding="utf-8")))
    assert {problem.code for problem in problems} == codes
    for problem in problems:
        for language in LANGUAGES:
            for sentence in (problem.message(language), problem.action(language)):
                assert sentence
                assert "{" not in sentence


def test_the_gravest_come_first(problems):
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    ranks = [order.index(problem.severity) for problem in problems]
    assert ranks == sorted(ranks)


def test_the_same_data_give_the_same_problems(framework, regions, observed, gridded):
    observations = observed(revenue=trouble()["revenue"])
    grid = gridded(observations)
    periods = tuple(map(str, range(2018, 2024)))
    first = plausibility(framework, observations, grid, regions, periods)
    assert first == plausibility(framework, observations, grid, regions, periods)


def test_clean_data_pass(framework, regions, observed, gridded):
    codes = ("revenue", "sales", "free", "compute", "flops", "machines", "area", "warmth", "share")
    columns = {code: CLEAN * (1 + place / 7) for place, code in enumerate(codes)}
    columns["share"] = CLEAN / 2
    columns["warmth"] = CLEAN / 5
    columns["pue"] = 1 + CLEAN / 100
    observations = observed(**columns)
    periods = tuple(map(str, range(2018, 2024)))
    assert plausibility(framework, observations, gridded(observations), regions, periods) == []


def test_no_data_at_all_are_no_evidence(framework, regions, observed, gridded):
    observations = observed(revenue=[[1.0]]).clear()
    grid = grid_of(observations, regions.codes, ("2023",), ())
    assert plausibility(framework, observations, grid, regions, ("2023",)) == []
