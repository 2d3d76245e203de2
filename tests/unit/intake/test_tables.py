"""What is said of many problems, and of their places."""

from suanli.intake.reading.tables import MOST_DESCRIBED, capped_by_kind, cells_words, place_words
from suanli.problems import Place, Problem, Severity


def problem(code, file, number=0):
    return Problem(code, Severity.ERROR, Place(file=file, cell=f"line {number}"))


def test_each_kind_of_problem_in_a_file_is_counted_beyond_the_first():
    many = [problem("matrix-date", "a", number) for number in range(MOST_DESCRIBED + 3)]
    few = [problem("matrix-self", "a"), problem("matrix-date", "b")]
    found = capped_by_kind([many[0], *few, *many[1:]])
    assert found[:3] == [many[0], *few]
    assert len(found) == MOST_DESCRIBED + 2 + 1
    assert (found[-1].code, found[-1].found, found[-1].place.file) == ("more-of-the-same", "3", "a")
    assert capped_by_kind(few) == few


def test_places_are_said_in_both_languages():
    place = Place(file="a.xlsx", sheet="判断", cell="C7")
    assert place_words("place", place) == {"place_zh": str(place), "place_en": str(place)}
    assert place_words("at", Place(cell="row 3")) == {"at_zh": "第 3 行", "at_en": "row 3"}


def test_at_most_five_cells_are_named_each_once():
    words = cells_words("cells", ["B1", "B1", *(f"line {n}" for n in range(1, 7))])
    assert words["cells_zh"].startswith("B1、第 1 行、")
    assert words["cells_en"] == "B1, line 1, line 2, line 3, line 4 …"
