import pytest

from suanli.cli import panel_new
from suanli.intake.questionnaires.layout import ELICITATIONS


def test_modes_are_those_there_are():
    assert panel_new.MODES == ELICITATIONS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_panel_of_its_own(suanli, tmp_path, language):
    folder = tmp_path / "专家 组"
    answer = suanli(
        *("panel", "new", folder, "--framework", "open-1.0", "--expert", "2", "--mode", "scores"),
        language=language,
    )
    assert answer.code == 0
    assert f'suanli panel read "{folder}"' in answer.out
    assert sorted(path.name for path in (folder / "questionnaires").iterdir()) == [
        *("E01.xlsx", "E02.xlsx", "printable.xlsx")
    ]
    assert "open-1.0" in (folder / "panel.yaml").read_text(encoding="utf-8")


def test_in_a_study_it_is_a_folder_of_the_study(suanli, tmp_path):
    assert suanli("new", tmp_path / "s", "--framework", "cpdi-2.0").code == 0
    answer = suanli("panel", "new", tmp_path / "s", "--expert", "张三", "--expert", "李四")
    assert answer.code == 0
    assert "`panel: panel`" in answer.out
    assert (tmp_path / "s" / "panel" / "questionnaires" / "张三.xlsx").is_file()


def test_counting_writes_nothing(suanli, tmp_path):
    answer = suanli("panel", "new", tmp_path / "p", "--framework", "ccpe-3.0", "--count")
    assert answer.code == 0
    assert "[pairwise]" in answer.out
    assert " 176 " in answer.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name a framework with --framework"),
        (("--framework", "open-1.0", "--expert", "0"), "from 1 to 500"),
        (("--framework", "open-1.0", "--mode", "guess"), "choose one of pairwise"),
    ],
)
def test_wrong_usage(suanli, tmp_path, arguments, said):
    answer = suanli("panel", "new", tmp_path / "p", *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_taken(suanli, tmp_path):
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    answer = suanli("panel", "new", tmp_path, "--framework", "open-1.0")
    assert answer.code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
