"""study.yaml: every fault at once, each with its path and line."""

import pytest

from suanli.intake import check_study
from suanli.intake.declaration import Declaration, Stated
from suanli.intake.declared import check_periods
from suanli.problems import Severity
from tests.unit.intake.studies import check, codes, of_code, write_study

CSV = {
    "data.csv": "地区,年份,PUE\n单位,,1\n北京,2022,1.2\n北京,2023,1.2\n天津,2022,1.3\n上海,2023,1.4\n"
}


def faults(tmp_path, **changed):
    study, problems = check(tmp_path / "study", CSV, **changed)
    assert study is None
    return {
        problem.place.path: problem for problem in problems if problem.severity is Severity.ERROR
    }


def test_years_are_text_whether_quoted_or_not(tmp_path):
    study, _ = check(tmp_path / "study", CSV, periods=[2022, "2023"], as_of=2024)
    assert (study.periods, study.as_of) == (("2022", "2023"), "2024")


def test_defaults_are_the_folder_the_framework_and_official(tmp_path):
    study, _ = check(tmp_path / "my study", CSV)
    assert (study.name, study.title.en, study.mode, study.seed) == (
        "my study",
        "Tiny framework",
        "official",
        0,
    )
    assert (study.as_of, study.simulated, study.weights, dict(study.changes)) == (
        None,
        False,
        None,
        {},
    )


def test_what_is_declared_is_kept(tmp_path):
    changed = {
        "name": "test-1",
        "title": {"zh": "试算", "en": "Trial"},
        "mode": "audit",
        "seed": 7,
        "as_of": "2024-12-31",
        "changes": {"normalisation/method": "z-score"},
    }
    study, _ = check(tmp_path / "study", CSV, **changed)
    assert (study.name, study.title.zh, study.mode, study.seed) == ("test-1", "试算", "audit", 7)
    assert study.as_of == "2024-12-31"
    assert study.framework.normalisation.method == "z-score"


def test_every_fault_is_told_at_once_with_its_path(tmp_path):
    found = faults(
        tmp_path,
        suanli=2,
        mode="strict",
        seed="x",
        simulated="yes",
        as_of="31.12.2024",
        perods=[2022],
        data=[{"file": "data.csv", "layout": "tall", "colums": {}, "origin": "rumour"}],
    )
    assert set(found) == {
        "suanli",
        "mode",
        "seed",
        "simulated",
        "as_of",
        "perods",
        "data[0].layout",
        "data[0].colums",
        "data[0].origin",
    }
    assert found["perods"].expected == "periods"
    assert found["data[0].colums"].expected == "columns"
    assert found["mode"].expected == "official, audit"
    assert found["suanli"].code == "study-format-unknown"
    assert found["as_of"].message("zh") == "“31.12.2024”不是可用的日期。"
    assert found["as_of"].message("en") == "“31.12.2024” is not a date."
    assert found["data[0].origin"].place.cell.startswith("line ")


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"suanli": None}, "suanli", "framework-field-missing"),
        ({"framework": None}, "framework", "framework-field-missing"),
        ({"regions": None}, "regions", "framework-field-missing"),
        ({"data": []}, "data", "study-without-sources"),
        ({"periods": []}, "periods", "framework-list-empty"),
        ({"periods": [2022, "2022"]}, "periods[1]", "period-twice"),
        ({"periods": ["x" * 300]}, "periods[0]", "declaration-too-long"),
        ({"regions": "counties"}, "regions", "framework-choice-unknown"),
        ({"regions": {}}, "regions", "regions-undecided"),
        ({"regions": []}, "regions", "framework-list-empty"),
        ({"regions": [["北京"]]}, "regions[0]", "framework-text-expected"),
        ({"regions": {"files": "x.csv"}}, "regions.files", "framework-field-unknown"),
        ({"name": "a/b"}, "name", "study-name-unusable"),
        ({"title": {"zh": "试算"}}, "title.en", "framework-field-missing"),
        ({"seed": -1}, "seed", "framework-number-range"),
        ({"seed": True}, "seed", "framework-whole-number-expected"),
        ({"data": [{"file": "data.csv"}, {"file": "data.csv"}]}, "data[1].file", "file-twice"),
        ({"framework": "cpdi-9"}, "framework", "study-framework-unknown"),
        ({"regions": ["北京", "天井"]}, "regions", "region-unknown-close"),
        (
            {"changes": {"normalisation/methd": "rank"}},
            "changes.normalisation/methd",
            "framework-change-unknown",
        ),
        ({"data": [{"file": "data.csv", "period": 2021}]}, "data[0].period", "period-unknown"),
        (
            {"data": [{"file": "data.csv", "units": {"PUEE": "1"}}]},
            "data[0].units.PUEE",
            "name-unknown",
        ),
    ],
)
def test_a_fault_is_named_where_it_is(tmp_path, changed, path, code):
    found = faults(tmp_path, **changed)
    assert {each: problem.code for each, problem in found.items()} == {path: code}


def test_an_absent_folder_and_an_absent_study_file_are_told(tmp_path):
    _, problems = check_study(tmp_path / "nowhere")
    assert codes(problems, Severity.ERROR) == {"study-folder-absent"}
    _, problems = check_study(tmp_path)
    assert codes(problems, Severity.ERROR) == {"file-not-found"}


def test_a_key_given_twice_is_refused(tmp_path):
    folder = write_study(tmp_path / "study", CSV)
    with (folder / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("mode: audit\nmode: official\n")
    _, problems = check_study(folder)
    assert codes(problems, Severity.ERROR) == {"framework-key-twice"}


def test_a_faulty_framework_file_is_told_with_its_own_name(tmp_path):
    _, problems = check(
        tmp_path / "study", {**CSV, "mine.yaml": "id: mine\n"}, framework="mine.yaml"
    )
    assert {problem.place.file for problem in problems} == {"mine.yaml"}


def test_faults_of_framework_and_regions_are_told_together(tmp_path):
    found = faults(tmp_path, framework="cpdi-9", regions=["天井"])
    assert set(found) == {"framework", "regions"}


def test_regions_may_come_from_a_file(tmp_path):
    files = {
        "regions.csv": "code,name_zh,name_en\nP1,东园,East Park\nP2,西园,West Park\n",
        "data.csv": "地区,PUE\n东园,1.2\nWest Park,1.3\n",
    }
    study, _ = check(tmp_path / "study", files, regions={"file": "regions.csv"}, periods=[2022])
    assert study.regions.codes == ("P1", "P2")
    assert study.grid.values[0, :, 0].tolist() == [1.2, 1.3]
    assert [each.path for each in study.inputs] == [
        "study.yaml",
        "framework.yaml",
        "regions.csv",
        "data.csv",
    ]


def test_a_list_may_be_of_prefectures(tmp_path):
    files = {"data.csv": "地区,PUE\n苏州,1.2\n杭州市,1.3\n"}
    study, _ = check(tmp_path / "study", files, regions=["苏州市", "330100"], periods=[2022])
    assert study.regions.codes == ("320500", "330100")


def test_faults_in_the_file_of_regions_are_told_by_line(tmp_path):
    files = {**CSV, "regions.csv": "code,name_zh\nP1,东园\nP1,西园\n"}
    _, problems = check(tmp_path / "study", files, regions={"file": "regions.csv"})
    (problem,) = of_code(problems, "region-code-twice")
    assert str(problem.place) == "regions.csv · line 3"


def declared_models(model=Stated):
    for child in model.__subclasses__():
        yield child
        yield from declared_models(child)


def test_every_declared_field_is_documented():
    assert Declaration in set(declared_models())
    for model in declared_models():
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"


def test_absent_files_are_told_with_the_other_faults(tmp_path):
    absent = {"weights": "w.csv", "data": [{"file": "no.csv"}], "regions": {"file": "r.csv"}}
    _, problems = check(tmp_path / "study", CSV, mode="fast", as_of="2024-13-40", **absent)
    assert [problem.place.path or problem.place.file for problem in problems] == [
        "mode",
        "as_of",
        "r.csv",
        "no.csv",
        "w.csv",
    ]
    day = of_code(problems, "day-unusable")[0]
    assert (day.found, day.expected) == ("2024-13-40", "")


def test_absent_files_are_told_with_the_faults_of_the_framework(tmp_path):
    changed = {"framework": "cpdi-9", "weights": "w.csv", "data": [{"file": "no.csv"}]}
    _, problems = check(tmp_path / "study", CSV, **changed)
    assert [problem.code for problem in problems] == [
        "study-framework-unknown",
        "file-not-found",
        "file-not-found",
    ]


@pytest.mark.parametrize("day", ["2023-02-29", "2024-13", "0000"])
def test_days_are_of_the_calendar(tmp_path, day):
    found = faults(tmp_path, as_of=day, data=[{"file": "data.csv", "date": day}])
    assert {problem.code for problem in found.values()} == {"day-unusable"}
    assert set(found) == {"as_of", "data[0].date"}


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2023", "2022"], "[2022, 2023]"),
        (["2023Q4", "2023Q1", "2022Q2"], "[2022Q2, 2023Q1, 2023Q4]"),
        (["2023年10月", "2023年9月"], "[2023年9月, 2023年10月]"),
        (["2024-02-01", "2024-01-31"], "[2024-01-31, 2024-02-01]"),
    ],
)
def test_periods_that_say_when_they_are_must_ascend(periods, expected):
    (problem,) = check_periods(periods)
    assert (problem.code, problem.place.path) == ("periods-out-of-order", "periods")
    assert problem.expected == expected
    assert check_periods(sorted(periods, key=expected.index)) == []


@pytest.mark.parametrize(
    "periods", [["2023年上半年", "2022年全年"], ["b", "a"], ["after", "2022"], ["20231", "20220"]]
)
def test_the_order_of_other_periods_is_the_studys_own(periods):
    assert check_periods(periods) == []
