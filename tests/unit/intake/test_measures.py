"""Units of files to units of the framework; percentages are never guessed."""

import pytest

from suanli.problems import Severity
from tests.unit.intake.studies import check, codes, of_code, value


def read(tmp_path, text, **entry):
    return check(
        tmp_path / "study", {"d.csv": text}, periods=[2022], data=[{"file": "d.csv", **entry}]
    )


def long(code, amount, unit):
    return f"地区,指标代码,数值,单位\n北京,{code},{amount},{unit}\n"


@pytest.mark.parametrize(
    ("code", "amount", "unit", "expected"),
    [
        ("B.1", "81", "亿GB", 8.1),
        ("B.1", "8100", "PB", 8.1),
        ("B.1", "810000", "万GB", 8.1),
        ("B.1", "1", "EB (2^60 B)", 1.152921504606846976),
        ("gdp", "41540000", "万元", 4154.0),
        ("gdp", "4.154", "万亿元", 41540.0),
        ("people", "21840000", "人", 2184.0),
        ("A.2", "0.61", "1", 61.0),
        ("A.2", "61", "%", 61.0),
        ("A.2", "610", "‰", 61.0),
        ("A.1", "135", "%", 1.35),
    ],
)
def test_values_are_converted_and_the_raw_ones_kept(tmp_path, code, amount, unit, expected):
    study, problems = read(tmp_path, long(code, amount, unit))
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "110000", "2022", code) == pytest.approx(expected, rel=1e-15)
    row = study.observations.row(0, named=True)
    assert (row["raw_value"], row["raw_unit"]) == (amount, unit)


def test_one_column_may_mix_units_by_line(tmp_path):
    text = "地区,指标代码,数值,单位\n北京,B.1,8.1,EB\n天津,B.1,42,亿GB\n上海,B.1,7300,PB\n"
    study, _ = read(tmp_path, text)
    assert study.grid.values[0, :, 0] == pytest.approx([8.1, 4.2, 7.3], rel=1e-15)


def test_fractions_under_percent_are_refused_until_study_yaml_settles_it(tmp_path):
    text = "地区,A.2\n单位,%\n北京,0.61\n天津,0.52\n上海,0\n"
    study, problems = read(tmp_path, text)
    assert study is None
    (problem,) = of_code(problems, "percent-or-fraction")
    assert str(problem.place) == "d.csv · line 3 · A.2"
    assert problem.message("zh") == (
        "单位为“%”，但全部 3 个数值的绝对值均不超过 1（最大为 0.61），无法判断是百分数还是小数。"
    )
    assert problem.action("en") == (
        "State the unit under `units` in study.yaml: “%” if the whole column holds percentages, "
        "“1” if fractions; where it holds both, make it one."
    )
    study, _ = read(tmp_path, text, units={"上架率": "1"})
    assert value(study, "110000", "2022", "A.2") == pytest.approx(61, rel=1e-15)
    study, _ = read(tmp_path, text, units={"A.2": "%"})
    assert value(study, "110000", "2022", "A.2") == 0.61


def test_fractions_without_a_stated_unit_are_refused_too(tmp_path):
    _, problems = read(tmp_path, "地区,A.2\n北京,0.61\n天津,1\n")
    assert codes(problems, Severity.ERROR) == {"percent-or-fraction"}


@pytest.mark.parametrize("values", [("0.61", "1.2"), ("0", "0")])
def test_percentages_above_one_or_all_zero_raise_no_question(tmp_path, values):
    study, _ = read(tmp_path, f"地区,A.2\n单位,%\n北京,{values[0]}\n天津,{values[1]}\n")
    assert value(study, "110000", "2022", "A.2") == float(values[0])


def test_percent_signs_need_no_other_statement(tmp_path):
    study, problems = read(tmp_path, "地区,A.2\n北京,0.61%\n天津,52 %\n上海,６６％\n")
    assert codes(problems, Severity.ERROR) == set()
    assert study.grid.values[0, :, 0].tolist() == [0.61, 52, 66]
    assert study.observations["raw_unit"].to_list() == ["%", "%", "%"]


def test_a_unit_of_study_yaml_against_the_files_is_a_conflict(tmp_path):
    study, problems = read(tmp_path, long("B.1", "8", "EB"), units={"B.1": "亿GB"})
    assert study is None
    (problem,) = of_code(problems, "unit-conflict")
    assert (problem.found, problem.expected, problem.place.cell) == ("EB", "亿GB", "line 2")


def test_units_of_study_yaml_hold_where_the_file_states_none(tmp_path):
    study, problems = read(
        tmp_path, "地区,移动互联网流量\n北京,81\n", units={"mobile traffic": "亿GB"}
    )
    assert value(study, "110000", "2022", "B.1") == pytest.approx(8.1, rel=1e-15)
    assert not of_code(problems, "units-assumed")


def test_one_code_with_two_units_in_study_yaml_is_refused(tmp_path):
    _, problems = read(tmp_path, "地区,B.1\n北京,8\n", units={"B.1": "EB", "移动互联网流量": "PB"})
    assert codes(problems, Severity.ERROR) == {"unit-stated-twice"}


def test_a_column_of_ones_as_units_is_a_row_of_units_only_when_labelled(tmp_path):
    study, _ = read(tmp_path, "地区,A.1\n单位,1\n北京,1.2\n")
    assert value(study, "110000", "2022", "A.1") == 1.2
    _, problems = read(tmp_path, "地区,A.1\n,1\n北京,1.2\n")
    assert codes(problems, Severity.ERROR) == {"region-blank"}


@pytest.mark.parametrize(
    ("code", "amount", "unit", "expected"),
    [("A.2", "0.58", "1", 58.0), ("gdp", "1.1", "万亿元", 11000.0), ("A.2", "5.7e-5", "1", 0.0057)],
)
def test_powers_of_ten_move_the_decimal_point_and_nothing_else(
    tmp_path, code, amount, unit, expected
):
    study, _ = read(tmp_path, long(code, amount, unit))
    assert value(study, "110000", "2022", code) == expected


@pytest.mark.parametrize(
    ("code", "amount", "unit"),
    [("gdp", "9e307", "万亿元"), ("gdp", "5e-324", "万元"), ("gdp", "1e-400", "亿元")],
)
def test_values_that_no_number_holds_are_refused_in_their_cell(tmp_path, code, amount, unit):
    study, problems = read(tmp_path, long(code, amount, unit))
    assert study is None
    assert codes(problems, Severity.ERROR) <= {"number-unrepresentable", "study-without-values"}
    (problem,) = of_code(problems, "number-unrepresentable")
    assert problem.place.cell == "line 2"
    assert amount in problem.found
