import pytest

from suanli.cli.demo import check_demo_folder, copy_study
from suanli.intake import bundled_study
from suanli.problems import ResultError


def test_demo_writes_results_and_a_study_to_change(suanli, tmp_path):
    folder = tmp_path / "演示"
    answer = suanli("demo", "--out", folder, language="zh")
    assert answer.code == 0
    assert "四、固定阈值下的可比得分" in answer.out
    assert sorted(path.name for path in folder.iterdir()) == ["annual", "fixed", "study"]
    mine = folder / "study" / "study.yaml"
    mine.write_text(mine.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert suanli("demo", "--out", folder).code == 0
    assert mine.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(ResultError, match=r"thesis\.docx"):
        check_demo_folder(tmp_path)


def test_a_former_demonstration_or_nothing_is_not(tmp_path):
    check_demo_folder(tmp_path / "no")
    for name in ("annual", "study", ".DS_Store"):
        (tmp_path / name).mkdir()
    check_demo_folder(tmp_path)


def test_study_is_copied_once(tmp_path):
    copy_study(bundled_study("open-1.0"), tmp_path / "s")
    (tmp_path / "s" / "study.yaml").write_text("mine", encoding="utf-8")
    copy_study(bundled_study("open-1.0"), tmp_path / "s")
    assert (tmp_path / "s" / "study.yaml").read_text(encoding="utf-8") == "mine"
