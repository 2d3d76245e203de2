"""One value back to its records."""

import pytest

from suanli.indicators.planned import Planned
from suanli.indicators.rules import RULES as EVERY
from suanli.indicators.trace import computation
from tests.made import framework, indicator
from tests.unit.indicators.fakes import FRAMEWORK, REGIONS, RULES, TABLES, centre, records
from tests.unit.indicators.made_families import opened as opened_with

INDICATORS = {indicator.code: indicator for indicator in FRAMEWORK.indicators()}


def found_in(folder, code, region, *, tables=None, top=10, regions=REGIONS):
    indicator = INDICATORS[code]
    with records(folder / "r", tables, regions) as opened:
        one = Planned(indicator, RULES[indicator.rule])
        return computation(one, opened, region=region, period="2022", top=top)


def test_a_ratio(tmp_path):
    found = found_in(tmp_path, "u", "440000")
    assert (found.numerator, found.denominator, found.raw, found.value) == (5.0, 10.0, 0.5, 50.0)
    assert (found.raw_unit, found.unit, found.reduction) == ("1", "%", "ratio")
    assert (found.used, found.eligible, found.weight_share) == (1, 2, 0.25)
    assert [(each.record, each.ratio, each.share) for each in found.heaviest] == [("a", 0.5, 1.0)]
    assert [(each.record, each.numerator, each.weight) for each in found.lacking] == [
        ("b", None, 30.0)
    ]
    assert [(each.level, each.used, each.share) for each in found.levels] == [("stated", 1, 1.0)]
    assert [(each.part, each.numerator, each.used) for each in found.parts] == [
        ("data_centre", 5.0, 1)
    ]
    assert [(each.rule, each.value, each.unit) for each in found.beside] == [("n", 2.0, "个")]


def test_a_sum_with_its_heaviest_first(tmp_path):
    found = found_in(tmp_path, "t", "440000")
    assert (found.numerator, found.raw, found.value) == (400_000.0, 400_000.0, 40.0)
    assert (found.numerator_unit, found.denominator_unit) == ("个", "")
    assert [(each.record, each.share, each.ratio) for each in found.heaviest] == [
        ("b", 0.75, None),
        ("a", 0.25, None),
    ]


def test_a_sum_has_no_denominator_nor_have_its_parts_and_items(tmp_path):
    found = found_in(tmp_path, "t", "440000")
    assert found.parts
    assert found.denominator is None
    assert {each.denominator for each in (*found.parts, *found.heaviest)} == {None}


def test_equal_weights_go_by_name_and_only_so_many_are_listed(tmp_path):
    rows = [centre(name, 2022, "广东", 10, 5) for name in ("z", "y", "x", "w")]
    found = found_in(tmp_path, "u", "440000", tables={"facilities": rows}, top=3)
    assert [each.record for each in found.heaviest] == ["w", "x", "y"]
    assert found.used == 4


def test_zero_without_items(tmp_path):
    found = found_in(tmp_path, "n", "630000")
    assert (found.zero, found.value, found.eligible, found.numerator) == (True, 0.0, 0, None)


def test_nothing_known(tmp_path):
    found = found_in(tmp_path, "u", "630000")
    assert (found.zero, found.value, found.used) == (False, None, 0)
    assert found.heaviest == found.lacking == found.parts == found.levels == ()


def test_a_fallback(tmp_path):
    found = found_in(tmp_path, "u", "520000")
    assert found.furthest == 1
    assert [each.level for each in found.levels] == ["guessed"]
    assert found.heaviest[0].level == "guessed"


def test_nothing_complete(tmp_path):
    tables = {**TABLES, "facilities": [centre("b", 2022, "广东", 30)]}
    found = found_in(tmp_path, "u", "440000", tables=tables)
    assert (found.value, found.numerator, found.used, found.eligible) == (None, None, 0, 1)


def test_the_parts_of_a_value_add_up(tmp_path):
    found = found_in(tmp_path, "t", "440000")
    assert sum(each.numerator for each in found.parts) == pytest.approx(found.numerator)


@pytest.mark.parametrize(("weight", "unit"), [("centre", "个"), ("racks", "标准机架")])
def test_the_units_of_the_sums_go_by_the_choices_of_the_study(weight, unit, tmp_path):
    rows = [centre("a", 2022, "440100", 10, 5, fast_network=True)]
    (asked,) = framework(indicator("f", unit="%", rule="fast_network_use")).indicators()
    one = Planned(asked, EVERY["fast_network_use"])
    tables = {"facilities": rows}
    with opened_with(tmp_path, tables, ("2022",), network_weight=weight) as records:
        found = computation(one, records, region="440000", period="2022")
    assert (found.numerator_unit, found.denominator_unit) == (unit, unit)


def test_the_names_and_units_of_the_sums_go_by_the_fallback(tmp_path):
    rows = [centre("a", 2022, "440100", None, reported_pue=1.5)]
    (asked,) = framework(indicator("p", unit="1", rule="pue")).indicators()
    with opened_with(tmp_path, {"facilities": rows}, ("2022",)) as records:
        found = computation(Planned(asked, EVERY["pue"]), records, region="440000", period="2022")
    assert (found.numerator, found.numerator_unit) == (1.5, "1")
    assert (found.denominator, found.denominator_unit) == (1.0, "个")
    assert found.numerator_name.zh == "填报PUE之和"
    assert found.denominator_name.en == "Centres that report"


def test_racks_in_use_stand_in_for_energy_under_their_own_name(tmp_path):
    rows = [centre("a", 2022, "440100", None, 10.0, reported_pue=1.5)]
    (asked,) = framework(indicator("p", unit="1", rule="pue")).indicators()
    with opened_with(tmp_path, {"facilities": rows}, ("2022",)) as records:
        found = computation(Planned(asked, EVERY["pue"]), records, region="440000", period="2022")
    assert (found.denominator, found.denominator_unit) == (10.0 * 2.5 * 365 * 24, "kWh")
    assert found.numerator_name.zh == "填报PUE×在用标准机架额定耗电量"
    assert found.denominator_name.en == "Rated energy of standard racks in use"


@pytest.mark.parametrize(
    ("rule", "unit", "choice", "by_centre", "by_racks"),
    [
        (
            "fast_network_use",
            "%",
            "network_weight",
            ("采用高性能网络技术的算力中心", "在用算力中心"),
            ("采用高性能网络技术的算力中心的在用标准机架", "在用标准机架"),
        ),
        (
            "smart_network_use",
            "%",
            "network_weight",
            ("采用智能化网络技术的算力中心", "在用算力中心"),
            ("采用智能化网络技术的算力中心的在用标准机架", "在用标准机架"),
        ),
        (
            "industries_served",
            "个",
            "industries_weight",
            ("赋能行业数合计", "在用算力中心"),
            ("赋能行业数×在用标准机架", "在用标准机架"),
        ),
    ],
)
def test_the_names_of_the_sums_go_by_the_choices_of_the_study(
    rule, unit, choice, by_centre, by_racks, tmp_path
):
    uses = {"fast_network": True, "smart_network": True, "industries_served": 4.0}
    rows = [centre("a", 2022, "440100", 10, 5, **uses)]
    (asked,) = framework(indicator("f", unit=unit, rule=rule)).indicators()
    for way, names in (("centre", by_centre), ("racks", by_racks)):
        tables = {"facilities": rows}
        with opened_with(tmp_path / way, tables, ("2022",), **{choice: way}) as records:
            one = Planned(asked, EVERY[rule])
            found = computation(one, records, region="440000", period="2022")
        assert (found.numerator_name.zh, found.denominator_name.zh) == names


@pytest.mark.parametrize(
    ("years", "missing"),
    [
        (range(2018, 2024), ()),
        ((2018, 2020, 2021, 2022, 2023), ("2019",)),
        ((2016, 2023), ("2018", "2019", "2020", "2021", "2022")),
        ((2016, 2017), ()),
    ],
)
@pytest.mark.parametrize("region", ["440000", "520000"])
def test_years_of_the_window_that_the_whole_list_lacks(region, years, missing, tmp_path):
    row = {"kind": "general", "model": "m", "precision": "FP32", "units": 1e6, "mean_compute": 1.0}
    other = row | {"kind": "ai", "region_code": "440000", "year": 2019}
    shipped = [row | {"region_code": "440000", "year": year} for year in years]
    (asked,) = framework(indicator("s", unit="EFLOPS", rule="server_compute")).indicators()
    one = Planned(asked, EVERY["server_compute"])
    with opened_with(tmp_path, {"server_shipments": [*shipped, other]}, ("2023",)) as records:
        found = computation(one, records, region=region, period="2023")
    assert (found.years, found.missing_years) == (6, missing)
    if missing or region == "520000":
        assert found.value is None


def test_only_a_rule_of_several_years_lacks_some(tmp_path):
    found = found_in(tmp_path, "u", "440000")
    assert (found.years, found.missing_years) == (1, ())
