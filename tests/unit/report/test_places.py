import pytest

from suanli.problems import Place
from suanli.report.places import place_words


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place(), "", ""),
        (Place(file="a.csv", cell="line 1517"), "a.csv · 第 1517 行", "a.csv · line 1517"),
        (Place(cell="lines 2–101"), "第 2–101 行", "lines 2–101"),
        (Place(file="a.xlsx", sheet="算力", cell="C7"), *(["a.xlsx · 算力 · C7"] * 2)),
        (Place(path="children[0]", code="pue"), *(["children[0] · pue"] * 2)),
    ],
)
def test_place_in_words(place, zh, en):
    assert (place_words(place, "zh"), place_words(place, "en")) == (zh, en)
