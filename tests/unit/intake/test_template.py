"""The folder of a new study: what is in it, and that it is written whole or not at all."""

import csv
import hashlib
import re
import zipfile

import openpyxl
import pytest
import yaml

from suanli.framework import bundled, parse
from suanli.intake import new_folder
from suanli.intake.study import check_study, read_study
from suanli.intake.template import new_study
from suanli.language import LANGUAGES, Text
from suanli.problems import StudyError
from suanli.regions import custom, everything, prefectures, provinces
from tests.unit.intake.template_frameworks import computed_framework, plain_framework


def declared(folder):
    return yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))


def test_a_study_of_a_bundled_framework_is_two_files(tmp_path):
    files = new_study(tmp_path / "new", bundled("ccpe-3.0"), provinces(), ("2022", "2023"))
    assert [file.name for file in files] == ["data.xlsx", "study.yaml"]
    assert sorted(tmp_path.iterdir()) == [tmp_path / "new"]
    study = declared(tmp_path / "new")
    assert study["suanli"] == 1
    assert study["framework"] == "ccpe-3.0"
    assert study["regions"] == "provinces"
    assert study["periods"] == ["2022", "2023"]
    assert study["data"] == [{"file": "data.xlsx", "origin": "reported"}]
    assert study["title"]["zh"] == bundled("ccpe-3.0").title.zh


def test_a_framework_of_one_s_own_comes_along(tmp_path):
    files = new_study(tmp_path / "new", plain_framework(), prefectures(), ("2023",))
    assert [file.name for file in files] == ["data.xlsx", "framework.yaml", "study.yaml"]
    assert declared(tmp_path / "new")["framework"] == "framework.yaml"
    assert declared(tmp_path / "new")["regions"] == "prefectures"
    assert parse(files[1].read_text(encoding="utf-8")) == plain_framework()


def test_a_bundled_framework_that_was_changed_comes_along(tmp_path):
    changed = bundled("ccpe-3.0").with_changes({"normalisation/method": "z-score"})
    new_study(tmp_path / "new", changed, provinces(), ("2023",))
    assert declared(tmp_path / "new")["framework"] == "framework.yaml"


def test_some_regions_are_listed_by_code_with_their_names_beside(tmp_path):
    some = provinces().only(["上海", "Beijing"])
    new_study(tmp_path / "new", plain_framework(), some, ("2023",))
    assert declared(tmp_path / "new")["regions"] == ["110000", "310000"]
    written = (tmp_path / "new" / "study.yaml").read_text(encoding="utf-8")
    assert '- "310000"  # 上海市 Shanghai' in written


def test_regions_of_several_levels_are_listed_by_code(tmp_path):
    some = everything().only(["110000", "130100"])
    new_study(tmp_path / "new", plain_framework(), some, ("2023",))
    assert declared(tmp_path / "new")["regions"] == ["110000", "130100"]


def test_regions_of_one_s_own_come_along_and_read_back(tmp_path):
    rows = [
        {"code": "P1", "name_zh": "东区", "name_en": "East", "aliases": "E|东"},
        {"code": "P2", "name_zh": "西,区", "name_en": "West"},
    ]
    regions = custom(rows)
    new_study(tmp_path / "new", plain_framework(), regions, ("2023",))
    assert declared(tmp_path / "new")["regions"] == {"file": "regions.csv"}
    with (tmp_path / "new" / "regions.csv").open(encoding="utf-8", newline="") as stream:
        assert custom(csv.DictReader(stream)) == regions


def test_the_study_file_says_what_it_is_in_the_words_of_the_documents(tmp_path):
    new_study(tmp_path / "new", plain_framework(), provinces(), ("2023",), language="zh")
    first, second = (tmp_path / "new" / "study.yaml").read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("# 研究说明。")
    assert second.startswith("# A study.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_explained_in_both_languages(tmp_path, language):
    new_study(tmp_path / "new", plain_framework(), provinces(), ("2023",), language=language)
    lines = (tmp_path / "new" / "study.yaml").read_text(encoding="utf-8").splitlines()
    keys = [place for place, line in enumerate(lines) if line[:1].isalpha()]
    assert len(keys) == 9
    for place in keys:
        comments = [line.startswith("# ") for line in lines[place - 2 : place]]
        chinese = [not line.isascii() for line in lines[place - 2 : place]]
        assert comments == [True, True]
        assert chinese[0 if language == "zh" else 1]


def test_what_may_be_added_stands_there_as_a_comment(tmp_path):
    new_study(tmp_path / "new", plain_framework(), provinces(), ("2023",))
    text = (tmp_path / "new" / "study.yaml").read_text(encoding="utf-8")
    lines = re.findall(r"^# ([a-z_]+: \S.*)$", text, re.MULTILINE)
    added = {key: value for line in lines for key, value in yaml.safe_load(line).items()}
    assert added.keys() == {"as_of", "records", "weights", "panel", "changes"}
    assert added["records"] == {"folder": "records"}


def test_texts_cannot_break_the_study_file(tmp_path):
    title = Text(zh='a: "b" # c\u2028d\x85e', en="- [x]\n%")
    framework = plain_framework().model_copy(update={"title": title})
    new_study(tmp_path / "new", framework, provinces(), ("2023: x",))
    study = declared(tmp_path / "new")
    assert study["title"] == {"zh": title.zh, "en": title.en}
    assert study["periods"] == ["2023: x"]


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    hashes = []
    for name in ("one", "two"):
        files = new_study(tmp_path / name, computed_framework(), provinces(), ("2022", "2023"))
        hashes.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert hashes[0] == hashes[1]


def test_a_full_folder_is_refused_and_left_as_it_was(tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="exists and is not empty; nothing was written"):
        new_study(folder, plain_framework(), provinces(), ("2023",))
    assert [file.name for file in folder.iterdir()] == ["mine.txt"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_file_of_that_name_is_refused(tmp_path):
    (tmp_path / "new").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="exists and is not empty"):
        new_study(tmp_path / "new", plain_framework(), provinces(), ("2023",))
    assert (tmp_path / "new").read_text(encoding="utf-8") == "mine"


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "new").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StudyError, match="exists"):
        new_study(tmp_path / "new", plain_framework(), provinces(), ("2023",))


def test_an_empty_folder_and_missing_parents_will_do(tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "a" / "b"):
        files = new_study(folder, plain_framework(), provinces(), ("2023",))
        assert all(file.is_file() for file in files)


def test_when_writing_fails_nothing_is_left(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_folder.os, "replace", full)
    with pytest.raises(StudyError, match="could not be written: the disk is full"):
        new_study(tmp_path / "new", plain_framework(), provinces(), ("2023",))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("periods", [(), ("2023", "2023"), ("",), (" 2023",)])
def test_periods_must_be_told_apart(tmp_path, periods):
    with pytest.raises(StudyError, match="periods cannot be used"):
        new_study(tmp_path / "new", plain_framework(), provinces(), periods)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_could_not_be_read_back_is_not_written(tmp_path):
    periods = tuple(map(str, range(1000)))
    with pytest.raises(StudyError, match="would be too large: 333,010 × 13"):
        new_study(tmp_path / "new", plain_framework(), prefectures(), periods)
    assert list(tmp_path.iterdir()) == []


def test_the_workbook_of_53_indicators_and_31_provinces_is_small(tmp_path):
    workbook, _ = new_study(tmp_path / "new", bundled("ccpe-3.0"), provinces(), ("2023",))
    assert workbook.stat().st_size < 500_000
    with zipfile.ZipFile(workbook) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_form_is_a_study_without_values(tmp_path):
    new_study(tmp_path / "new", bundled("open-1.0"), provinces(), ("2022", "2023"))
    study, problems = check_study(tmp_path / "new")
    assert study is None
    assert {problem.code for problem in problems if problem.severity == "error"} == {
        "study-without-values"
    }


@pytest.mark.parametrize("make", [plain_framework, computed_framework])
def test_a_form_that_is_filled_in_is_read_as_it_was_filled_in(tmp_path, make):
    regions = provinces().only(["北京", "内蒙古", "新疆"])
    folder = tmp_path / "new"
    workbook = next(
        file for file in new_study(folder, make(), regions, ("2022", "2023"), language="en")
    )
    book = openpyxl.load_workbook(workbook)
    written = {}
    for sheet in book.worksheets[2:-2]:
        for cell in (cell for line in sheet["E6:Z11"] for cell in line):
            code = sheet.cell(2, cell.column).value
            if code not in ("origin", "source", "date", None):
                cell.value = 1 + cell.column / 100 + cell.row / 7
                where = sheet.cell(cell.row, 1).value, sheet.cell(cell.row, 4).value
                written[*where, code] = cell.value
    data, sources = book.worksheets[2], book["来源 Sources"]
    origin = next(cell for cell in data[2] if cell.value == "origin").column
    data.cell(6, origin).value = "official"
    sources["E4"], sources["F4"] = "estimated", "survey"
    book.save(workbook)
    study = read_study(folder)
    read = {
        (row["region_code"], row["period"], row["code"]): row
        for row in study.observations.iter_rows(named=True)
    }
    assert {key: row["value"] for key, row in read.items()} == pytest.approx(written)
    code = sources["A4"].value
    assert read["110000", "2022", code]["origin"] == "official"
    assert read["150000", "2022", code]["origin"] == "reported"
    assert read["150000", "2023", code]["origin"] == "estimated"
    assert read["150000", "2023", code]["source"] == "survey"
    assert study.framework == make()
