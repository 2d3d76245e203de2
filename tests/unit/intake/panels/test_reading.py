import numpy as np
import pytest
import yaml

from suanli.framework import bundled, parse
from suanli.intake.panels import bundled_panel, bundled_panels, check_panel, read_panel
from suanli.problems import Severity, StudyError
from tests.unit.intake.panels.panels import (
    SMALL,
    WHOLE,
    check,
    check_table,
    codes,
    form,
    lines,
    of_code,
    small_framework,
    write_panel,
)
from tests.unit.intake.studies import write_study

TWO = {"index": {("A", "B"): "3"}, "A": {("A.1", "A.2"): "2"}, "B": {("B.1", "B.2"): "1/5"}}
"""Answers on the framework of the small study."""
PANEL_OF_STUDY = {"panel/panel.yaml": "suanli: 1\n", "panel/returned/all.csv": lines(TWO)}


def table_panel(folder, **declared):
    files = {**SMALL, "answers.csv": lines()}
    return write_panel(
        folder, files, framework="framework.yaml", rounds=[["answers.csv"]], **declared
    )


def test_a_panel_is_found_by_its_folder_or_its_file(tmp_path):
    folder = table_panel(tmp_path / "panel")
    (folder / "panel.yaml").rename(folder / "experts.yaml")
    assert read_panel(folder / "experts.yaml").inputs[0].path == "experts.yaml"
    panel, problems = check_panel(folder)
    assert panel is None
    assert codes(problems) == ["panel-file-absent"]
    assert codes(check_panel(tmp_path / "nowhere")[1]) == ["panel-file-absent"]


def test_all_problems_come_with_the_error(tmp_path):
    folder = table_panel(tmp_path / "panel")
    (folder / "answers.csv").write_text(lines() + "E01,A,A.1,A.2,10\nE01,A,A.9,A.2,1\n")
    with pytest.raises(StudyError, match="off the scale") as caught:
        read_panel(folder)
    assert [each.code for each in caught.value.problems] == [
        "panel-judgement-off-scale",
        "panel-item-unknown",
    ]


def test_a_panel_takes_the_framework_of_the_study_it_lies_in(tmp_path):
    study = write_study(tmp_path / "study", PANEL_OF_STUDY)
    for place in (study, study / "panel", study / "panel" / "panel.yaml"):
        panel, problems = check_panel(place)
        assert codes(problems) == []
        assert panel.framework.id == "tiny-1.0"
        paths = [each.path for each in panel.inputs]
        assert paths == ["panel.yaml", "study.yaml", "framework.yaml", "returned/all.csv"]


def test_the_study_names_its_panel(tmp_path):
    files = {name.replace("panel/", "experts/", 1): text for name, text in PANEL_OF_STUDY.items()}
    for number, named in enumerate(("experts", "experts/panel.yaml")):
        study = write_study(tmp_path / str(number), files, panel=named)
        assert check_panel(study)[0] is not None
    study = write_study(tmp_path / "absent", files)
    assert codes(check_panel(study)[1]) == ["panel-file-absent"]
    study = write_study(tmp_path / "outside", files, panel="../0/experts")
    assert codes(check_panel(study)[1]) == ["path-outside"]


def test_the_studys_changes_to_the_framework_count(tmp_path):
    changes = {"nodes/B.2/disabled": True, "nodes/B.1/weight": 1.0, "nodes/B.2/weight": 0.0}
    study = write_study(tmp_path / "study", PANEL_OF_STUDY, changes=changes)
    panel, problems = check_panel(study)
    assert codes(problems) == []
    assert [each.node for each in panel.rounds[0].groups] == ["index", "A"]
    assert [note.found for note in of_code(problems, "panel-disabled-left-out")] == ["B.1, B.2"]


def test_a_given_framework_must_ask_the_same(tmp_path):
    folder = table_panel(tmp_path / "panel")
    panel, problems = check_panel(folder, framework=bundled("cpdi-2.0"))
    assert panel is None
    (problem,) = problems
    assert (problem.code, problem.found, problem.expected) == (
        "panel-framework-differs",
        "tiny-1.0",
        "cpdi-2.0",
    )
    relative = parse(small_framework().replace("tiny-1.0", "tiny-1.1"))
    panel, problems = check_panel(folder, framework=relative)
    assert panel.framework.id == "tiny-1.1"
    assert codes(problems, Severity.NOTE) == ["panel-framework-relative", "panel-partly-answered"]


@pytest.mark.parametrize(
    ("framework", "code"),
    [
        (None, "panel-without-framework"),
        ("cpdi-9", "study-framework-unknown"),
        ("gone.yaml", "file-not-found"),
        ("../framework.yaml", "path-outside"),
        ("answers.csv.yaml", "framework-yaml-not-mapping"),
    ],
)
def test_a_panel_without_a_usable_framework_is_refused(tmp_path, framework, code):
    files = {"answers.csv": lines(), "answers.csv.yaml": "- 1\n"}
    panel, problems = check(tmp_path, files, framework=framework, rounds=[["answers.csv"]])
    assert panel is None
    assert codes(problems) == [code]


def test_a_framework_without_any_group_to_judge_is_refused(tmp_path):
    content = yaml.safe_load(small_framework())
    content["children"] = content["children"][:1]
    content["children"][0]["weight"] = 1.0
    content["children"][0]["children"] = content["children"][0]["children"][:1]
    content["children"][0]["children"][0]["weight"] = 1.0
    text = yaml.safe_dump(content, allow_unicode=True)
    files = {"framework.yaml": text, "answers.csv": lines()}
    _, problems = check(tmp_path, files, framework="framework.yaml", rounds=[["answers.csv"]])
    assert codes(problems) == ["panel-nothing-to-judge"]


def test_what_was_disabled_after_the_survey_is_left_out(tmp_path):
    text = lines({**WHOLE, "B": {**WHOLE["B"], ("B.2", "B.4"): "2"}})
    files = {"framework.yaml": small_framework(B3=True), "answers.csv": text}
    panel, problems = check(tmp_path, files, framework="framework.yaml", rounds=[["answers.csv"]])
    assert codes(problems) == []
    group = panel.rounds[0].groups[2]
    assert group.items == ("B.1", "B.2", "B.4")
    np.testing.assert_array_equal(group.grades[0][[0, 1], [1, 2]], [2, 2])
    assert np.isnan(group.grades[0, 0, 2])
    assert [note.found for note in of_code(problems, "panel-disabled-left-out")] == ["B.3"]
    assert panel.answers.height == 6


def test_a_form_made_before_something_was_disabled_is_still_read(tmp_path):
    later = bundled("cpdi-2.0").with_changes(
        {"nodes/2.2.3/disabled": True, "weighting/renormalise_missing": True}
    )
    folder = write_panel(tmp_path / "panel", {"returned/E01.xlsx": form()})
    panel, problems = check_panel(folder, framework=later)
    assert codes(problems) == []
    group = next(each for each in panel.rounds[0].groups if each.node == "2.2")
    assert group.items == ("2.2.1", "2.2.2")
    assert [note.found for note in of_code(problems, "panel-disabled-left-out")] == ["2.2.3"]


def test_litter_in_the_folder_of_returned_files_is_passed_over(tmp_path):
    files = {
        "returned/E01.xlsx": form(),
        "returned/~$E01.xlsx": b"lock",
        "returned/.DS_Store": b"x",
        "returned/Thumbs.db": b"x",
        "returned/desktop.ini": b"x",
        "returned/README.txt": b"x",
        "returned/说明.md": "x",
        "returned/__MACOSX/._E01.xlsx": b"x",
    }
    panel, problems = check(tmp_path, files)
    assert problems == ()
    assert len(panel.inputs) == 2


def test_given_files_take_the_place_of_the_last_round(tmp_path):
    folder = table_panel(tmp_path / "panel")
    elsewhere = tmp_path / "mail"
    elsewhere.mkdir()
    (elsewhere / "new.csv").write_text(lines(experts=["E07"]))
    panel = read_panel(folder, files=[elsewhere / "new.csv"])
    assert [expert.id for expert in panel.experts] == ["E07"]
    assert [each.path for each in panel.inputs] == ["panel.yaml", "framework.yaml", "new.csv"]
    assert [each.id for each in read_panel(folder, files=[str(elsewhere)]).experts] == ["E07"]
    inside = read_panel(folder, files=[folder / "answers.csv"])
    assert inside.inputs[-1].path == "answers.csv"


def test_given_files_that_are_not_there_are_named(tmp_path):
    folder = table_panel(tmp_path / "panel")
    (tmp_path / "empty").mkdir()
    panel, problems = check_panel(folder, files=[tmp_path / "gone.csv", tmp_path / "empty"])
    assert panel is None
    assert sorted((each.code, each.place.file) for each in problems) == [
        ("file-not-found", "gone.csv"),
        ("panel-nothing-returned", "empty"),
    ]


def test_files_of_one_name_from_two_folders_are_told_apart(tmp_path):
    folder = table_panel(tmp_path / "panel")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "new.csv").write_text(lines(experts=[name]))
    panel = read_panel(folder, files=[tmp_path / each / "new.csv" for each in ("one", "two")])
    assert [each.path for each in panel.inputs[2:]] == ["one/new.csv", "two/new.csv"]


@pytest.mark.parametrize(
    ("rounds", "code"),
    [
        ([["gone.csv"]], "file-not-found"),
        ([["../answers.csv"]], "path-outside"),
        ([["/etc/passwd.csv"]], "path-outside"),
        ([["returned"]], "panel-file-type"),
        ([["answers.csv"], ["answers.csv"]], "file-twice"),
    ],
)
def test_files_that_may_not_or_cannot_be_read_are_named(tmp_path, rounds, code):
    files = {**SMALL, "answers.csv": lines(), "returned/x": "x"}
    panel, problems = check(tmp_path, files, framework="framework.yaml", rounds=rounds)
    assert panel is None
    assert codes(problems) == [code]


def test_a_link_that_leads_out_of_the_panel_is_not_followed(tmp_path):
    folder = table_panel(tmp_path / "panel")
    (tmp_path / "secret.csv").write_text(lines())
    (folder / "answers.csv").unlink()
    (folder / "answers.csv").symlink_to(tmp_path / "secret.csv")
    assert codes(check_panel(folder)[1]) == ["link-outside"]


def test_nothing_returned_is_an_error(tmp_path):
    panel, problems = check(tmp_path, {"returned/README.txt": "x"})
    assert panel is None
    assert codes(problems) == ["panel-nothing-returned"]


def test_files_beside_the_folders_of_rounds_are_refused(tmp_path):
    files = {
        **SMALL,
        "returned/round-1/a.csv": lines(),
        "returned/loose.csv": lines(),
        "returned/round-3/a.csv": lines(),
    }
    _, problems = check(tmp_path, files, framework="framework.yaml")
    assert codes(problems) == ["panel-file-outside-rounds", "panel-round-absent"]


def test_the_first_round_may_lie_beside_the_folder_of_the_second(tmp_path):
    files = {**SMALL, "returned/a.csv": lines(), "returned/round-2/a.csv": lines()}
    panel, problems = check(tmp_path, files, framework="framework.yaml")
    assert codes(problems) == []
    assert panel.answers["file"].unique().sort().to_list() == [
        "returned/a.csv",
        "returned/round-2/a.csv",
    ]
    assert len(panel.rounds) == 2


def test_an_empty_folder_for_the_next_round_is_no_round(tmp_path):
    files = {**SMALL, "returned/round-1/a.csv": lines(), "returned/round-2/README.md": "x"}
    panel, problems = check(tmp_path, files, framework="framework.yaml")
    assert codes(problems) == []
    assert len(panel.rounds) == 1


def test_files_of_several_rounds_say_no_other_round(tmp_path):
    second = lines().replace("expert,", "round,expert,").replace("E01,", "1,E01,")
    files = {**SMALL, "returned/round-1/a.csv": lines(), "returned/round-2/a.csv": second}
    _, problems = check(tmp_path, files, framework="framework.yaml")
    assert codes(problems) == ["panel-line-of-another-round"]


def test_reading_twice_gives_the_same(tmp_path):
    folder = table_panel(tmp_path / "panel")
    first, second = read_panel(folder), read_panel(folder)
    assert first.answers.equals(second.answers)
    assert (first.experts, first.problems, first.inputs) == (
        second.experts,
        second.problems,
        second.inputs,
    )


def test_a_panel_beyond_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("suanli.intake.panels.assembling.MOST_GRADES", 23)
    panel, problems = check_table(tmp_path, lines())
    assert panel is None
    assert codes(problems) == ["panel-too-big"]


@pytest.mark.parametrize("name", bundled_panels())
def test_the_bundled_panels_are_whole_and_simulated(name):
    panel = read_panel(bundled_panel(name))
    assert panel.simulated
    assert len(panel.experts) == 15
    assert panel.rounds[0].answered == (True,) * 15
    assert all(np.isfinite(group.grades).all() for group in panel.rounds[0].groups)


def test_a_study_may_ask_for_the_demonstration(tmp_path):
    study = write_study(tmp_path / "study", {}, framework="cpdi-2.0", panel="demonstration")
    panel, problems = check_panel(study)
    assert codes(problems) == []
    assert panel.framework.id == "cpdi-2.0"


def test_an_unknown_bundled_panel_is_an_error():
    with pytest.raises(KeyError, match="no bundled panel for 'nowhere'"):
        bundled_panel("nowhere")


def test_a_demonstration_is_refused_where_the_framework_has_none(tmp_path):
    study = write_study(tmp_path / "study", {}, panel="demonstration")
    panel, problems = check_panel(study)
    assert panel is None
    assert codes(problems) == ["panel-not-bundled"]


@pytest.mark.parametrize("name", ["Round-2", "round-02", "round 2", "ROUND_2", "round2"])
def test_the_folder_of_a_round_may_be_spelt_otherwise(tmp_path, name):
    files = {**SMALL, "returned/a.csv": lines(), f"returned/{name}/a.csv": lines()}
    panel, problems = check(tmp_path, files, framework="framework.yaml")
    assert codes(problems) == []
    assert len(panel.rounds) == 2


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("returned/第二轮/a.csv", "panel-folder-outside-rounds"),
        ("returned/round-0/a.csv", "panel-folder-outside-rounds"),
        ("returned/round-1/sub/a.csv", "panel-folder-outside-rounds"),
        ("returned/late/deep/a.csv", "panel-folder-outside-rounds"),
        ("returned/Round-01/a.csv", "panel-round-twice"),
        ("returned/round-21/a.csv", "panel-rounds-too-many"),
        ("returned/round-999999999/a.csv", "panel-rounds-too-many"),
    ],
)
def test_no_folder_with_files_is_ignored(tmp_path, path, code):
    files = {**SMALL, "returned/round-1/a.csv": lines(), path: lines()}
    panel, problems = check(tmp_path, files, framework="framework.yaml")
    assert panel is None
    assert codes(problems) == [code]


def test_a_folder_without_answers_is_no_matter(tmp_path):
    files = {**SMALL, "returned/a.csv": lines(), "returned/第二轮/README.md": "x"}
    assert codes(check(tmp_path, files, framework="framework.yaml")[1]) == []


def test_a_file_counts_once_by_whatever_name(tmp_path):
    files = {**SMALL, "a.csv": lines()}
    _, problems = check(
        tmp_path, files, framework="framework.yaml", rounds=[["a.csv"], ["./a.csv"]]
    )
    assert "file-twice" in codes(problems)
    (tmp_path / "panel" / "b.csv").symlink_to(tmp_path / "panel" / "a.csv")
    _, problems = check(tmp_path, files, framework="framework.yaml", rounds=[["a.csv"], ["b.csv"]])
    assert "file-twice" in codes(problems)


def test_what_is_inside_a_panel_or_no_folder_says_where_the_panel_is(tmp_path):
    check(tmp_path, {**SMALL, "returned/a.csv": lines()}, framework="framework.yaml")
    folder = tmp_path / "panel"
    for place, code in (
        (folder / "returned" / "a.csv", "panel-place-is-answers"),
        (folder / "returned", "panel-place-is-inside"),
        ("cpdi-1.0", "panel-not-bundled"),
        (tmp_path, "panel-file-absent"),
    ):
        assert codes(check_panel(place)[1]) == [code]
