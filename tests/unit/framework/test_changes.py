"""Frameworks with values replaced by path."""

import numpy as np
import pytest

from suanli.framework import bundled, parse
from suanli.problems import FrameworkError
from tests.unit.framework import cases
from tests.unit.framework.samples import indicator, text


@pytest.fixture
def framework():
    return parse(text())


def test_rules_and_nodes_change_and_the_rest_is_shared(framework):
    changed = framework.with_changes(
        {"normalisation/method": "rank", "nodes/2.1/direction": "lower", "decimals": 1}
    )
    assert changed.normalisation.method == "rank"
    assert changed.node("2.1").direction == "lower"
    assert changed.decimals == 1
    assert changed.children[0] is framework.children[0]
    assert changed.normalisation.goalposts == framework.normalisation.goalposts
    assert type(changed) is type(framework)


def test_the_framework_itself_stays_as_it_was(framework):
    before = parse(text())
    framework.with_changes({"nodes/1.1/weight": 0.5, "nodes/1.2/weight": 0.5})
    assert framework == before


def test_no_change_gives_an_equal_framework(framework):
    assert framework.with_changes({}) == framework


def test_values_that_depend_on_one_another_change_together(framework):
    changed = framework.with_changes({"nodes/1.1/weight": 0.5, "nodes/1.2/weight": 0.5})
    assert [changed.node(code).weight for code in ("1.1", "1.2")] == [0.5, 0.5]


def test_a_group_and_its_children_change_together(framework):
    changed = framework.with_changes(
        {"nodes/1/name/en": "Scale", "nodes/1.1/name": {"zh": "甲", "en": "A"}}
    )
    assert changed.node("1").name.en == "Scale"
    assert changed.node("1").name.zh == framework.node("1").name.zh
    assert changed.node("1.1").name.zh == "甲"


def test_a_level_starts_from_the_default_mean():
    framework = parse(text({"aggregation": {"default": {"method": "geometric", "floor": 2}}}))
    changed = framework.with_changes({"aggregation/levels/1/method": "harmonic"})
    assert changed.aggregation.levels[1].method == "harmonic"
    assert changed.aggregation.levels[1].floor == 2
    assert framework.aggregation.levels == {}


def test_a_part_that_is_absent_can_be_made(framework):
    changed = framework.with_changes({"nodes/1.1/normalisation/method": "rank"})
    assert changed.node("1.1").normalisation.method == "rank"
    back = changed.with_changes({"nodes/1.1/normalisation": None})
    assert back == framework


def test_a_whole_part_can_be_given(framework):
    changed = framework.with_changes({"tiers": {"method": "shares", "cuts": [0.2, 0.5]}})
    assert changed.tiers.cuts == (0.2, 0.5)


def test_numbers_of_numpy_are_taken(framework):
    changed = framework.with_changes(
        {"nodes/1.1/reference": np.float32(0.5), "decimals": np.int64(3)}
    )
    assert (changed.node("1.1").reference, changed.decimals) == (0.5, 3)


@pytest.mark.parametrize(("code", "path", "changes"), cases.CHANGES)
def test_faults_name_the_path(framework, code, path, changes):
    with pytest.raises(FrameworkError, match=r"\S") as caught:
        framework.with_changes(changes)
    found = {(p.code.removeprefix("framework-"), p.place.path) for p in caught.value.problems}
    assert (code, path) in found


def test_every_fault_of_a_change_is_told(framework):
    with pytest.raises(FrameworkError, match="normalisation/metod") as caught:
        framework.with_changes(
            {"normalisation/metod": 1, "nodes/1.1/weight": -1, "nodes/x/unit": 1}
        )
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("framework_id", ["ccpe-3.0", "cpdi-2.0", "open-1.0"])
def test_every_indicator_of_a_bundled_framework_can_be_turned(framework_id):
    framework = bundled(framework_id)
    for node in framework.indicators():
        turned = "lower" if node.direction == "higher" else "higher"
        changed = framework.with_changes({f"nodes/{node.code}/direction": turned})
        assert changed.node(node.code).direction == turned


def test_a_node_is_found_by_its_code(framework):
    assert framework.node("1.2").name.zh == "指标1.2"
    with pytest.raises(FrameworkError, match=r"no node with the code “1\.3”.*1\.1"):
        framework.node("1.3")


def test_codes_10_and_1_are_not_mixed_up():
    children = [
        {"code": f"g{n}", "name": {"zh": "组", "en": "g"}, "children": [indicator(f"i{n}")]}
        for n in range(12)
    ]
    framework = parse(
        text({"children": children, "weighting/method": "equal", "normalisation/method": "z-score"})
    )
    with pytest.raises(FrameworkError, match="geometric") as caught:
        framework.with_changes({"nodes/g1/aggregation": {"method": "geometric", "floor": 1}})
    assert [one.place.path for one in caught.value.problems] == ["nodes/g1/aggregation"]
