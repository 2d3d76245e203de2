"""A new panel's folder: written whole, valid as it is, or not at all."""

import os

import pytest
import yaml
from pydantic import ValidationError

from suanli.framework import bundled, parse
from suanli.intake.panels import PanelRules
from suanli.intake.questionnaires import new_panel
from suanli.intake.questionnaires.experts import check_experts, expert_ids
from suanli.intake.questionnaires.layout import ELICITATIONS
from suanli.problems import StudyError
from tests.filled import facts_of, sheets_of
from tests.made import framework, indicator
from tests.unit.intake.questionnaires.forms import framework_of_sizes, opened, small_framework


def test_the_folder_holds_rules_forms_paper_and_a_place_for_returns(tmp_path):
    target = tmp_path / "panel"
    files = new_panel(target, bundled("cpdi-2.0"), experts=2, standalone="cpdi-2.0")
    names = ["panel.yaml"] + [f"questionnaires/{name}.xlsx" for name in ("E01", "E02", "printable")]
    assert [path.relative_to(target).as_posix() for path in files] == names
    assert (target / "returned").is_dir()
    assert not list((target / "returned").iterdir())
    assert not [path for path in tmp_path.iterdir() if path != target]
    facts = facts_of((target / "questionnaires/E02.xlsx").read_bytes())
    assert (facts["expert"], facts["round"], facts["framework"]) == ("E02", "1", "cpdi-2.0")


@pytest.mark.parametrize("way", ELICITATIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_panel_yaml_is_valid_as_it_is(way, language, tmp_path):
    new_panel(
        tmp_path / "p",
        bundled("cpdi-2.0"),
        experts=["张三", "li-si_2"],
        elicitation=way,
        language=language,
        seed=7,
        score_rule="difference",
        standalone="cpdi-2.0",
    )
    text = (tmp_path / "p/panel.yaml").read_text(encoding="utf-8")
    rules = PanelRules.model_validate(yaml.safe_load(text))
    assert (rules.elicitation, rules.seed, rules.framework) == (way, 7, "cpdi-2.0")
    assert rules.score_rule == "difference"
    assert [expert.id for expert in rules.experts] == ["张三", "li-si_2"]
    defaults = PanelRules(suanli=1)
    for name in ("scale", "method", "aggregation", "trim", "uncertainty", "stop", "exclude"):
        assert getattr(rules, name) == getattr(defaults, name)
    first = text.splitlines()[0]
    assert ("设置" in first) == (language == "zh")


def test_commented_settings_are_valid_once_uncommented(tmp_path):
    new_panel(tmp_path / "p", bundled("cpdi-2.0"), experts=1, standalone="cpdi-2.0")
    text = (tmp_path / "p/panel.yaml").read_text(encoding="utf-8")
    for line in ("exclude: {", "rounds:", "  - [returned", "revisions: "):
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    rules = PanelRules.model_validate(yaml.safe_load(text))
    assert rules.exclude is not None
    assert rules.rounds == (("returned/E01.xlsx",),)


def test_inside_a_study_the_framework_is_the_study_s(tmp_path):
    new_panel(tmp_path / "p", small_framework(), experts=1)
    declared = yaml.safe_load((tmp_path / "p/panel.yaml").read_text(encoding="utf-8"))
    assert "framework" not in declared
    assert not (tmp_path / "p/framework.yaml").exists()


def test_a_framework_of_one_s_own_is_written_beside(tmp_path):
    new_panel(tmp_path / "p", small_framework(), experts=1, standalone="mine.yaml")
    declared = yaml.safe_load((tmp_path / "p/panel.yaml").read_text(encoding="utf-8"))
    assert declared["framework"] == "framework.yaml"
    text = (tmp_path / "p/framework.yaml").read_text(encoding="utf-8")
    assert parse(text) == small_framework()


def test_incomplete_forms_differ_and_have_a_paper_each(tmp_path):
    declared = framework_of_sizes()
    new_panel(tmp_path / "p", declared, experts=3, elicitation="incomplete", seed=4)
    forms = tmp_path / "p/questionnaires"
    asked = [
        tuple(sheet.pairs for sheet in sheets_of((forms / f"E0{n}.xlsx").read_bytes(), declared))
        for n in (1, 2, 3)
    ]
    assert len(set(asked)) == 3
    assert opened((forms / "printable.xlsx").read_bytes()).sheetnames == ["E01", "E02", "E03"]


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        new_panel(tmp_path / name, small_framework(), experts=2, elicitation="incomplete", seed=1)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*.*")
        }
        for name in ("a", "b")
    )
    assert first == second


def test_a_folder_that_is_not_empty_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="nothing was written"):
        new_panel(tmp_path, small_framework(), experts=1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_taken(tmp_path):
    target = tmp_path / "empty"
    target.mkdir()
    assert new_panel(target, small_framework(), experts=1)


UNUSABLE = (
    *(
        "../E01",
        "a/b",
        "a\\b",
        "C:",
        ".",
        "..",
        ".x",
        "*",
        "",
        " ",
        " x",
        "E01\n",
        "E\u200b1",
        "x" * 61,
    ),
    *("CON", "con.x", "nul ", "lpt1", "printable", "Printable"),
)
USABLE = ("张三", "李\u3000四", "E 01", "a.b", "-x", "é", "=1+1", "console", "con 1", "x" * 60)


@pytest.mark.parametrize("expert", UNUSABLE)
def test_ids_that_could_lead_elsewhere_are_refused(expert, tmp_path):
    with pytest.raises(StudyError, match="cannot be an expert's id"):
        new_panel(tmp_path / "p", small_framework(), experts=["E01", expert])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("expert", [*UNUSABLE, *USABLE])
def test_panel_yaml_and_new_panels_accept_the_same_ids(expert):
    try:
        PanelRules.model_validate({"suanli": 1, "experts": [{"id": expert}]})
    except ValidationError:
        accepted = False
    else:
        accepted = True
    assert accepted == (not check_experts([expert])) == (expert in USABLE)


def test_ids_name_the_forms(tmp_path):
    new_panel(tmp_path / "p", small_framework(), experts=USABLE)
    forms = {path.stem for path in (tmp_path / "p/questionnaires").iterdir()}
    assert forms == {*USABLE, "printable"}
    text = (tmp_path / "p/panel.yaml").read_text(encoding="utf-8")
    rules = PanelRules.model_validate(yaml.safe_load(text))
    assert [expert.id for expert in rules.experts] == list(USABLE)


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    (tmp_path / "x").write_text("", encoding="utf-8")
    lonely = framework(indicator("only"))
    with pytest.raises(StudyError, match="nothing was written") as refusal:
        new_panel(tmp_path, lonely, experts=["a", "A", "b/c"])
    assert [problem.code for problem in refusal.value.problems] == [
        "template-folder-taken",
        "panel-expert-twice",
        "panel-expert-id",
        "panel-nothing-to-judge",
    ]


@pytest.mark.parametrize("count", [0, -1, 501, ()])
def test_numbers_of_experts_have_bounds(count):
    with pytest.raises(StudyError, match="number of experts"):
        expert_ids(count)


def test_many_experts_have_ids_of_one_length():
    ids = expert_ids(120)
    assert (ids[0], ids[-1]) == ("E001", "E120")


@pytest.mark.skipif(os.name != "posix", reason="permissions of folders differ")
def test_nothing_is_left_behind_where_writing_fails(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StudyError, match="could not be written: permission denied"):
        new_panel(tmp_path / "p", small_framework(), experts=1)
    assert not list(tmp_path.iterdir())
