import pytest

from suanli.problems import ResultError
from suanli.regions import everything
from tests.unit.result import samples


@pytest.mark.parametrize("spelling", ["440000", "广东省", "广东", "guangdong", " 广东 "])
def test_a_region_is_found_by_any_of_its_names(result, spelling):
    assert result.region(spelling).code == "440000"


def test_an_unknown_region_names_the_nearest(result):
    with pytest.raises(ResultError, match="no region “广冬省”") as caught:
        result.region("广冬省")
    assert "广东省" in caught.value.problems[0].expected


def test_a_name_of_two_regions_is_ambiguous():
    both = everything().only(["220000", "220200", "110000"])
    framework = samples.small()
    result = samples.result(regions=both, grid=samples.grid(framework, both))
    with pytest.raises(ResultError, match="may be any of several regions: 吉林省"):
        result.region("吉林")


def test_unknown_node_and_period(result):
    with pytest.raises(ResultError, match=r"no node “scales”.*scale"):
        result.ranking("scales")
    with pytest.raises(ResultError, match=r"does not cover the period “2030”.*2021, 2022, 2023"):
        result.ranking(period="2030")


def test_index_is_the_root_whatever_its_code():
    result = samples.result(framework=samples.framework(code="total"))
    assert result.ranking().equals(result.ranking("total"))
    assert (result.node("index"), result.node("scale")) == ("total", "scale")


@pytest.mark.parametrize("name", ["scale", "规模", "Scale"])
def test_a_node_is_found_by_code_or_name(result, name):
    assert result.node(name) == "scale"
    assert result.ranking(name).equals(result.ranking("scale"))
