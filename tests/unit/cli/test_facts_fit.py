"""`suanli facts --fit`."""

import json

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.weights import read_weights
from suanli.language import LANGUAGES
from suanli.regions import provinces
from tests.unit.result import samples

ORDERS = 2837


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A simulated result of 2022 by the framework that the white paper ranks by."""
    framework, regions = bundled("cpdi-2.0"), provinces()
    grid = samples.grid(framework, regions, periods=("2022",))
    grid.values[:] = np.random.default_rng(2).uniform(5, 100, grid.values.shape)
    grid.origins[:] = 1
    folder = tmp_path_factory.mktemp("fit") / "result"
    samples.result(framework=framework, regions=regions, grid=grid, simulated=True).save(folder)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_fitted_weights_follow_the_facts_and_are_written(suanli, saved, tmp_path, language):
    path = tmp_path / "fitted.csv"
    answer = suanli("facts", saved, "--fit", "--weights-out", path, language=language)
    assert answer.code == 0
    facts, name = {
        "zh": ("公布的事实与本结果对照", "反推权重"),
        "en": ("Published facts beside this result", "Fitted weights"),
    }[language]
    assert 0 < answer.out.index(facts) < answer.out.index(f"\n{name}\n")
    assert answer.out.count("模拟数据 / SIMULATED DATA") == 2
    assert f"{ORDERS:,}" in answer.out
    last = "".join(answer.out.split("fitted.csv")[-1].split())
    assert name.replace(" ", "").lower() in last.lower()
    read, problems = read_weights(tmp_path, "fitted.csv", bundled("cpdi-2.0"))
    assert problems == []
    assert read.simulated
    assert read.fitted


def test_json_and_seed(suanli, saved, tmp_path):
    path = tmp_path / "fitted.csv"
    command = ("facts", saved, "--fit", "--json", "--verdict", "agrees")
    said = json.loads(suanli(*command, "--seed", "4", "--weights-out", path).out)
    fitted = said["fitted_weights"]
    assert (fitted["seed"], fitted["weights_file"]) == (4, str(path))
    assert fitted["own"] < fitted["fitted"] <= fitted["possible"] < fitted["orders"] == ORDERS
    local = {row["node"]: row["fitted_local"] for row in fitted["weights"]}
    assert dict(read_weights(tmp_path, "fitted.csv", bundled("cpdi-2.0"))[0].local) == local
    assert set(said) - {"fitted_weights"} == set(json.loads(suanli("facts", saved, "--json").out))


def test_a_file_that_exists_is_kept(suanli, saved, tmp_path):
    path = tmp_path / "fitted.csv"
    path.write_text("mine", encoding="utf-8")
    answer = suanli("facts", saved, "--fit", "--weights-out", path, language="zh")
    assert answer.code == 1
    assert "已存在，未作改动" in answer.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["fitted.csv"]
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("option", [("--seed", "1"), ("--weights-out", "a.csv")])
def test_options_of_fitting_need_fitting(suanli, saved, option):
    answer = suanli("facts", saved, *option)
    assert answer.code == 2
    assert f"{option[0]} can only be used with --fit" in answer.err


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "没有公布的位次可用于反推权重"), ("en", "No published order")]
)
def test_a_result_that_no_ranking_speaks_of_is_refused(suanli, open_saved, language, words):
    answer = suanli("facts", open_saved, "--fit", language=language)
    assert answer.code == 1
    assert words in answer.err
    assert answer.out == ""
