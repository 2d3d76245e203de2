"""A panel's result as a folder: the same bytes for the same panel, replaced as a whole, usable by a study."""

import csv
import json
from dataclasses import replace

import polars as pl
import pytest

from suanli.framework import bundled
from suanli.intake.weights import read_weights
from suanli.problems import ResultError
from suanli.result.panels import load_panel_result, panel_result, save_panel_result
from suanli.result.panels.saving import FILES
from suanli.weighting import panel_weights
from tests.unit.result import samples as results
from tests.unit.result.panels import samples


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_file_is_known(saved_panel):
    assert sorted(path.name for path in saved_panel.iterdir()) == sorted(FILES)


def test_the_same_panel_gives_the_same_bytes(saved_panel, tmp_path):
    save_panel_result(samples.result_of(samples.panel()), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(saved_panel)


def test_a_former_result_is_replaced_as_a_whole(tmp_path):
    save_panel_result(samples.made_up(), tmp_path / "weights")
    (tmp_path / "weights" / "~$panel.xlsx").write_bytes(b"open in Excel")
    save_panel_result(samples.result(), tmp_path / "weights")
    assert sorted(contents(tmp_path / "weights")) == sorted(FILES)
    assert load_panel_result(tmp_path / "weights").about.simulated is False


def test_a_folder_with_other_files_is_left_alone(panel_of_eight, tmp_path):
    save_panel_result(panel_of_eight, tmp_path / "weights")
    (tmp_path / "weights" / "notes.txt").write_text("keep")
    with pytest.raises(ResultError, match=r"of the panel's result holds other files: notes\.txt"):
        save_panel_result(panel_of_eight, tmp_path / "weights")
    assert (tmp_path / "weights" / "notes.txt").read_text() == "keep"


def test_neither_kind_of_result_takes_the_place_of_the_other(panel_of_eight, saved, saved_panel):
    before = contents(saved), contents(saved_panel)
    with pytest.raises(ResultError, match="not the result of a panel; it holds"):
        save_panel_result(panel_of_eight, saved)
    with pytest.raises(ResultError, match="not a Suanli result; it holds"):
        results.result().save(saved_panel)
    assert (contents(saved), contents(saved_panel)) == before


def test_what_cannot_be_written_is_told(panel_of_eight, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ResultError, match="result of the panel could not be written"):
        save_panel_result(panel_of_eight, tmp_path / "file" / "weights")


def test_weights_are_a_study_s_own_file(panel_of_eight, saved_panel):
    own, problems = read_weights(saved_panel, "weights.csv", panel_of_eight.framework)
    assert problems == []
    assert own is not None
    table = panel_of_eight.weights
    assert dict(own.local) == dict(table.select("node", "local_weight").iter_rows())


def test_weights_are_a_study_s_own_file_where_nodes_are_disabled(tmp_path):
    changes = {
        "weighting/renormalise_missing": True,
        "nodes/2.1.1/disabled": True,
        "nodes/2.2.3/disabled": True,
    }
    framework = bundled("cpdi-2.0").with_changes(changes)
    panel = disabled(framework)
    result = panel_result(panel, panel_weights(panel))
    save_panel_result(result, tmp_path / "weights")
    own, problems = read_weights(tmp_path / "weights", "weights.csv", framework)
    assert problems == []
    assert own is not None
    assert own.local["2.1.1"] == own.local["2.2.3"] == 0
    assert result.weights.filter(node="2.1.1.1")["global_weight"].item() == 0
    methods = dict(result.weights.select("node", "method").iter_rows())
    assert (methods["2.1.1"], methods["2.1.2"]) == ("disabled", "only-child")


def disabled(framework):
    """The panel of the whole framework, asked only about what is not disabled."""
    whole = samples.panel(rounds=1)
    kept = dict(samples.judged_groups(framework))
    rows = whole.answers.filter(
        pl.struct("node", "item", "other").map_elements(
            lambda row: {row["item"], row["other"]} <= set(kept.get(row["node"], ())),
            return_dtype=pl.Boolean,
        )
    )
    groups = tuple(samples.grades(framework, rows, whole.experts))
    rounds = (replace(whole.rounds[0], groups=groups),)
    return replace(whole, framework=framework, answers=rows, rounds=rounds, revisions=())


def test_hostile_names_are_texts_in_csv(saved_panel):
    with (saved_panel / "experts.csv").open(encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(row["name"] for row in csv.DictReader(file)))
    assert names[:5] == ["'=HYPERLINK(1)", "'+张三", "'@李四", "'-王五\t", "''赵六"]


def test_the_description_names_the_methods(saved_panel):
    said = json.loads((saved_panel / "panel.json").read_bytes())
    assert (said["format"], said["version"]) == ("suanli-panel-result", 1)
    assert said["framework"]["id"] == "cpdi-2.0"
    rules = said["rules"]
    assert (rules["method"], rules["random_index"]) == ("eigenvector", "alonso-lamata")
    assert (rules["aggregation"], rules["scale"]) == ("judgements", "saaty")
    assert rules["exclude"] == {"consistency_ratio": 0.35}
    assert (said["round"], said["rounds"], rules["seed"]) == (2, 2, 7)
    assert not {"elicitation", "scale", "method", "aggregation", "seed"} & said.keys()
    assert said["consensus_word"] == "high"
    assert said["most_influential"].keys() == {"expert", "node", "change"}
    assert said["inputs"][0]["sha256"] == "ab" * 32
    assert sorted(said["files"]) == sorted(set(FILES) - {"panel.json", "panel.xlsx"})
