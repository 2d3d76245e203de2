import pytest

from suanli.problems import Severity
from tests.unit.intake.studies import check, codes, of_code

CSV = "地区,PUE\n单位,1\n北京,1.2\n天津,1.3\n上海,1.4\n"
WHOLE = "node,weight\nA,0.7\nB,0.3\nA.1,0.25\nA.2,0.75\nB.1,1\nB.2,0\n"


def read(tmp_path, weights):
    files = {"data.csv": CSV, "weights.csv": weights}
    return check(tmp_path / "study", files, weights="weights.csv", periods=[2022])


@pytest.mark.parametrize(
    "weights", [WHOLE, WHOLE.replace("node,weight", "节点,权重").replace(",", ";"), WHOLE.lower()]
)
def test_weights_are_local_shares_by_node(tmp_path, weights):
    study, problems = read(tmp_path, weights)
    assert codes(problems, Severity.ERROR) == set()
    assert dict(study.weights) == {
        "A": 0.7,
        "B": 0.3,
        "A.1": 0.25,
        "A.2": 0.75,
        "B.1": 1.0,
        "B.2": 0.0,
    }
    assert "weights.csv" in {each.path for each in study.inputs}


def test_a_group_left_out_keeps_the_frameworks_weights_and_is_noted(tmp_path):
    study, problems = read(tmp_path, "node,weight\nA,0.7\nB,0.3\n")
    assert dict(study.weights) == {"A": 0.7, "B": 0.3}
    assert [note.found for note in of_code(problems, "weights-of-framework")] == ["A, B"]


def test_the_weights_of_a_result_serve(tmp_path):
    text = "node,parent,level,local_weight,global_weight\nindex,,0,1,1\nA,index,1,0.7,0.7\nB,index,1,0.3,0.3\n"
    study, problems = read(tmp_path, text)
    assert codes(problems, Severity.ERROR) == set()
    assert dict(study.weights) == {"A": 0.7, "B": 0.3}


@pytest.mark.parametrize(
    ("weights", "code", "found"),
    [
        ("node,weight\nA,0.7\nB,0.2\n", "weights-sum", "0.9"),
        ("node,weight\nA,0.7\nB,0.3000001\n", "weights-sum", "1.0000001"),
        ("node,weight\nA,70\nB,30\n", "weights-sum", "100"),
        ("node,weight\nA,1\n", "weights-incomplete", "B"),
        ("node,weight\nA,70%\nB,30%\n", "weights-percent", "70%"),
        ("node,weight\nA,-1\nB,2\n", "weights-not-a-number", "-1"),
        ("node,weight\nA,nan\nB,1\n", "weights-not-a-number", "nan"),
        ("node,weight\nA,\nB,1\n", "weights-not-a-number", "–"),
        ("node,weight\nA,0.5\nA,0.5\n", "weights-node-twice", "A"),
        ("node,weight\nA,0.5\nC,0.5\n", "weights-node-unknown", "C"),
        ("node,weight\nroot,1\n", "weights-node-unknown", "root"),
        ("code,share\nA,0.5\n", "weights-headings", "code, share"),
        ("node,weight\nA,0.5,9\n", "row-ragged", "3"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(tmp_path, weights, code, found):
    study, problems = read(tmp_path, weights)
    assert study is None
    assert codes(problems, Severity.ERROR) == {code}
    assert of_code(problems, code)[0].found == found


def test_a_percentage_is_refused_with_advice_in_both_languages(tmp_path):
    _, problems = read(tmp_path, "node,weight\nA,25%\nB,75%\n")
    problem = of_code(problems, "weights-percent")[0]
    assert str(problem.place) == "weights.csv · line 2"
    assert (
        problem.message("zh") + problem.action("zh")
        == "权重“25%”带百分号。请写成小数，例如 25% 写为 0.25。"
    )
    assert problem.message("en") == "The weight “25%” has a percent sign."
    assert problem.action("en") == "Write a fraction, such as 0.25 for 25%."


def test_sums_within_rounding_are_accepted(tmp_path):
    study, _ = read(tmp_path, f"node,weight\nA,{1 / 3}\nB,{2 / 3 + 5e-10}\n")
    assert study is not None


def test_weights_of_a_simulated_panel_make_the_study_simulated(tmp_path):
    text = "node,local_weight,simulated\nA,0.7,1\nB,0.3,1\n"
    study, _ = read(tmp_path, text)
    assert study.simulated
    study, _ = read(tmp_path, text.replace(",1\n", ",0\n"))
    assert not study.simulated


def test_weights_that_say_they_were_fitted_stay_fitted(tmp_path):
    text = "node,weight,origin\nA,0.7,fitted\nB,0.3,fitted\n"
    study, _ = read(tmp_path, text)
    assert study.fitted
    study, _ = read(tmp_path, text.replace(",fitted", ","))
    assert not study.fitted


def test_the_direction_of_an_indicator_is_not_taken_for_an_origin(tmp_path):
    study, problems = read(tmp_path, "node,weight,性质\nA,0.7,正向\nB,0.3,负向\n")
    assert study is not None
    assert of_code(problems, "weights-origin") == []


def test_another_origin_of_weights_is_refused(tmp_path):
    study, problems = read(tmp_path, "node,weight,origin\nA,0.7,agreed\nB,0.3,Agreed\n")
    assert study is None
    (problem,) = of_code(problems, "weights-origin")
    assert (problem.found, problem.expected, problem.place.cell) == ("agreed", "fitted", "line 2")
