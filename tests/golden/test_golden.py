"""A whole result folder against the one on record.

When numbers move on purpose, run `make golden` and say why in the changelog.
"""

import csv
import json
from pathlib import Path

import pytest

from suanli.pipeline import run
from suanli.result import load_result

HERE = Path(__file__).parent
EXPECTED = HERE / "result"
TABLES = sorted(path.name for path in EXPECTED.glob("*.csv"))
TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden") / "result"
    run(HERE / "study").save(folder)
    return folder


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(found, expected):
    if found == expected:
        return True
    try:
        return abs(float(found) - float(expected)) <= TOLERANCE * max(1.0, abs(float(expected)))
    except ValueError:
        return False


def test_the_same_files(made):
    assert sorted(path.name for path in made.iterdir()) == sorted(
        [path.name for path in EXPECTED.iterdir()] + ["result.xlsx"]
    )


@pytest.mark.parametrize("name", TABLES)
def test_table(name, made):
    found, expected = rows(made / name), rows(EXPECTED / name)
    assert len(found) == len(expected)
    differing = [
        (line, ours, theirs)
        for line, (ours, theirs) in enumerate(zip(found, expected, strict=True), start=1)
        if len(ours) != len(theirs) or not all(map(same, ours, theirs))
    ]
    assert not differing


def test_framework_as_used(made):
    name = "framework.yaml"
    assert (made / name).read_bytes() == (EXPECTED / name).read_bytes()


# digests follow the last bit of numbers, which the tables compare with a tolerance
DIGESTED = {"files", "sha256", "goalposts"}


def test_manifest(made):
    found, expected = (
        json.loads((folder / "result.json").read_text(encoding="utf-8"))
        for folder in (made, EXPECTED)
    )
    assert list(found) == list(expected)
    for key in found.keys() - DIGESTED:
        assert found[key] == expected[key], key
    assert {name: file.get("rows") for name, file in found["files"].items()} == {
        name: file.get("rows") for name, file in expected["files"].items()
    }


def test_same_bytes_twice(made, tmp_path):
    run(HERE / "study").save(tmp_path / "again")
    for path in made.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_what_was_saved_is_what_is_loaded(made, tmp_path):
    load_result(made).save(tmp_path / "again")
    for path in made.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
