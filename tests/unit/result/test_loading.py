import json
import os
import shutil
from dataclasses import replace

import polars as pl
import pytest

from suanli.problems import ResultError
from suanli.result import load_result, loading, verified_files
from suanli.result.document import own_digest, sealed
from suanli.result.folders import FILES
from suanli.result.tables import MARKS, SCHEMAS, TABLES
from tests.unit.result import samples

VERIFIED = [name for name in FILES if name != "result.xlsx"]


@pytest.fixture
def copy(saved, tmp_path):
    return shutil.copytree(saved, tmp_path / "copy")


def test_a_saved_result_comes_back_the_same(result, saved):
    loaded = load_result(saved)
    for table in (*TABLES, "goalposts"):
        assert getattr(loaded, table).equals(getattr(result, table), null_equal=True)
        assert getattr(loaded, table).schema == pl.Schema(SCHEMAS[table])
    assert loaded.framework == result.framework
    assert loaded.about == result.about
    assert loaded.regions == result.regions
    assert loaded.problems == result.problems


def test_marked_weights_come_back_marked(tmp_path):
    own = {"scale": 0.5, "quality": 0.5}
    result = samples.result(weights=own, simulated_weights=True, fitted=True)
    result.save(tmp_path / "marked")
    loaded = load_result(tmp_path / "marked")
    assert loaded.weights.equals(result.weights, null_equal=True)
    assert loaded.weights.schema == pl.Schema({**SCHEMAS["weights"], **MARKS["weights"]})


def test_weights_of_an_unknown_origin_are_refused(tmp_path):
    own = {"scale": 0.5, "quality": 0.5}
    result = samples.result(weights=own, fitted=True)
    agreed = result.weights.with_columns(pl.col("origin").str.replace("fitted", "agreed"))
    replace(result, weights=agreed).save(tmp_path / "marked")
    with pytest.raises(ResultError, match="origin: agreed"):
        load_result(tmp_path / "marked")


def test_a_loaded_result_saves_to_the_same_bytes(saved, tmp_path):
    load_result(saved).save(tmp_path / "again")
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (saved / name).read_bytes()


def test_results_saved_before_fitted_weights_had_a_mark_are_told_by_their_note(tmp_path):
    fitted = samples.result(weights={"scale": 0.5, "quality": 0.5}, fitted=True)
    for result in (fitted, samples.result()):
        folder = tmp_path / result.about.weights_note.en[:6]
        result.save(folder)
        manifest = json.loads((folder / "result.json").read_bytes())
        assert manifest.pop("fitted") is result.about.fitted
        del manifest["sha256"]
        (folder / "result.json").write_bytes(sealed(manifest))
        assert load_result(folder).about == result.about


def test_the_same_study_gives_the_same_bytes(saved, tmp_path):
    samples.result().save(tmp_path / "again")
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (saved / name).read_bytes()


@pytest.mark.parametrize("name", VERIFIED)
def test_a_changed_file_is_named(copy, name):
    data = (copy / name).read_bytes()
    seed = data.replace(b'"seed": 11', b'"seed": 12')
    (copy / name).write_bytes(seed if name == "result.json" else data[:-2] + b"?\n")
    with pytest.raises(ResultError, match="digest recorded") as caught:
        load_result(copy)
    assert caught.value.problems[0].place.file == name


@pytest.mark.parametrize("name", VERIFIED)
def test_a_truncated_file_is_named(copy, name):
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(ResultError, match=r"digest recorded|not the description") as caught:
        load_result(copy)
    assert caught.value.problems[0].place.file == name


@pytest.mark.parametrize("name", VERIFIED)
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(ResultError, match="missing from the result folder") as caught:
        load_result(copy)
    assert caught.value.problems[0].place.file == name


def test_the_workbook_may_change(copy):
    (copy / "result.xlsx").write_bytes(b"opened and saved by a person")
    assert load_result(copy).about.name == "small"


def test_no_folder_is_no_result(tmp_path):
    with pytest.raises(ResultError, match="no such result folder"):
        load_result(tmp_path / "nothing")


def test_a_pipe_in_place_of_a_file_does_not_hang(copy):
    (copy / "scores.csv").unlink()
    os.mkfifo(copy / "scores.csv")
    with pytest.raises(ResultError, match="not an ordinary file"):
        load_result(copy)


def test_a_giant_manifest_is_refused_unread(copy):
    with (copy / "result.json").open("r+b") as file:
        file.truncate(65 << 20)
    with pytest.raises(ResultError, match="more than the limit"):
        load_result(copy)


def rewritten(copy, **changes):
    """Change result.json with a digest that fits, as someone with ill will would."""
    document = json.loads((copy / "result.json").read_text())
    document.pop("sha256")
    document |= changes
    document["sha256"] = own_digest(document)
    (copy / "result.json").write_text(json.dumps(document, ensure_ascii=False))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 4}, "has format version 4; this program reads version 3"),
        ({"version": 2}, "has format version 2; this program reads version 3"),
        ({"format": "other"}, "not the description of a Suanli result"),
        ({"seed": "eleven"}, "not a whole number: eleven"),
        ({"simulated": 1}, "not true or false: 1"),
        ({"title": {"zh": "只有中文"}}, "en"),
        ({"mode": "fast"}, "mode: fast"),
        ({"periods": []}, "periods"),
        ({"regions": [{"code": "x"}]}, "zh"),
        ({"goalposts": [{"period": "2021", "indicator": "x", "low": "0", "high": 1}]}, "number: 0"),
        ({"problem_details": []}, "1 problems, 0 details"),
        ({"inputs": {}}, "not a list"),
        ({"files": {}}, "digest recorded"),
    ],
)
def test_a_forged_manifest_is_refused(copy, changes, message):
    rewritten(copy, **changes)
    with pytest.raises(ResultError, match=message):
        load_result(copy)


def forged(copy, name, data):
    from suanli.result.reading import digest

    (copy / name).write_bytes(data)
    files = json.loads((copy / "result.json").read_text())["files"]
    files[name] |= {"sha256": digest(data)}
    rewritten(copy, files=files)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("scores.csv", b"110000", b"999999", "region_code: 999999"),
        ("scores.csv", b",index,", b",thing,", "node: thing"),
        ("weights.csv", b"0.6", b"six", "six"),
        ("weights.csv", b"node,", b"nodes,", "the columns are nodes"),
        ("indicators.csv", b"official", b"guessed", "origin: guessed"),
        ("indicators.csv", b"official", b"missing", "110000, 2021, compute, missing"),
        ("changes.csv", b",data,", b",fate,", "factor: fate"),
        ("changes.csv", b"2021", b"1921", "period_from: 1921"),
        ("contributions.csv", b"\n110000", b"\n", "contributions.csv"),
        ("problems.csv", b"warning", b"grave", "grave"),
        ("framework.yaml", b'id: "small-1.0"', b'id: "other-1.0"', "other-1.0"),
        ("framework.yaml", b"min-max", b"most", "most"),
        ("framework.yaml", b"min-max", b"\xff", "not UTF-8"),
    ],
)
def test_a_forged_table_is_refused(copy, name, old, new, message):
    data = (copy / name).read_bytes()
    assert old in data
    forged(copy, name, data.replace(old, new, 1))
    with pytest.raises(ResultError, match=message) as caught:
        load_result(copy)
    assert caught.value.problems[0].place.file == name


@pytest.mark.parametrize("bomb", [b"[" * 200_000, b"\xff\xfe", b'"text"', b"NaN", b""])
def test_what_is_not_a_manifest_is_refused(copy, bomb):
    (copy / "result.json").write_bytes(bomb)
    with pytest.raises(ResultError, match="not the description of a Suanli result"):
        load_result(copy)


def test_fewer_rows_than_recorded_are_refused(copy):
    lines = (copy / "scores.csv").read_bytes().splitlines(keepends=True)
    forged(copy, "scores.csv", b"".join(lines[:-1]))
    with pytest.raises(ResultError, match="form of a result: 191") as caught:
        load_result(copy)
    assert caught.value.problems[0].expected == "192"


def test_a_save_meanwhile_is_read_as_a_whole(copy, monkeypatch):
    """The folder is replaced between two reads: what is loaded is the new result, not a mixture."""
    grid = samples.grid(samples.small(), samples.some_regions(), seed=8)
    other = samples.result(grid=grid, seed=12)
    read, saves = loading.file_bytes, []

    def reading(folder, name, *problems):
        if name == "scores.csv" and not saves:
            saves.append(name)
            other.save(copy)
        return read(folder, name, *problems)

    for module in (loading, verified_files):
        monkeypatch.setattr(module, "file_bytes", reading)
    assert load_result(copy).about.seed == 12
    assert saves == ["scores.csv"]


def test_a_folder_that_stays_is_read_once(copy, monkeypatch):
    (copy / "scores.csv").write_bytes(b"")
    read, names = loading.file_bytes, []

    def reading(folder, name, *problems):
        names.append(name)
        return read(folder, name, *problems)

    for module in (loading, verified_files):
        monkeypatch.setattr(module, "file_bytes", reading)
    with pytest.raises(ResultError, match=r"scores\.csv"):
        load_result(copy)
    assert names.count("result.json") == 1
