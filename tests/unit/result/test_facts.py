from dataclasses import replace

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake import bundled_study
from suanli.pipeline import run
from suanli.regions import provinces
from suanli.result import facts_beside
from tests.unit.result import samples

EAST = ("上海", "江苏", "广东", "河北", "北京", "山东", "贵州", "浙江", "内蒙古", "山西")


def values_of(framework_id, periods, given):
    """Return a result in which an indicator has the values given by short name, and 1 elsewhere."""
    framework, regions = bundled(framework_id), provinces()
    grid = samples.grid(framework, regions, periods=periods)
    grid.values[:], grid.origins[:] = 1.0, 1
    short = [region.short.zh for region in regions.members]
    for (period, indicator), numbers in given.items():
        at = (periods.index(period), slice(None), grid.codes.index(indicator))
        grid.values[at] = [numbers.get(name, numbers.get("", 1.0)) for name in short]
        grid.origins[at] = np.where(np.isnan(grid.values[at]), 0, 1)
    return samples.result(framework=framework, regions=regions, grid=grid)


def beside(result):
    table = facts_beside(result)
    return table, {verdict.fact.id: verdict for verdict in table.verdicts}


LISTED = {name: 25.0 - 1.5 * at for at, name in enumerate(EAST)}


@pytest.fixture(scope="module")
def infrastructure():
    """Infrastructure computing power as the report lists it: ten provinces, 180 EFLOPS in all."""
    rest = (180 - sum(LISTED.values())) / 21
    return values_of(
        "cpdi-2.0",
        ("2021", "2022"),
        {("2022", "2.1.2.1"): LISTED | {"": rest}},
    )


def test_orders_places_and_thresholds_that_agree(infrastructure):
    _, found = beside(infrastructure)
    verdict = found["A-094"]
    assert verdict.verdict == "agrees"
    assert (verdict.agreeing, verdict.pairs) == (45, 45)
    assert "45 对地区中 45 对先后次序一致" in verdict.said.zh
    assert "10 of the 10 regions in place 1–10" in verdict.said.en
    assert "Shanghai 25, Jiangsu 23.5" in verdict.said.en
    assert not verdict.partial


def test_a_national_total_is_the_sum_in_the_unit_of_the_indicator(infrastructure):
    _, found = beside(infrastructure)
    assert found["A-001"].verdict == "agrees"
    assert found["A-001"].said.zh == "各省合计 180 EFLOPS"
    assert found["A-053"].verdict == "differs"


def test_a_threshold_region_by_region(infrastructure):
    _, found = beside(infrastructure)
    assert found["A-095"].verdict == "agrees"
    low = values_of("cpdi-2.0", ("2022",), {("2022", "2.1.2.1"): LISTED | {"江苏": 15.9}})
    _, found = beside(low)
    assert found["A-095"].verdict == "differs"
    assert "3 of 4 regions conform" in found["A-095"].said.en
    assert found["A-094"].agreeing < 45


def test_units_are_converted():
    revenue = {"北京": 23912.2, "广东": 20000.0, "江苏": 15000.0, "山东": 12000.0, "浙江": 9000.0}
    digital = {"广东": 44_000.0} | dict.fromkeys(("江苏", "山东", "浙江", "福建", "上海"), 21_000.0)
    result = values_of(
        "cpdi-2.0",
        ("2022",),
        {("2022", "2.2.3.1"): revenue, ("2022", "2.5.2.1"): digital | {"湖北": 19_999.0}},
    )
    _, found = beside(result)
    assert found["A-105"].verdict == "agrees"
    assert found["A-104"].verdict == "agrees"
    assert found["A-124"].verdict == "agrees"
    assert found["A-125"].verdict == "differs"
    assert "5 of 6 regions conform" in found["A-125"].said.en
    assert found["A-080"].verdict == "differs"


def test_where_lower_is_better_the_first_has_the_lowest():
    order = ("内蒙古", "新疆", "宁夏", "青海", "四川", "山西", "甘肃", "云南", "河北", "贵州")
    prices = {name: 0.3 + 0.01 * at for at, name in enumerate(order)} | {"": 0.9}
    pue = {"西藏": 1.2, "新疆": 1.25, "宁夏": 1.26, "青海": 1.27, "": 1.6}
    result = values_of(
        "ccpe-3.0",
        ("2022", "2023"),
        {
            ("2023", "3.4.1.1"): prices,
            ("2022", "3.1.2.2"): {"": 1.6, "青海": 1.5, "宁夏": 1.5},
            ("2023", "3.1.2.2"): pue,
        },
    )
    _, found = beside(result)
    assert found["B-041"].verdict == "agrees"
    assert found["B-026"].verdict == "agrees"
    assert found["B-024"].verdict == "not-testable"
    assert found["B-025"].verdict == "differs"


def test_shares_and_rises():
    storage_before, storage = {"河北": 80.0, "": 5.0}, {"河北": 121.0, "广东": 126.0, "": 5.0}
    used = dict(zip(("河北", "广东", "上海", "江苏", "浙江"), (31.0, 25, 22, 20, 15), strict=True))
    result = values_of(
        "ccpe-3.0",
        ("2022", "2023"),
        {
            ("2022", "3.2.1.1"): storage_before,
            ("2023", "3.2.1.1"): storage,
            ("2023", "3.1.1.1"): used | {"": 4.0},
        },
    )
    _, found = beside(result)
    assert found["B-031"].verdict == "agrees"
    assert "rise of 41 EB" in found["B-031"].said.en
    assert found["B-017"].verdict == "agrees"
    assert "52.07%" in found["B-017"].said.en
    assert found["B-028"].verdict == "agrees"
    assert found["B-018"].verdict == "agrees"
    assert found["B-029"].verdict == "differs"


def test_what_shrank_is_called_a_fall():
    result = values_of(
        "ccpe-3.0",
        ("2022", "2023"),
        {
            ("2022", "3.2.1.1"): {"河北": 121.0, "": 5.0},
            ("2023", "3.2.1.1"): {"河北": 112.0, "": 5.0},
        },
    )
    said = beside(result)[1]["B-031"].said
    assert "fall of 9 EB" in said.en
    assert "减少 9 EB" in said.zh
    assert "下降 7.438%" in said.zh


def test_storage_is_counted_in_the_reports_own_exabytes():
    """125 EB of the report are 2^60 bytes each, as the indicator's: 110 of them do not exceed it."""
    result = values_of("ccpe-3.0", ("2023",), {("2023", "3.2.1.1"): {"广东": 110.0}})
    _, found = beside(result)
    assert found["B-028"].verdict == "differs"


def test_reasons_why_facts_cannot_be_tested(infrastructure):
    table, found = beside(infrastructure)
    reasons = {
        "A-002": "No indicator of the bundled frameworks",
        "A-017": "does not speak of the regions",
        "B-012": "It belongs to the framework ccpe-3.0; the result uses cpdi-2.0",
        "A-086": "which regions the group has",
        "A-058": "a forecast or a goal",
        "A-089": "growth of several regions",
        "A-108": "the score of a group",
    }
    for fact, reason in reasons.items():
        assert found[fact].verdict == "not-testable"
        assert reason in found[fact].said.en
    assert sum(table.counts.values()) == 186


def test_another_year_another_level_another_caliber(infrastructure):
    later = values_of("cpdi-2.0", ("2023",), {})
    _, found = beside(later)
    assert found["A-084"].said.zh == "本结果不含该时点（2022）"
    cities = replace(infrastructure, about=replace(infrastructure.about, region_level="prefecture"))
    _, found = beside(cities)
    assert "of another level" in found["A-094"].said.en
    device = infrastructure.framework.with_changes({"nodes/2.1.2.1/caliber/side": "device"})
    _, found = beside(replace(infrastructure, framework=device))
    assert found["A-001"].said.en == "Its caliber is another"


def test_missing_regions_forbid_places_and_totals_but_not_orders():
    result = values_of("cpdi-2.0", ("2022",), {("2022", "2.1.2.1"): LISTED | {"西藏": np.nan}})
    _, found = beside(result)
    assert found["A-001"].verdict == "not-testable"
    assert "1 regions lack data" in found["A-001"].said.en
    assert found["A-094"].verdict == "agrees"
    assert found["A-094"].partial
    assert found["A-094"].pairs == 45


def test_a_region_without_a_value_is_not_counted_as_agreeing():
    result = values_of("cpdi-2.0", ("2022",), {("2022", "2.1.2.1"): LISTED | {"江苏": np.nan}})
    _, found = beside(result)
    assert found["A-095"].verdict == "not-testable"
    assert "3 of 4 regions conform" in found["A-095"].said.en


def test_simulated_results_and_unpublished_weights_are_told(infrastructure):
    table, found = beside(
        replace(infrastructure, about=replace(infrastructure.about, simulated=True))
    )
    assert "模拟数据" in table.remarks[0].zh
    assert found["A-001"].remark.en == "simulated data"
    assert "depend on weights" in found["A-084"].remark.en
    honest, found = beside(infrastructure)
    assert found["A-001"].remark.en == ""
    assert len(honest.remarks) == len(table.remarks) - 1
    assert "differ by a place or a figure although every pair" in honest.remarks[0].en


def test_the_table_and_the_summary_count_alike(infrastructure):
    table, _ = beside(infrastructure)
    frame = table.table
    assert frame.height == 186
    counted = dict(frame["verdict"].value_counts().iter_rows())
    assert table.counts == {key: counted.get(key, 0) for key in table.counts}
    agreeing, pairs = table.pairs
    assert f"{agreeing} agree." in table.summary.en
    assert 0 < agreeing <= pairs
    assert frame.filter(id="A-094")["said_zh"].item().startswith("45 对")


def test_tiers_are_compared_as_sets():
    framework = bundled("ccpe-3.0").with_changes({"tiers/method": "ranks", "tiers/cuts": [3]})
    regions = provinces()
    grid = samples.grid(framework, regions, periods=("2023",))
    grid.origins[:] = 1
    first = [regions.codes.index(code) for code in ("110000", "310000", "440000")]
    grid.values[:] = np.where(
        np.array([item.direction == "lower" for item in framework.indicators()]), 0.5, 1.0
    )
    for column, item in enumerate(framework.indicators()):
        grid.values[0, first, column] = 0.1 if item.direction == "lower" else 5.0
    result = samples.result(framework=framework, regions=regions, grid=grid)
    _, found = beside(result)
    assert found["B-014"].verdict == "agrees"
    assert found["B-014"].said.zh == "第一梯队为：北京、上海、广东"
    _, found = beside(samples.result(framework=bundled("ccpe-3.0"), regions=regions, grid=grid))
    assert found["B-014"].said.en == "The result has no tiers"


def test_growth_of_scores():
    result = values_of(
        "cpdi-2.0",
        ("2021", "2022"),
        {("2022", "2.1.2.1"): dict.fromkeys(("青海", "云南", "新疆", "贵州"), 400.0)},
    )
    _, found = beside(result)
    assert found["A-087"].verdict == "agrees"
    _, found = beside(values_of("cpdi-2.0", ("2022",), {}))
    assert found["A-087"].said.en.startswith("The result lacks the year before")


@pytest.fixture(scope="module")
def open_data():
    """The bundled study of official statistics, scored."""
    return run(bundled_study("open-1.0"))


def test_facts_are_held_against_the_same_indicator_of_another_framework(open_data):
    table, found = beside(open_data)
    tried = {
        key: verdict.verdict for key, verdict in found.items() if verdict.pairs or verdict.partial
    }
    assert tried == {"A-104": "agrees", "A-105": "differs", "A-122": "differs"}
    assert table.counts == {"agrees": 3, "differs": 2, "not-testable": 181}
    order, revenue = found["A-104"], found["A-105"]
    assert (order.agreeing, order.pairs) == (10, 10)
    assert "O2.1.1 软件业务收入" in order.remark.zh
    assert "indicator O2.1.1, Software business revenue: " in order.remark.en
    assert "北京 22,497 亿元" in revenue.said.zh
    assert "another release" in revenue.remark.en
    assert found["B-007"].verdict == "agrees"
    assert found["B-007"].said.zh == "各省合计 113,590 万个"


def test_a_years_traffic_is_compared_as_the_mean_of_its_months(open_data):
    _, found = beside(open_data)
    traffic = found["A-073"]
    assert traffic.verdict == "agrees"
    assert traffic.said.zh == "各省合计 21.81 EB；增长 18.1%"
    assert "除以12后与月均值比较" in traffic.remark.zh
    monthly = values_of("cpdi-2.0", ("2022",), {("2022", "2.5.1.1"): {"": 261.8 / 31}})
    assert beside(monthly)[1]["A-073"].verdict == "differs", "a year's traffic is no month's"


def test_an_amount_beside_a_group_is_tried_where_the_group_cannot_be(open_data):
    verdict = beside(open_data)[1]["A-122"]
    assert verdict.partial
    assert "5 个地区中 1 个符合（广东 2.463" in verdict.said.zh
    assert "It belongs to the framework cpdi-2.0" in verdict.said.en
    assert "overstatement" in verdict.remark.en
    assert "weights" not in verdict.remark.en
    five = dict.fromkeys(("广东", "江苏", "山东", "浙江", "河南"), 1.6)
    own = beside(values_of("cpdi-2.0", ("2022",), {("2022", "2.5.1.1"): five | {"": 1.0}}))[1]
    assert "5 of 5 regions conform (Guangdong 1.6" in own["A-122"].said.en


def test_stand_ins_and_composites_of_other_frameworks_are_not_tested(open_data):
    _, found = beside(open_data)
    stand_in = [item for item in found.values() if item.fact.metric == "it_spend"]
    assert stand_in
    for verdict in stand_in:
        assert verdict.verdict == "not-testable"
        if verdict.fact.scope == "CN-province" and not verdict.fact.forecast:
            assert "O2.2.1" in verdict.said.en
            assert "not the same indicator" in verdict.said.en
    assert "It belongs to the framework cpdi-2.0" in found["A-084"].said.en


def test_versions_of_a_family_share_the_facts_of_what_did_not_change():
    listed = {name: 9.0 - at for at, name in enumerate(EAST)}
    result = values_of("cpdi-1.0", ("2022",), {("2022", "1.2.1.1"): listed})
    _, found = beside(result)
    verdicts = [item for item in found.values() if item.fact.metric == "interprov_bandwidth"]
    assert any(item.verdict != "not-testable" for item in verdicts)
    for item in verdicts:
        if item.verdict != "not-testable":
            assert "1.2.1.1" in item.remark.zh
