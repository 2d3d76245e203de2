"""Where bytes stop being text."""

import pytest

from suanli.intake.encodings import Torn, torn
from suanli.intake.records.digest import digest
from tests.unit.intake.studies import check

CHINESE = "甲,乙\n上,下\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_line_is_counted_in_text_and_not_in_bytes(encoding):
    sound = (CHINESE * 3).encode(encoding)
    assert torn([sound], encoding) is None
    end = b"\x00\x00" if encoding == "utf-16" else b"\0"
    in_pieces = [bytes([byte]) for byte in sound + end]
    assert torn([sound + end], encoding) == torn(in_pieces, encoding) == Torn(7, "0x00")


def test_a_text_that_ends_within_a_character_is_torn_there():
    assert torn([CHINESE.encode()[:-2]], "utf-8") == Torn(2, "0xE4")


@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (b"id\nA\nA\xff\xfeT,1\n", 3, "0xFF"),
        (b"id\nA\n\0\n", 3, "0x00"),
        # UTF-8 reads no line of it, GB18030 all before the last
        (CHINESE.encode("gb18030") + b"\xff\n", 3, "0xFF"),
        ("\ufeff甲\n".encode("utf-16-be") + b"\xd8\x00", 2, "0xD8"),
    ],
)
def test_the_first_byte_that_is_no_text_is_told_with_its_line(tmp_path, content, line, byte):
    file = tmp_path / "meter_readings.csv"
    file.write_bytes(content)
    none, (problem,) = digest(file, file.name)
    assert none is None
    assert problem.code == "encoding-unknown"
    assert (problem.place.cell, problem.found) == (f"line {line}", byte)
    assert byte in problem.message("zh")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"a,b\n1,\xff\n", "encoding-unknown"), (b"a,b\n1,\0\n", "not-a-text-table")],
)
def test_so_it_is_in_files_of_data(tmp_path, content, code):
    _, problems = check(tmp_path / "study", {"data/a.csv": content}, data=[{"file": "data/a.csv"}])
    (problem,) = [each for each in problems if each.code == code]
    assert problem.place.cell == "line 2"
