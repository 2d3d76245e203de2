import pytest

from suanli.cli.new import period_names


@pytest.mark.parametrize("language", ["zh", "en"])
def test_study_is_made(suanli, tmp_path, language):
    folder = tmp_path / "我的 研究"
    answer = suanli(
        "new", folder, "--framework", "cpdi-1.0", "--periods", "2022，2023", language=language
    )
    assert answer.code == 0
    assert f'suanli run "{folder}"' in answer.out
    assert (folder / "data.xlsx").is_file()
    assert '["2022", "2023"]' in (folder / "study.yaml").read_text(encoding="utf-8")


def test_a_framework_of_cities_evaluates_cities(suanli, tmp_path):
    assert suanli("new", tmp_path / "s", "--framework", "ccpe-3.0-city").code == 0
    assert "regions: prefectures" in (tmp_path / "s" / "study.yaml").read_text(encoding="utf-8")


def test_folder_that_is_taken(suanli, tmp_path):
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    answer = suanli("new", tmp_path, "--framework", "cpdi-1.0", language="zh")
    assert answer.code == 1
    assert "没有写入任何文件" in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_period_names():
    assert period_names(" 2022、 ,2023 ,") == ("2022", "2023")
    assert period_names("") == ()
