"""The bundled framework open-1.0: every indicator from public figures, every stand-in declared."""

import ast
import re
from importlib.resources import files

import pytest

from suanli.framework import bundled, bundled_ids, dump, parse
from suanli.framework.units import converted, is_known

OFFICIAL = {
    "gdp": "亿元",
    "resident_population": "万人",
    "broadband_access_ports": "万个",
    "optical_cable_length": "km",
    "long_distance_cable_length": "km",
    "software_revenue": "亿元",
    "mobile_internet_users": "万户",
    "mobile_internet_traffic": "万GB",
    "fixed_broadband_users": "万户",
    "power_generation": "亿kWh",
    "thermal_power_generation": "亿kWh",
    "ecommerce_sales": "亿元",
    "enterprise_computers": "台",
    "enterprise_websites": "个",
}
# code: unit, variables read, largest value of 2018-2023
INDICATORS = {
    "O1.1.1": ("万个", {"broadband_access_ports"}, 10395.2),
    "O1.1.2": ("km/km²", {"optical_cable_length", "land_area"}, 101.6208),
    "O1.2.1": ("km/km²", {"long_distance_cable_length", "land_area"}, 0.6457),
    "O2.1.1": ("亿元", {"software_revenue"}, 26693.27),
    "O2.2.1": ("台", {"enterprise_computers"}, 11051742),
    "O3.1.1": ("EB", {"mobile_internet_traffic"}, 2.8597),
    "O3.2.1": ("亿元", {"ecommerce_sales"}, 53154),
    "O4.1.1": ("%", {"power_generation", "thermal_power_generation"}, 97.6138),
}
CORRESPONDENCES = {
    "O1.1.1": ("ccpe-3.0", "3.3.1.1", "same"),
    "O1.1.2": ("ccpe-3.0", "3.3.1.2", "stand-in"),
    "O1.2.1": ("ccpe-3.0", "3.3.2.3", "same"),
    "O2.1.1": ("cpdi-2.0", "2.2.3.1", "same"),
    "O2.2.1": ("cpdi-2.0", "2.4.2.1", "stand-in"),
    "O3.1.1": ("cpdi-2.0", "2.5.1.1", "same"),
    "O3.2.1": ("cpdi-2.0", "2.5.2.1", "stand-in"),
    "O4.1.1": ("ccpe-3.0", "3.4.1.4", "stand-in"),
}


@pytest.fixture(scope="module")
def framework():
    return bundled("open-1.0")


def test_indicators_read_what_they_say(framework):
    found = {
        i.code: (
            i.unit,
            {n.id for n in ast.walk(ast.parse(i.expression)) if isinstance(n, ast.Name)},
        )
        for i in framework.indicators()
    }
    assert found == {code: (unit, names) for code, (unit, names, _) in INDICATORS.items()}


def test_variables_are_the_official_ones_and_the_computed_area(framework):
    declared = {variable.code: variable.unit for variable in framework.variables}
    assert declared == OFFICIAL | {"land_area": "km²"}
    assert all(is_known(unit) for unit in declared.values())


def test_variable_and_indicator_codes_do_not_meet(framework):
    assert not {v.code for v in framework.variables} & {i.code for i in framework.indicators()}


def test_nothing_falls_below_zero(framework):
    for variable in framework.variables:
        assert variable.bounds[0] >= 0, variable.code
    for indicator in framework.indicators():
        assert indicator.bounds[0] == 0, indicator.code
    shares = [i for i in framework.indicators() if i.unit == "%"]
    assert [i.bounds for i in shares] == [(0, 100)]


def test_monthly_traffic_comes_out_in_exabytes():
    """Guangdong 2023: 3,431,672.7 万GB in the year are 2.86 EB a month."""
    assert converted(3431672.7 / 12, "万GB", "EB") == pytest.approx(2.85972725, rel=1e-12)


def test_every_indicator_corresponds_to_one_of_the_two_systems(framework):
    found = {c.code: (c.framework, c.other, c.relation) for c in framework.correspondences}
    assert found == CORRESPONDENCES
    for correspondence in framework.correspondences:
        other = bundled(correspondence.framework)
        assert correspondence.other in {i.code for i in other.indicators()}
        assert correspondence.note.zh
        assert correspondence.note.en


def test_same_indicators_have_the_same_direction_and_unit(framework):
    own = {i.code: i for i in framework.indicators()}
    for correspondence in framework.correspondences:
        other = bundled(correspondence.framework).node(correspondence.other)
        indicator = own[correspondence.code]
        assert indicator.direction == other.direction
        assert (indicator.unit == other.unit) or correspondence.relation == "stand-in"


def test_stand_ins_say_so_where_they_are_defined(framework):
    for correspondence in framework.correspondences:
        source = framework.node(correspondence.code).source
        standing_in = correspondence.relation == "stand-in"
        assert ("替代" in source.zh) == standing_in, correspondence.code
        assert ("Stands in" in source.en or "stands in" in source.en) == standing_in
        assert correspondence.other in source.zh


def test_fixed_goalposts_hold_the_pooled_range_with_a_margin(framework):
    for indicator in framework.indicators():
        largest = INDICATORS[indicator.code][2]
        low, high = indicator.goalposts
        assert low == 0
        assert 1.02 * largest < high < 1.15 * largest, indicator.code
        assert "本项目设定" in indicator.reference_note.zh
        assert "set by this project" in indicator.reference_note.en


def test_goalposts_can_be_fixed(framework):
    assert framework.normalisation.goalposts == "annual"
    changed = framework.with_changes({"normalisation/goalposts": "fixed"})
    assert changed.normalisation.goalposts == "fixed"
    assert changed.indicators() == framework.indicators()


def test_rules(framework):
    assert (framework.normalisation.method, framework.normalisation.transform) == (
        "min-max",
        "none",
    )
    assert (framework.weighting.method, framework.weighting.renormalise_missing) == ("equal", True)
    assert (framework.missing.method, framework.missing.group_coverage) == ("none", 0.5)
    assert (framework.tiers.method, framework.tiers.count) == ("natural-breaks", 4)
    assert "西藏" in framework.weighting.note.zh
    assert "Tibet" in framework.weighting.note.en
    assert framework.predecessor is None


def test_computing_power_itself_is_not_claimed(framework):
    assert "不衡量算力本身" in framework.description.zh
    assert "computing power itself is not measured" in framework.description.en
    assert not any(i.caliber for i in framework.indicators())


def test_texts_are_complete(framework):
    for placed in framework.walk():
        definition = placed.node.definition
        assert definition.zh.endswith("。"), placed.node.code
        assert definition.en.endswith("."), placed.node.code
        assert not re.search("[\u3400-\u9fff]", definition.en + placed.node.name.en)


def test_file_survives_a_round_trip(framework):
    text = files("suanli.framework").joinpath("frameworks", "open-1.0.yaml").read_text("utf-8")
    assert "open-1.0" in bundled_ids()
    assert parse(dump(parse(text))) == parse(text) == framework
