"""A file is read once from end to end, and refused if it is not the same all the while."""

import hashlib

import pytest

from suanli.intake.folder import InputFile
from suanli.intake.records import digest as digests
from suanli.intake.records.digest import digest
from tests.unit.intake.records.engine_cases import said, written

TEXT = "meter_id,unit\nM,m³\n"


def test_a_sound_file_is_hashed(tmp_path):
    content = TEXT.encode()
    found, problems = digest(written(tmp_path / "m.csv", content), "records/m.csv")
    assert problems == []
    known = InputFile("records/m.csv", hashlib.sha256(content).hexdigest(), len(content))
    assert (found.file, found.encoding) == (known, "utf-8")


@pytest.mark.parametrize("change", [f"{TEXT}N,t\n", TEXT[:-4]], ids=["grows", "shrinks"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path = written(tmp_path / "m.csv", TEXT)
    chunks = digests._chunks

    def changed(target):
        written(target, change)
        yield from chunks(target)

    monkeypatch.setattr(digests, "_chunks", changed)
    found, problems = digest(path, "records/m.csv")
    assert found is None
    told = [(problem.code, problem.place.file) for problem in said(problems)]
    assert told == [("file-changing", "records/m.csv")]
