"""Regions that someone names: what is said of those that are not there speaks of no row of data."""

import pytest

from suanli.problems import RegionError
from suanli.regions import looked_up, prefectures, provinces

SOME = {
    "provinces": provinces().only(["河北", "贵州"]),
    "prefectures": prefectures(),
}


def test_a_region_is_found_in_any_spelling():
    assert looked_up(SOME["provinces"], "Hebei").code == "130000"


@pytest.mark.parametrize(
    ("known", "spelling", "code"),
    [
        ("provinces", "广东", "region-lookup-not-selected"),
        ("provinces", "廊坊", "region-lookup-is-prefecture"),
        ("prefectures", "广东", "region-lookup-is-province"),
        ("provinces", "香港", "region-lookup-not-covered"),
        ("provinces", "全国", "region-lookup-aggregate"),
    ],
)
def test_no_row_is_spoken_of_where_there_is_none(known, spelling, code):
    with pytest.raises(RegionError, match=spelling) as raised:
        looked_up(SOME[known], spelling)
    (problem,) = raised.value.problems
    assert (problem.code, problem.expected) == (code, "")
    assert "该行" not in problem.message("zh") + problem.action("zh")
    assert " row" not in (problem.message("en") + problem.action("en")).lower()
