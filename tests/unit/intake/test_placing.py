"""Columns of spellings: bounded work whatever they hold, and levels that do not fit told."""

import pytest

from suanli.problems import Severity
from tests.unit.intake.studies import DATA, check, codes, of_code, value

HEAD = "地区,指标代码,数值,单位\n"


def read(tmp_path, text, **changed):
    return check(tmp_path / "study", {"data.csv": text}, periods=[2022], **changed)


def test_a_column_of_nonsense_is_given_up(tmp_path):
    text = HEAD + "".join(f"天书第{n}回,A.1,1.2,1\n" for n in range(5_000))
    study, problems = read(tmp_path, text)
    assert study is None
    (problem,) = of_code(problems, "spellings-abandoned")
    assert problem.message("en") == (
        "1000 spellings of this column are not known (of 5000); the rest were not looked at."
    )
    listed = [each for each in problems if each.code.startswith("region-unknown")]
    assert len(listed) == 100


def test_a_column_of_units_that_holds_something_else_is_given_up(tmp_path):
    text = HEAD + "".join(f"北京,A.1,1.2,第{n}号\n" for n in range(10_001))
    _, problems = read(tmp_path, text)
    assert codes(problems, Severity.ERROR) == {"units-many"}


@pytest.mark.parametrize(
    "heading", ["(" * 30_000, "a" + " " * 100_000, "1" * 100_000 + "x", "１，" * 30_000]
)
def test_headings_of_any_length_are_refused(tmp_path, heading):
    _, problems = read(tmp_path, f'地区,"{heading}"\n"{heading}","{heading}"\n')
    assert codes(problems, Severity.ERROR)


def test_a_thousand_known_rows_of_other_regions_are_not_given_up(tmp_path):
    others = "".join(f"重庆,A.1,1.{n},1\n" for n in range(2_000))
    study, problems = read(tmp_path, HEAD + others + "北京,A.1,1.2,1\n")
    assert value(study, "110000", "2022", "A.1") == 1.2
    assert of_code(problems, "region-not-selected")[0].details["lines"] == 2_000


@pytest.mark.parametrize(
    ("level", "regions", "code"),
    [
        ("province", ["苏州市"], "regions-not-provinces"),
        ("prefecture", ["北京"], "regions-not-prefectures"),
        ("province", ["北京"], None),
        ("any", ["苏州市"], None),
    ],
)
def test_regions_of_another_level_than_the_frameworks_are_told(tmp_path, level, regions, code):
    framework = (DATA / "framework.yaml").read_text(encoding="utf-8")
    files = {
        "f.yaml": framework.replace("region_level: any", f"region_level: {level}"),
        "data.csv": f"地区,PUE\n单位,1\n{regions[0]},1.2\n",
    }
    _, problems = check(
        tmp_path / "study", files, framework="f.yaml", regions=regions, periods=[2022]
    )
    found = {each for each in codes(problems, Severity.WARNING) if each.startswith("regions-not")}
    assert found == ({code} if code else set())
