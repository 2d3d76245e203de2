import pytest

from suanli.cli.demo import check_demo_folder, copy_study, demo_folder
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


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    return tmp_path_factory.mktemp("simulated") / "演示"


def test_demo_of_a_simulated_study(suanli, simulated):
    answer = suanli("demo", "--study", "cpdi-2.0", "--out", simulated, language="zh")
    assert answer.code == 0, answer.err
    assert answer.out.startswith(" 模拟数据 / SIMULATED DATA")
    assert answer.out.count("模拟数据 / SIMULATED DATA") == 1
    for words in (
        "一、评价结果",
        "共 31 个地区，列出前 10 名。",
        "2022 年 16 个指标、31 个地区，应有指标值 496 个，由记录算出 496 个",
        "指标数值：可检验的 28 条事实中，28 条相符。",
        "16 条事实列出的 380 对先后关系中，",
        "报告没有公布权重",
        "/study --region 广东 --indicator 2.1.1.1",
        "/annual --fit",
    ):
        assert words in answer.out.replace("\n      ", " "), words
    assert sorted(path.name for path in simulated.iterdir()) == ["annual", "study"]
    declared = (simulated / "study" / "study.yaml").read_text(encoding="utf-8")
    assert "\nsimulated: true\n" in declared
    assert (simulated / "study" / "records" / "facilities.parquet").is_file()


def test_another_study_is_not_put_beside_the_copy_that_is_there(suanli, simulated):
    copy_study(bundled_study("cpdi-2.0"), simulated / "study")
    before = sorted(simulated.rglob("*"))
    answer = suanli("demo", "--study", "ccpe-3.0", "--out", simulated)
    assert answer.code == 2
    assert "demonstration of another study (cpdi-2.0)" in " ".join(answer.err.split())
    assert sorted(simulated.rglob("*")) == before
    answer = suanli("demo", "--out", simulated, language="zh")
    assert answer.code == 2
    assert "是另一项研究（cpdi-2.0）的演示" in answer.err.replace("\n", "")


def test_an_unknown_study_is_named_beside_those_there_are(suanli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = suanli("demo", "--study", "nope")
    assert answer.code == 2
    assert "no bundled study “nope”; there are: ccpe-3.0, ccpe-3.0-city, cpdi-2.0, open-1.0" in (
        " ".join(answer.err.split())
    )
    assert not list(tmp_path.iterdir())


def test_each_study_has_a_folder_of_its_own():
    assert demo_folder("open-1.0") == "suanli-demo"
    assert demo_folder("ccpe-3.0") == "suanli-demo-ccpe-3.0"
