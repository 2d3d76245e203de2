"""The facts that CAICT published: complete, bilingual, coherent, tied to frameworks."""

import json
from collections import Counter
from importlib.resources import files
from itertools import combinations

import pytest

from suanli.framework import Group, Indicator, bundled
from suanli.regions import prefectures, provinces

TEXT = files("suanli.result").joinpath("data", "published_facts.json").read_text("utf-8")
PUBLISHED = json.loads(TEXT)
FACTS = {fact["id"]: fact for fact in PUBLISHED["facts"]}
FIELDS = [
    *("id", "doc_code", "section", "figure", "statement_type", "metric", "scope", "year"),
    *("regions", "order", "op", "value", "unit", "caliber", "note"),
]
# A parent's score is a weighted mean of its children's. The technology sub-index is left out as a
# parent: the document groups its ten provinces by region and orders only the first.
PARENTS = {
    "index2": ("index2.scale", "index2.industry", "index2.tech", "index2.env", "index2.app"),
    "index2.env": ("network_env", "it_invest", "open_data"),
    "index2.app": ("consumption", "industry_app"),
    "eval3": ("eval3.compute", "eval3.storage", "eval3.network", "eval3.env"),
    "eval3.compute": ("eval3.compute.scale", "eval3.compute.quality"),
    "eval3.storage": ("eval3.storage.scale", "eval3.storage.perf"),
    "eval3.network": ("eval3.network.access", "eval3.network.inter", "eval3.network.intra"),
    "eval3.env": ("eval3.env.resource", "eval3.env.market"),
    "city_eval3": ("city_eval3.scale", "city_eval3.quality"),
}


def value(fact_id: str) -> float:
    return FACTS[fact_id]["value"]


def positions(metric: str) -> dict[str, int]:
    """Return the published position of each region in a metric's ranking."""
    return {
        region: fact["rank_from"] + i
        for fact in FACTS.values()
        if fact["metric"] == metric and "rank_from" in fact
        for i, region in enumerate(fact["regions"])
    }


def test_every_fact_is_there_once():
    assert len(PUBLISHED["facts"]) == len(FACTS) == 186
    assert list(FACTS) == [f"A-{n:03}" for n in range(1, 137)] + [f"B-{n:03}" for n in range(1, 51)]


def test_kinds_of_statement():
    assert Counter(fact["statement_type"] for fact in FACTS.values()) == {
        "ranking": 65,
        "value": 59,
        "share": 26,
        "threshold": 23,
        "growth": 13,
    }


def test_no_sentence_of_the_documents_is_shipped():
    for fact in FACTS.values():
        assert {"quote", "document"}.isdisjoint(fact), fact["id"]
        assert list(fact)[: len(FIELDS)] == FIELDS, fact["id"]
        assert all(isinstance(v, str | int | float | bool | list | None) for v in fact.values())


def test_one_fact_a_line_and_nothing_but_data_between():
    lines = TEXT.splitlines()
    for fact in FACTS.values():
        line = json.dumps(fact, ensure_ascii=False, separators=(",", ":"))
        assert line in lines or f"{line}," in lines, fact["id"]


def test_every_code_in_the_facts_is_named_in_both_languages():
    for field, names in {
        "doc_code": "documents",
        "metric": "metrics",
        "scope": "scopes",
        "statement_type": "statement_types",
        "order": "orders",
    }.items():
        used = {fact[field] for fact in FACTS.values()} - {None}
        assert used == set(PUBLISHED[names]), field
    named = [metric["name"] for metric in PUBLISHED["metrics"].values()]
    for names in ("documents", "scopes", "statement_types", "orders", "kinds"):
        named += PUBLISHED[names].values()
    for name in named:
        assert name["zh"].strip() == name["zh"] != ""
        assert name["en"].strip() == name["en"] != ""
        assert name["en"].isprintable()
        assert not any("\u3400" <= character <= "\u9fff" for character in name["en"])


def comparable() -> dict[str, dict]:
    return {
        metric: entry["testable"]
        for metric, entry in PUBLISHED["metrics"].items()
        if entry["testable"] is not None
    }


@pytest.mark.parametrize("metric", comparable())
def test_what_can_be_compared_exists_in_its_framework(metric):
    testable = comparable()[metric]
    assert set(testable) - {"months", "amounts"} == {"framework", "node", "kind"}
    framework = bundled(testable["framework"])
    assert testable["kind"] in PUBLISHED["kinds"]
    if testable["node"] == framework.code:
        assert testable["kind"] in ("rank", "tier", "growth")
        return
    node = next(p.node for p in framework.walk() if p.node.code == testable["node"])
    measured = testable["kind"] in ("value", "mean", "change")
    assert isinstance(node, Indicator if measured else Group)
    for amount in testable.get("amounts", {}).values():
        assert framework.node(amount["node"]).unit == amount["unit"]


def test_comparable_metrics_cover_every_index_and_many_indicators():
    nodes = {(t["framework"], t["node"]) for t in comparable().values()}
    for framework_id in ("cpdi-2.0", "ccpe-3.0"):
        framework = bundled(framework_id)
        dimensions = {(framework_id, group.code) for group in framework.children}
        assert {(framework_id, "index"), *dimensions} <= nodes
    assert ("ccpe-3.0-city", "index") in nodes
    assert len(comparable()) == 63


def test_names_agree_with_the_indicators_compared_with():
    pairs = {
        "software_revenue": "软件业务收入",
        "device_output": "计算设备产量",
        "pue": "PUE",
        "electricity_price": "电价",
        "storage_capacity": "存储总体容量",
        "compute_in_use": "在用算力",
        "rack_utilisation": "上架率",
        "rd_total": "软硬件研发总投入",
    }
    for metric, name in pairs.items():
        testable = comparable()[metric]
        indicator = bundled(testable["framework"]).node(testable["node"])
        assert PUBLISHED["metrics"][metric]["name"]["zh"] == indicator.name.zh == name


def test_documents_are_those_the_frameworks_follow():
    assert {c: d["framework"] for c, d in PUBLISHED["documents"].items()} == {
        "A": "cpdi-2.0",
        "B": "ccpe-3.0",
    }


@pytest.mark.parametrize("scope", ["CN-province", "CN-city"])
def test_every_region_is_known(scope):
    known = {region.short.zh for region in provinces().members}
    if scope == "CN-city":
        known |= {region.short.zh for region in prefectures().members}
    for fact in FACTS.values():
        if fact["scope"] == scope:
            assert set(fact["regions"]) <= known, fact["id"]


def test_no_two_facts_order_a_pair_of_regions_differently():
    pairs = {
        (fact["metric"], *pair)
        for fact in FACTS.values()
        if fact["scope"] in ("CN-province", "CN-city") and fact["order"] in ("explicit", "listed")
        for pair in combinations(fact["regions"], 2)
    }
    assert len(pairs) == 1756
    assert not {pair for pair in pairs if (pair[0], pair[2], pair[1]) in pairs}


def test_no_published_order_contradicts_a_weighted_mean_of_its_parts():
    """A region ahead in every part cannot be behind in the whole, whatever the weights."""
    proven = 0
    beyond = 1000
    for parent, children in PARENTS.items():
        whole = positions(parent)
        parts = [positions(child) for child in children]
        regions = set(whole).union(*parts)
        for first in regions:
            for second in regions - {first}:
                if all(part.get(first, beyond) < part.get(second, beyond) for part in parts):
                    proven += 1
                    assert whole.get(first, beyond) <= whole.get(second, beyond), (parent, first)
    assert proven == 354


@pytest.mark.parametrize(
    ("left", "right", "tolerance"),
    [
        # components of computing power
        (value("A-053") + value("A-056") + value("A-059"), value("A-007"), 0.5),
        (value("A-021") + value("A-022") + value("A-023"), value("A-019"), 1.0),
        (100 * value("A-053") / 302.4, FACTS["A-053"]["share"], 0.5),
        (100 * value("A-056") / 302.4, FACTS["A-056"]["share"], 0.5),
        (100 * value("A-007") / value("A-019"), value("A-008"), 0.5),
        # the infrastructure side of both documents
        (value("A-001") * (1 + FACTS["B-002"]["growth"] / 100), value("B-002"), 0.5),
        # shares and sums
        (sum(value("A-034")), value("A-035"), 1e-9),
        (100 * value("A-077") / 50.2, 18.3, 0.05),
        (value("A-077") + value("A-078"), 50.2, 1e-9),
        (sum(value("B-011")[1:]), value("B-011")[0], 0),
        (value("B-010")[1], 4 + 7 + 2 + 3 + 9 + 11 + 7 + 4 + 6, 0),
        # index points and the economy: both slopes imply the same national totals
        (value("A-126")[0] / value("A-126")[1] / 10, 50.2, 0.3),
        (value("A-127")[0] / value("A-127")[1] / 10, 121.0, 0.3),
        # forecast: three years at 50% from 906 EFlops
        (value("A-019") * 1.5**3 / 1000, value("A-025"), 0.1),
    ],
)
def test_arithmetic_that_must_hold(left, right, tolerance):
    assert left == pytest.approx(right, abs=tolerance)


def test_framework_counts_are_those_of_the_frameworks():
    levels = Counter(placed.level for placed in bundled("cpdi-2.0").walk())
    assert [levels[1], levels[2], levels[3]] == value("A-083")
    evaluation = bundled("ccpe-3.0")
    assert [len(evaluation.children), len(evaluation.indicators())] == value("B-010")[:2]
    assert len(provinces().members) == value("B-010")[2]


def test_low_prices_and_much_computing_power_meet_in_four_provinces():
    cheap = set(FACTS["B-041"]["regions"])
    strong = set(FACTS["B-016"]["regions"])
    assert cheap & strong == set(FACTS["B-043"]["regions"]) == {"河北", "贵州", "山西", "内蒙古"}


def test_top_cities_by_province_add_up():
    assert len(FACTS["A-132"]["regions"]) == 20
    parents = {region.short.zh: region.parent for region in prefectures().members}
    codes = {region.short.zh: region.code for region in provinces().members}
    counted = Counter(parents.get(city) for city in FACTS["A-132"]["regions"])
    expected = dict(zip(FACTS["A-134"]["regions"], value("A-134"), strict=True))
    assert {name: counted[codes[name]] for name in expected} == expected


def test_pairs_of_contradicting_positions_do_not_exist():
    for metric in PUBLISHED["metrics"]:
        assigned: dict[str, int] = {}
        for fact in FACTS.values():
            if fact["metric"] == metric and "rank_from" in fact:
                for i, region in enumerate(fact["regions"]):
                    assert (
                        assigned.setdefault(region, fact["rank_from"] + i) == fact["rank_from"] + i
                    )
