import pytest

from suanli.cli.simulate import _SIZES, _YEARS
from suanli.simulation import SIZES, study
from suanli.simulation.study import FIRST_YEAR, LAST_YEAR
from tests.unit.simulation.fake_targets import fake_targets


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    def solved(framework_id, year, *, seed):
        return fake_targets(framework_id, year)

    monkeypatch.setattr(study, "targets", solved)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "已生成模拟研究"), ("en", "Made a simulated study")]
)
def test_a_study_is_made(suanli, tmp_path, language, words):
    folder = tmp_path / "模拟 研究"
    answer = suanli("simulate", "cpdi-2.0", "--year", "2022", "--out", folder, language=language)
    assert answer.code == 0, answer.err
    assert words in answer.out
    assert "模拟数据 / SIMULATED DATA" in answer.out
    assert f'suanli run "{folder}"' in answer.out.replace("\n", "")
    assert (folder / "records/server_shipments.parquet").is_file()


def test_size_and_seed_are_passed_on(suanli, tmp_path):
    answer = suanli(
        *("simulate", "ccpe-3.0-city", "--year", "2024", "--size", "medium", "--seed", "9"),
        *("--out", tmp_path / "s"),
    )
    assert answer.code == 0, answer.err
    source = (tmp_path / "s/SOURCE.md").read_text(encoding="utf-8")
    assert "suanli simulate ccpe-3.0-city --year 2024 --size medium --seed 9" in source


def test_folder_that_is_taken(suanli, tmp_path):
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    answer = suanli("simulate", "cpdi-2.0", "--year", "2022", "--out", tmp_path, language="zh")
    assert answer.code == 1
    assert "没有写入任何文件" in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(("framework", "words"), [("open-1.0", "没有模拟数据"), ("ccpe", "ccpe")])
def test_framework_without_simulated_values(suanli, tmp_path, framework, words):
    answer = suanli(
        *("simulate", framework, "--year", "2022", "--out", tmp_path / "s"), language="zh"
    )
    assert answer.code == 1
    assert words in answer.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("year", ["1999", "soon"])
def test_year_that_cannot_be_simulated(suanli, tmp_path, year):
    answer = suanli("simulate", "cpdi-2.0", "--year", year, "--out", tmp_path / "s")
    assert answer.code == 2
    assert "from 2015 to 2035" in answer.err


def test_choices_are_those_of_the_simulation(suanli):
    assert tuple(SIZES) == _SIZES
    assert _YEARS == (FIRST_YEAR, LAST_YEAR)
    for language, words in (("en", "2015 to 2035"), ("zh", "2015至2035年")):
        told = suanli("simulate", "--help", language=language).out
        assert words in " ".join(told.split())
