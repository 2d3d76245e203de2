"""A panel's life in a study: questionnaires, answers, a second round, weights, scores."""

import json
import shutil

import numpy as np
import polars as pl
import pytest

import suanli
from suanli.cli.entrance import exit_code
from suanli.intake import bundled_study
from suanli.intake.panels import judged_groups
from tests.filled import filled

EXPERTS = ("张三", "李四", "王五")


def grades(framework, row: int, doubt: int = 0):
    """Return an expert's nearly consistent grades of every group; `doubt` spoils a judgement of the topmost."""
    given = {}
    for node, items in judged_groups(framework):
        place = np.arange(len(items))
        ratios = np.exp((place[None, :] - place[:, None]) * (0.35 + 0.1 * row))
        above = np.maximum(np.rint(np.maximum(ratios, 1 / ratios)), 1.0)
        matrix = np.where(ratios >= 1, above, 1.0 / above)
        if node == framework.code and doubt:
            matrix[0, -1], matrix[-1, 0] = 1 / doubt, float(doubt)
        given[node] = matrix
    return given


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("life") / "study"
    shutil.copytree(bundled_study("open-1.0"), folder)
    asked = [word for name in EXPERTS for word in ("--expert", name)]
    assert exit_code(["panel", "new", str(folder), *asked]) == 0
    return folder


def returned(study, framework, *, number: int, doubt: int):
    forms = study / "panel" / "questionnaires"
    if number > 1:
        forms /= f"round-{number}"
    target = study / "panel" / "returned" / f"round-{number}"
    target.mkdir(parents=True)
    for row, name in enumerate(EXPERTS):
        form = (forms / f"{name}.xlsx").read_bytes()
        answers = grades(framework, row, doubt if row == 2 else 0)
        (target / f"{name}.xlsx").write_bytes(filled(form, framework, answers))


def test_from_questionnaires_to_scores(study, tmp_path, capsys):
    framework = suanli.bundled("open-1.0")
    returned(study, framework, number=1, doubt=5)
    assert exit_code(["panel", "read", str(study), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert {problem["code"] for problem in first["problems"]} >= {"panel-inconsistent"}
    repairs = pl.read_csv(study / "panel" / "weights" / "repairs.csv")
    assert set(repairs["expert"]) == {"王五"}
    assert (repairs["cr_after"] < repairs["cr_before"]).all()

    assert exit_code(["panel", "feedback", str(study)]) == 0
    returned(study, framework, number=2, doubt=0)
    assert exit_code(["panel", "read", str(study)]) == 0
    panel = suanli.load_panel_result(study / "panel" / "weights")
    assert panel.rounds["round"].to_list() == [1, 2]
    assert panel.repairs.filter(node="index").height == 0

    declared = (study / "study.yaml").read_text(encoding="utf-8")
    (study / "study.yaml").write_text(f"{declared}\npanel: panel\n", encoding="utf-8")
    assert exit_code(["run", str(study)]) == 0
    result = suanli.load_result(study / "result")
    told = dict(panel.weights.select("node", "local_weight").iter_rows())
    used = dict(
        result.weights.filter(pl.col("level") > 0).select("node", "local_weight").iter_rows()
    )
    assert used == told
    assert "panel/returned/round-2/张三.xlsx" in {each.path for each in result.about.inputs}
    capsys.readouterr()
    assert exit_code(["weights", str(study)]) == 0
    assert "├" in capsys.readouterr().out

    compare_with_the_weights_file(study, tmp_path / "copy")


def compare_with_the_weights_file(study, copy):
    """Scores are those of the same study with the panel's weights as a file."""
    shutil.copytree(study, copy, ignore=shutil.ignore_patterns("result"))
    text = (copy / "study.yaml").read_text(encoding="utf-8")
    assert "panel: panel" in text
    (copy / "study.yaml").write_text(
        text.replace("panel: panel", "weights: panel/weights/weights.csv"), encoding="utf-8"
    )
    by_file, by_panel = suanli.run(copy), suanli.run(study)
    assert by_file.scores.equals(by_panel.scores)
    assert by_file.weightings.height == 0
    assert by_panel.weightings.height > 0
