import pytest

from suanli.framework import parse


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "阈值取自 2022"), ("en", "goalposts of 2022")]
)
def test_framework_is_written(suanli, open_saved, tmp_path, language, words):
    path = tmp_path / "fixed.yaml"
    answer = suanli("freeze", open_saved, "--period", "2022", "--output", path, language=language)
    assert answer.code == 0
    assert words in answer.out.replace("\n", " ")
    made = parse(path.read_text(encoding="utf-8"))
    assert made.id == "open-1.0-fixed-2022"
    assert made.normalisation.goalposts == "fixed"


def test_a_file_that_exists_is_kept(suanli, open_saved, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("mine", encoding="utf-8")
    answer = suanli("freeze", open_saved, "--output", path, language="zh")
    assert answer.code == 1
    assert "已存在，未作改动" in answer.err
    assert path.read_text(encoding="utf-8") == "mine"


def test_unknown_period(suanli, open_saved, tmp_path):
    answer = suanli("freeze", open_saved, "--period", "1999", "--output", tmp_path / "a")
    assert answer.code == 1
    assert "1999" in answer.err


def test_simulated_is_stamped(suanli, tmp_path):
    from tests.unit.result import samples

    samples.result(simulated=True).save(tmp_path / "r")
    answer = suanli("freeze", tmp_path / "r", "--output", tmp_path / "a.yaml", language="zh")
    assert answer.out.startswith(" 模拟数据 / SIMULATED DATA\n")
    assert "模拟数据" in (tmp_path / "a.yaml").read_text(encoding="utf-8")
