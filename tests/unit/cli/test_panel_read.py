import json

import pytest


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demonstration_panel(suanli, tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    answer = suanli("panel", "read", "cpdi-2.0", language=language)
    assert answer.code == 0
    assert "模拟数据 / SIMULATED DATA" in answer.out
    assert (tmp_path / "cpdi-2.0-panel" / "weights" / "weights.csv").is_file()


def test_json_has_the_weights_and_the_problems(suanli, tmp_path):
    answer = suanli("panel", "read", "cpdi-2.0", "--out", tmp_path / "w", "--json")
    said = json.loads(answer.out)
    assert said["result"] == str(tmp_path / "w")
    assert said["simulated"]
    assert {problem["code"] for problem in said["problems"]} >= {"panel-inconsistent"}


def test_a_study_that_names_its_panel_elsewhere_keeps_it_there(suanli, tmp_path):
    study = tmp_path / "s"
    assert suanli("new", study, "--framework", "cpdi-2.0").code == 0
    assert suanli("panel", "read", "cpdi-2.0", "--out", tmp_path / "w").code == 0
    (study / "experts").mkdir()
    from suanli.intake.panels import bundled_panel

    for name in ("panel.yaml", "judgements.csv"):
        (study / "experts" / name).write_bytes((bundled_panel("cpdi-2.0") / name).read_bytes())
    declared = (study / "study.yaml").read_text(encoding="utf-8")
    (study / "study.yaml").write_text(declared + "panel: experts\n", encoding="utf-8")
    assert suanli("panel", "read", study).code == 0
    assert (study / "experts" / "weights" / "panel.json").is_file()
    assert not (study / "panel").exists()


def test_nothing_there(suanli, tmp_path):
    answer = suanli("panel", "read", tmp_path / "none", language="zh")
    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_every_problem_at_once_and_nothing_written(suanli, tmp_path):
    table = tmp_path / "j.csv"
    table.write_text(
        "expert,node,item,other,judgement\nA,index,1,1,3\nB,index,2.1,2.2,0\nB,index,2.1,nope,2\n",
        encoding="utf-8",
    )
    (tmp_path / "panel.yaml").write_text("suanli: 1\nframework: cpdi-2.0\n", encoding="utf-8")
    answer = suanli("panel", "read", tmp_path, table, "--out", tmp_path / "w")
    assert answer.code == 1
    assert all(f"line {line}" in answer.err for line in (2, 3, 4))
    assert not (tmp_path / "w").exists()
