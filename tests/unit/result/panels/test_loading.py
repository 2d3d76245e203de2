"""What was saved comes back the same, and what was changed is refused by name."""

import json
import shutil

import pytest

from suanli.problems import ResultError
from suanli.result.document import own_digest
from suanli.result.panels import load_panel_result, save_panel_result
from suanli.result.panels.saving import FILES
from suanli.result.panels.tables import TABLES
from suanli.result.reading import digest
from tests.unit.result.panels import samples

VERIFIED = [name for name in FILES if name != "panel.xlsx"]


@pytest.fixture
def copy(saved_panel, tmp_path):
    return shutil.copytree(saved_panel, tmp_path / "copy")


def test_a_saved_panel_comes_back_the_same(panel_of_eight, saved_panel):
    loaded = load_panel_result(saved_panel)
    for table in TABLES:
        assert getattr(loaded, table).equals(getattr(panel_of_eight, table), null_equal=True), table
        assert getattr(loaded, table).schema == getattr(panel_of_eight, table).schema
    for name in ("framework", "rules", "about", "problems"):
        assert getattr(loaded, name) == getattr(panel_of_eight, name), name


def test_a_loaded_panel_saves_to_the_same_bytes(saved_panel, tmp_path):
    save_panel_result(load_panel_result(saved_panel), tmp_path / "again")
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (saved_panel / name).read_bytes()


@pytest.mark.parametrize("name", VERIFIED)
def test_a_changed_file_is_named(copy, name):
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data.replace(b"i", b"j", 1))
    with pytest.raises(ResultError, match=r"digest recorded|not the description") as caught:
        load_panel_result(copy)
    (problem,) = caught.value.problems
    assert problem.place.file == name
    if name != "panel.json":
        assert "suanli panel read" in problem.action("en")
        assert "suanli panel read" in problem.action("zh")


@pytest.mark.parametrize("name", VERIFIED)
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    missing = "not the folder of a panel" if name == "panel.json" else "missing from the folder"
    with pytest.raises(ResultError, match=missing) as caught:
        load_panel_result(copy)
    assert name in ("panel.json", caught.value.problems[0].place.file)


def test_the_workbook_may_change(copy):
    (copy / "panel.xlsx").write_bytes(b"opened and saved by a person")
    assert load_panel_result(copy).about.round == 2


def test_no_folder_is_no_result(tmp_path):
    with pytest.raises(ResultError, match="no such folder of a panel's result"):
        load_panel_result(tmp_path / "nothing")


def test_a_study_s_result_is_not_a_panel_s(saved):
    with pytest.raises(ResultError, match="not the folder of a panel's result"):
        load_panel_result(saved)


def test_a_former_result_that_a_killed_save_left_is_brought_back(copy):
    copy.rename(copy.parent / ".copy.previous")
    assert load_panel_result(copy).about.round == 2


def rewritten(copy, **changes):
    """Change panel.json with a digest that fits, as someone with ill will would."""
    document = json.loads((copy / "panel.json").read_text(encoding="utf-8"))
    document.pop("sha256")
    document |= changes
    document["sha256"] = own_digest(document)
    text = json.dumps(document, ensure_ascii=False)
    (copy / "panel.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "has format version 2; this program reads version 1"),
        ({"format": "other"}, "not the description of a panel's result"),
        ({"simulated": 1}, "not true or false: 1"),
        ({"title": {"zh": "只有中文"}}, "en"),
        ({"round": "two"}, "not a whole number: two"),
        ({"experts": [{"id": "E01"}]}, "weight"),
        ({"experts": [{"id": "E01", "weight": None}]}, "not a number: null"),
        ({"experts": []}, "expert: E0"),
        ({"experts": [], "most_influential": None}, "expert: E01"),
        ({"most_influential": {"expert": "E01", "node": "9.9", "change": 0.1}}, "node: 9.9"),
        ({"rules": {"suanli": 1, "method": "guess"}}, "rules/method"),
        ({"rules": {"suanli": 1, "methd": "eigenvector"}}, "rules/methd"),
        ({"problem_details": []}, "problems, 0 details"),
        ({"most_influential": {"expert": "E99", "node": "2.1", "change": 0.1}}, "E99"),
        ({"most_influential": {"expert": "E01", "node": "2.1", "change": None}}, "number: null"),
        ({"consensus_word": 1}, "not a text: 1"),
        ({"files": {}}, "digest recorded"),
        ({"framework": {"id": "cpdi-1.0"}}, "cpdi-2.0"),
    ],
)
def test_a_forged_description_is_refused(copy, changes, message):
    rewritten(copy, **changes)
    with pytest.raises(ResultError, match=message):
        load_panel_result(copy)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("weights.csv", b"\n2.1,", b"\n9.9,", "node: 9.9"),
        ("experts.csv", b"E01", b"E99", "expert: E99"),
        ("experts.csv", b"true", b"maybe", "maybe"),
        ("priorities.csv", b",2.1,", b",9.9,", "item: 9.9"),
        ("repairs.csv", b"expert,", b"experts,", "the columns are experts"),
    ],
)
def test_a_forged_table_is_refused(copy, name, old, new, message):
    data = (copy / name).read_bytes()
    assert old in data
    changed = data.replace(old, new, 1)
    (copy / name).write_bytes(changed)
    files = json.loads((copy / "panel.json").read_text(encoding="utf-8"))["files"]
    files[name] |= {"sha256": digest(changed)}
    rewritten(copy, files=files)
    with pytest.raises(ResultError, match=message) as caught:
        load_panel_result(copy)
    assert caught.value.problems[0].place.file == name


def test_a_panel_without_proposals_or_draws_comes_back(tmp_path):
    told = samples.result_of(samples.panel(names=["一"], rounds=1, uncertainty={"draws": 0}))
    save_panel_result(told, tmp_path / "weights")
    loaded = load_panel_result(tmp_path / "weights")
    assert loaded.about == told.about
    assert loaded.about.level is None
