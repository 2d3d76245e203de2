"""A study as a whole: what is kept of every value, what is told, and that the same folder gives the same study."""

import hashlib
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from suanli.intake import bundled_study, check_study, read_study
from suanli.intake.reading.observed import SCHEMA
from suanli.problems import Severity, StudyError, errors
from tests.unit.intake.studies import DATA, check, codes, of_code, value, write_study
from tests.unit.intake.workbooks import workbook

PLAIN = (DATA / "pass_wide.csv").read_text(encoding="utf-8")


def test_a_study_that_reads_has_no_errors_and_one_that_does_not_raises_them_all(tmp_path):
    good = write_study(tmp_path / "good", {"data.csv": PLAIN})
    assert errors(read_study(good).problems) == ()
    assert read_study(str(good)).grid.values.shape == (2, 3, 5)
    bad = write_study(
        tmp_path / "bad", {"data.csv": PLAIN.replace("1.35", "x").replace("天津", "天井")}
    )
    with pytest.raises(StudyError, match="“x” is not a number") as caught:
        read_study(bad)
    assert {"not-a-number", "region-unknown-close"} <= codes(caught.value.problems, Severity.ERROR)


def test_observations_are_in_the_order_of_the_study_with_everything_known_of_them(tmp_path):
    study, _ = check(tmp_path / "study", {"data.csv": PLAIN})
    assert dict(study.observations.schema) == dict(SCHEMA)
    assert study.observations.null_count().sum_horizontal().item() == 0
    keys = study.observations.select("period", "region_code", "code").rows()
    codes_in_order = ["gdp", "people", "A.1", "A.2", "B.1"]
    expected = [
        (period, region, code)
        for period in ("2022", "2023")
        for region in ("110000", "120000", "310000")
        for code in codes_in_order
    ]
    assert keys == expected
    assert study.grid.codes == tuple(codes_in_order)


def test_the_same_folder_gives_the_same_study(tmp_path):
    folder = write_study(tmp_path / "study", {"data.csv": PLAIN})
    first, second = read_study(folder), read_study(folder)
    assert first.observations.equals(second.observations)
    np.testing.assert_array_equal(first.grid.values, second.grid.values)
    assert first.problems == second.problems
    assert first.inputs == second.inputs


def test_every_file_read_is_listed_with_its_hash_and_size(tmp_path):
    folder = write_study(tmp_path / "study", {"data.csv": PLAIN})
    listed = {each.path: each for each in read_study(folder).inputs}
    assert list(listed) == ["study.yaml", "framework.yaml", "data.csv"]
    content = (folder / "data.csv").read_bytes()
    assert listed["data.csv"].sha256 == hashlib.sha256(content).hexdigest()
    assert listed["data.csv"].bytes == len(content)


def test_provenance_comes_from_the_line_before_the_file(tmp_path):
    text = (
        "地区,指标代码,数值,单位,性质,来源,日期\n"
        "北京,B.1,8,EB,官方发布,统计年鉴,2023-06-30\n天津,B.1,4,EB,estimated,,\n上海,B.1,7,EB,,,\n"
    )
    entry = {"file": "d.csv", "origin": "imputed", "source": "调查", "date": "2022"}
    study, _ = check(tmp_path / "study", {"d.csv": text}, periods=[2022], data=[entry])
    rows = study.observations.select("origin", "source", "date").rows()
    assert rows == [
        ("official", "统计年鉴", "2023-06-30"),
        ("estimated", "调查", "2022"),
        ("imputed", "调查", "2022"),
    ]
    assert study.simulated is False


@pytest.mark.parametrize(
    ("declared", "entry", "line", "origin", "simulated"),
    [
        (None, {}, "", "reported", False),
        (True, {}, "", "simulated", True),
        (True, {"origin": "official"}, "", "official", True),
        (None, {"origin": "simulated"}, "", "simulated", True),
        (None, {"origin": "official"}, "模拟数据", "simulated", True),
    ],
)
def test_made_up_values_mark_the_study(tmp_path, declared, entry, line, origin, simulated):
    files = {"d.csv": f"地区,A.1,数据性质\n单位,1,\n北京,1.2,{line}\n"}
    data = [{"file": "d.csv", **entry}]
    study, _ = check(tmp_path / "study", files, periods=[2022], simulated=declared, data=data)
    assert (study.observations["origin"].item(), study.simulated) == (origin, simulated)


def test_files_of_every_format_make_one_study(tmp_path):
    text = "地区,年份,指标代码,数值,单位\n北京,2022,gdp,41540,亿元\n"
    files = {"a.xlsx": workbook(), "b.csv": text}
    study, _ = check(tmp_path / "study", files, data=[{"file": "a.xlsx"}, {"file": "b.csv"}])
    assert value(study, "110000", "2022", "gdp") == 41540
    assert value(study, "110000", "2022", "A.1") == 1.35


def test_a_contradiction_between_files_names_both_cells(tmp_path):
    text = "地区,年份,PUE\n单位,,1\n上海,2023,1.34\n"
    files = {"a.xlsx": workbook(), "b.csv": text}
    study, problems = check(tmp_path / "study", files, data=[{"file": "a.xlsx"}, {"file": "b.csv"}])
    assert study is None
    (problem,) = of_code(problems, "value-contradicted")
    assert str(problem.place) == "b.csv · line 3 · 310000 · 2023 · A.1"
    assert problem.message("en") == (
        "One region, period and indicator has two different values: “1.34”, and “1.33” in a.xlsx · 数据 · C8."
    )
    assert (
        problem.message("zh")
        == "同一地区、评价期、指标有两个不同的数值：“1.34”与 a.xlsx · 数据 · C8 的“1.33”。"
    )


def test_equal_amounts_in_different_units_are_no_contradiction(tmp_path):
    text = "地区,指标代码,数值,单位\n北京,B.1,8,EB\n北京,B.1,80,亿GB\n"
    study, problems = check(tmp_path / "study", {"data.csv": text}, periods=[2022])
    assert study.observations.height == 1
    assert len(of_code(problems, "value-repeated")) == 1


def test_very_many_problems_are_counted_not_listed_and_none_is_lost(tmp_path):
    lines = "".join(f"北京,A.1,x{n},1\n" for n in range(300))
    _, problems = check(
        tmp_path / "study", {"data.csv": "地区,指标代码,数值,单位\n" + lines}, periods=[2022]
    )
    assert len(of_code(problems, "not-a-number")) == 100
    (rest,) = of_code(problems, "more-of-the-same")
    assert rest.severity is Severity.ERROR
    assert rest.message("en") == (
        "This kind of problem occurs 300 times in the file; 100 are listed and 200 left out."
    )
    assert rest.message("zh") == "同类问题在此文件中共有 300 处，以上列出 100 处，其余 200 处从略。"


def test_an_unknown_region_is_told_once_with_its_first_cell(tmp_path):
    text = PLAIN + "北就,2022,1.35,61,8.1,41540,2184\n北就,2023,1.35,61,8.1,41540,2184\n"
    _, problems = check(tmp_path / "study", {"data.csv": text})
    (problem,) = of_code(problems, "region-unknown-close")
    assert (problem.place.cell, problem.details["lines"]) == ("line 9", 2)


def test_an_ambiguous_region_is_told_with_its_candidates(tmp_path):
    files = {"data.csv": "地区,PUE\n单位,1\n吉林,1.2\n"}
    _, problems = check(tmp_path / "study", files, regions="prefectures", periods=[2022])
    (problem,) = of_code(problems, "region-ambiguous")
    assert "220200" in problem.message("zh")


def test_columns_may_be_named_in_study_yaml(tmp_path):
    text = "园区,region,统计口径年,what,how much,measure\n北京,x,2022,A.1,1.2,1\n"
    columns = {
        "region": "园区",
        "period": "统计口径年",
        "code": "what",
        "value": "How  Much",
        "unit": "measure",
    }
    entry = {"file": "data.csv", "columns": columns, "layout": "long"}
    study, problems = check(tmp_path / "study", {"data.csv": text}, data=[entry])
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "110000", "2022", "A.1") == 1.2


def test_a_column_named_in_study_yaml_must_exist(tmp_path):
    entry = {"file": "data.csv", "columns": {"period": "年分"}}
    _, problems = check(tmp_path / "study", {"data.csv": PLAIN}, data=[entry])
    (problem,) = of_code(problems, "column-absent")
    assert problem.message("zh") == "columns 中为 period 指定的列“年分”不存在。"
    assert problem.expected == "地区, 年份, A.1, A.2, B.1, gdp, people"


def test_a_layout_that_the_file_has_not_is_refused(tmp_path):
    entry = {"file": "data.csv", "layout": "long"}
    _, problems = check(tmp_path / "study", {"data.csv": PLAIN}, data=[entry])
    assert {problem.found for problem in of_code(problems, "field-missing")} == {"code", "value"}


def test_a_period_for_the_whole_file(tmp_path):
    files = {"a.csv": "地区,PUE\n单位,1\n北京,1.2\n", "b.csv": "地区,PUE\n单位,1\n北京,1.1\n"}
    data = [{"file": "a.csv", "period": 2022}, {"file": "b.csv", "period": "2023"}]
    study, _ = check(tmp_path / "study", files, data=data)
    assert study.grid.values[:, 0, 0].tolist() == [1.2, 1.1]


def test_a_name_of_two_codes_is_ambiguous_unless_a_code_settles_it(tmp_path):
    framework = (DATA / "framework.yaml").read_text(encoding="utf-8")
    framework = framework.replace(
        "{zh: 常住人口, en: Residents}", "{zh: 移动互联网流量, en: Residents}"
    )
    files = {"two.yaml": framework, "data.csv": "地区,移动互联网流量\n单位,EB\n北京,8\n"}
    _, problems = check(tmp_path / "study", files, framework="two.yaml", periods=[2022])
    (problem,) = of_code(problems, "name-ambiguous")
    assert problem.expected == "people, B.1"
    files["data.csv"] = "地区,移动互联网流量\n代码,B.1\n单位,EB\n北京,8\n"
    study, _ = check(tmp_path / "study", files, framework="two.yaml", periods=[2022])
    assert study.grid.codes == ("B.1",)


def test_an_unknown_indicator_is_told_with_the_nearest_name(tmp_path):
    text = PLAIN.replace("A.2", "上架律")
    _, problems = check(tmp_path / "study", {"data.csv": text})
    (problem,) = of_code(problems, "name-unknown")
    assert str(problem.place) == "data.csv · line 1"
    assert problem.message("zh") == "评价体系 tiny-1.0 中没有“上架律”这一指标或变量。"
    assert problem.action("zh") == "相近的有：上架率 (A.2)；与评价无关的列请删去。"
    assert problem.message("en") == "The framework tiny-1.0 has no indicator or variable “上架律”."


def test_an_indicator_that_can_be_computed_lacks_no_data(tmp_path):
    study, problems = check(tmp_path / "study", {"data.csv": PLAIN})
    assert study is not None
    assert of_code(problems, "indicator-without-data") == []
    without = "\n".join(line.rpartition(",")[0] for line in PLAIN.splitlines())
    _, problems = check(tmp_path / "other", {"data.csv": without})
    (warning,) = of_code(problems, "indicator-without-data")
    assert (warning.place.code, warning.found) == ("B.2", "people")


def test_the_bundled_study_reads_without_errors():
    study, problems = check_study(bundled_study("open-1.0"))
    assert errors(problems) == ()
    assert study.grid.values.shape[:2] == (6, 31)
    assert value(study, "110000", "2018", "gdp") == 35161.4
    # no figure is published: it stays a gap and is never 0
    assert np.isnan(
        study.grid.values[
            :, study.grid.regions.index("540000"), study.grid.codes.index("software_revenue")
        ]
    ).all()


def test_an_unknown_bundled_study_is_named_beside_those_there_are():
    with pytest.raises(KeyError, match=r"no bundled study 'nope'; there are: .*open-1\.0"):
        bundled_study("nope")


def test_reading_changes_nothing_in_the_folder(tmp_path):
    folder = write_study(tmp_path / "study", {"data.csv": PLAIN})
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    check_study(folder)
    assert {
        path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    } == before


def test_observations_agree_with_the_grid(tmp_path):
    study, _ = check(tmp_path / "study", {"data.csv": PLAIN})
    cell = study.observations.filter(pl.col("region_code") == "120000", period="2023", code="A.2")
    assert cell["value"].item() == value(study, "120000", "2023", "A.2") == 55


def test_paths_may_be_text_or_path():
    assert isinstance(bundled_study("open-1.0"), Path)
