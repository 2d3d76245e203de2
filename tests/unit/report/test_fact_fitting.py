"""Fitted weights on a terminal and as JSON."""

import json
import re

import pytest

from suanli.report.fact_fitting import fitted_json, fitted_view
from suanli.result.fact_fitting import weights_fitted_to
from tests.unit.report.screens import shown
from tests.unit.result import fitting_cases as cases


@pytest.fixture(scope="module")
def result():
    return cases.result(2, simulated=True)


@pytest.fixture(scope="module")
def found(result):
    return weights_fitted_to(result, cases.orders_by(result), seed=5)


@pytest.mark.parametrize("columns", [80, 100])
def test_they_are_called_fitted_in_chinese(found, result, columns):
    lines = shown(fitted_view(found, result, "zh"), columns)
    joined = re.sub(r"\s", "", lines)
    assert lines.startswith(" 模拟数据 / SIMULATED DATA")
    assert "反推权重" in lines.splitlines()[1]
    assert re.sub(r"\s", "", found.note.zh) in joined
    assert f"所列地区之间的先后{found.orders}{found.own}{found.fitted}{found.possible}" in joined
    assert all(re.sub(r"\s", "", remark.zh) in joined for remark in found.remarks)
    assert "反推局部权重" in joined
    assert "…" not in joined


def test_they_are_called_fitted_in_english(found, result):
    text = shown(fitted_view(found, result, "en"), 120)
    assert "Fitted weights: derived from published orders" in text
    assert "Fitted, local" in text
    assert f"{100 * found.local['a']:.2f}" in text
    assert "B-012  3.2" in text


def test_nothing_is_stamped_that_is_not_simulated():
    result = cases.result(2)
    found = weights_fitted_to(result, cases.orders_by(result))
    assert shown(fitted_view(found, result, "zh"), 100).startswith("反推权重\n")


def test_json(found, result):
    said = json.loads(json.dumps(fitted_json(found, result, file="fitted.csv")))
    assert said["name"] == {"zh": "反推权重", "en": "Fitted weights"}
    assert (said["simulated"], said["seed"], said["weights_file"]) == (True, 5, "fitted.csv")
    assert said["fitted"] == sum(kind["fitted"] for kind in said["kinds"])
    local = {row["node"]: row["fitted_local"] for row in said["weights"]}
    assert local == dict(found.local)
    assert said["facts"][0]["name"] == "B-012"
