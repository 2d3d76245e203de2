import json
import shutil

import pytest

from suanli.cli.run import changes_of
from suanli.cli.usage import WrongUsage
from suanli.intake import bundled_study


@pytest.fixture
def study(tmp_path):
    return shutil.copytree(bundled_study("open-1.0"), tmp_path / "研究")


def test_result_is_in_the_study(suanli, study):
    answer = suanli("run", study, language="zh")
    assert answer.code == 0
    assert str(study / "result") in answer.out.replace("\n", "")
    assert (study / "result" / "result.json").is_file()
    assert suanli("show", study, "--top", "1").code == 0


def test_simulated_json_and_change(suanli, study, tmp_path):
    path = study / "study.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("simulated: false", "simulated: true"),
        encoding="utf-8",
    )
    out = tmp_path / "z"
    answer = suanli(
        "run", study, "--change", "normalisation/method=z-score", "--out", out, "--json"
    )
    found = json.loads(answer.out)
    assert found["simulated"] is True
    assert found["result"] == str(out)
    assert len(found["ranking"]) == 31
    assert "SIMULATED DATA" in suanli("show", out).out


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "反推权重：由已公布的位次"), ("en", "Fitted weights: derived from")],
)
def test_fitted_weights_are_told_on_every_screen(suanli, study, open_saved, language, words):
    for command in (("run", study), ("show", study), ("show", study, "--region", "贵州")):
        assert words not in suanli(*command, language=language).out
    codes = ("O1", "O2", "O3", "O4")
    rows = "".join(f"{code},{1 / len(codes)!r},fitted\n" for code in codes)
    (study / "weights.csv").write_text(f"node,weight,origin\n{rows}", encoding="utf-8")
    with (study / "study.yaml").open("a", encoding="utf-8") as declared:
        declared.write("\nweights: weights.csv\n")
    for command in (("run", study), ("show", study), ("show", study, "--region", "贵州")):
        answer = suanli(*command, language=language)
        assert words in answer.out, answer.err
        assert json.loads(suanli(*command, "--json").out)["fitted"] is True


def test_weights_taken_on_from_a_result_keep_their_marks(suanli, study, tmp_path):
    second = shutil.copytree(study, tmp_path / "second")
    for folder in (study, second):
        with (folder / "study.yaml").open("a", encoding="utf-8") as declared:
            declared.write("\nweights: weights.csv\n")
    codes = ("O1", "O2", "O3", "O4")
    rows = "".join(f"{code},0.25,true,fitted\n" for code in codes)
    (study / "weights.csv").write_text(f"node,weight,simulated,origin\n{rows}", encoding="utf-8")
    assert suanli("run", study).code == 0
    shutil.copy(study / "result" / "weights.csv", second / "weights.csv")
    told = json.loads(suanli("run", second, "--json").out)
    assert (told["simulated"], told["fitted"]) == (True, True)


def test_a_folder_of_something_else_is_refused_and_kept(suanli, study, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.docx").write_bytes(b"years of work")
    answer = suanli("run", study, "--out", mine, language="zh")
    assert answer.code == 1
    assert "未作任何改动" in answer.err
    assert [path.read_bytes() for path in mine.iterdir()] == [b"years of work"]


def test_a_change_that_leads_nowhere(suanli, study):
    answer = suanli("run", study, "--change", "normalisation/methd=rank")
    assert answer.code == 1
    assert "normalisation/methd" in answer.err


def test_changes_of():
    declared = ("a/b=1.5", "c=[1, 2]", "d=x=y", "e=")
    assert changes_of(declared, "en") == {"a/b": 1.5, "c": [1, 2], "d": "x=y", "e": None}


@pytest.mark.parametrize(
    "word",
    [
        "a",
        "=1",
        "a=[",
        "a=!!python/object:os.system x",
        "a=2020-13-45",
        f"a={'[' * 1000}{']' * 1000}",
    ],
)
def test_not_a_change(word):
    with pytest.raises(WrongUsage, match="PATH=VALUE"):
        changes_of((word,), "en")


def test_an_engine_may_be_named(suanli, record_study, tmp_path):
    out = tmp_path / "result"
    answer = suanli("run", record_study, "--engine", "duckdb", "--out", out, language="zh")
    assert answer.code == 0
    assert (out / "measures.csv").stat().st_size > 1000
    assert suanli("run", record_study, "--engine", "abacus").code == 2
