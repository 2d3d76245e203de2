"""The bundled frameworks of the cpdi family against the tables of the white papers they follow."""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from suanli.framework import (
    Framework,
    Group,
    Indicator,
    bundled,
    bundled_ids,
    difference,
    dump,
    parse,
)
from suanli.framework.units import is_known

WORKED = Path(__file__).parents[2] / "worked" / "cpdi_indicators.yaml"
IDS = ("cpdi-2.0", "cpdi-1.0")
DIRECTIONS = {"+": "higher"}
KINDS = {"E": "extensive", "I": "intensive", "S": "ready-made"}
HAN = re.compile("[\u3400-\u9fff，。；：、]")
TABLE = yaml.safe_load(WORKED.read_text(encoding="utf-8"))


def by_code(framework_id: str) -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in bundled(framework_id).indicators()}


def groups(framework: Framework) -> list[list]:
    return [
        [placed.node.code, placed.node.name.zh, len(placed.node.children)]
        for placed in framework.walk()
        if isinstance(placed.node, Group)
    ]


def levels(framework_id: str) -> Counter:
    return Counter(placed.level for placed in bundled(framework_id).walk())


@pytest.mark.parametrize("framework_id", IDS)
def test_indicators_are_those_of_the_white_paper(framework_id):
    found = [
        [i.code, i.name.zh, i.unit, i.direction, i.kind] for i in bundled(framework_id).indicators()
    ]
    assert found == [
        [code, name, unit, DIRECTIONS[direction], KINDS[kind]]
        for code, name, unit, direction, kind in TABLE["frameworks"][framework_id]["indicators"]
    ]


@pytest.mark.parametrize("framework_id", IDS)
def test_groups_are_those_of_the_white_paper(framework_id):
    assert groups(bundled(framework_id)) == TABLE["frameworks"][framework_id]["groups"]


def test_counts():
    assert levels("cpdi-2.0") == {1: 5, 2: 12, 3: 16}
    assert levels("cpdi-1.0") == {1: 3, 2: 7, 3: 8}


@pytest.mark.parametrize("framework_id", IDS)
def test_every_code_lies_below_its_parents_code(framework_id):
    for placed in bundled(framework_id).walk():
        assert placed.level == 1 or placed.node.code.rpartition(".")[0] == placed.parent


@pytest.mark.parametrize("framework_id", IDS)
def test_only_computing_power_carries_a_caliber(framework_id):
    declared = {c: i.caliber.model_dump() for c, i in by_code(framework_id).items() if i.caliber}
    assert declared == TABLE["frameworks"][framework_id]["calibers"]


@pytest.mark.parametrize("framework_id", IDS)
def test_units_are_understood(framework_id):
    assert not [i.unit for i in bundled(framework_id).indicators() if not is_known(i.unit)]


@pytest.mark.parametrize("framework_id", IDS)
def test_scores_are_ratios_to_fixed_references_and_may_pass_100(framework_id):
    framework = bundled(framework_id)
    rule = framework.normalisation
    assert (rule.method, rule.goalposts, rule.outside) == ("target-ratio", "fixed", "pass")
    assert rule.scale == (0, 100)
    assert framework.aggregation.default.method == "arithmetic"
    assert not framework.weighting.renormalise_missing
    assert framework.weighting.method == "equal"
    assert framework.missing.method == "none"


@pytest.mark.parametrize("framework_id", IDS)
def test_every_reference_says_that_this_project_set_it(framework_id):
    for code, indicator in by_code(framework_id).items():
        if indicator.kind == "ready-made":
            assert indicator.reference is None, code
        else:
            assert indicator.reference > 0, code
            assert "本项目设定" in indicator.reference_note.zh, code
            assert "set by this project" in indicator.reference_note.en, code


def test_the_ready_made_index_alone_is_taken_as_given():
    overridden = {
        c: i.normalisation.method for c, i in by_code("cpdi-2.0").items() if i.normalisation
    }
    assert overridden == {"2.4.3.1": "as-given"}


@pytest.mark.parametrize(
    ("code", "leader", "lowest", "highest"),
    [
        ("2.1.2.1", 16, 60, 100),  # 上海, 江苏, 广东, 河北: above 16 EFlops
        ("2.2.1.1", 1100, 100, 120),  # 广东: above 11 million units
        ("2.2.2.1", 1000 * 1e4, 90, 120),  # 江苏: above 1000 亿块, in 万块
        ("2.2.3.1", 23912, 90, 100),  # 北京
        ("2.3.2.1", 1400, 90, 100),  # 广东: nearly 1400 亿元
        ("2.4.1.2", 45, 80, 100),  # the first five
        ("2.4.2.1", 2700, 100, 120),  # 北京, 广东
        ("2.5.1.1", 1.5, 80, 90),  # the first five: above 1.5 EB and 80 points
        ("2.5.2.1", 20000, 60, 65),  # above 2 trillion yuan, the provinces about 60 points
        ("2.5.2.1", 44000, 120, 140),  # 广东
    ],
)
def test_references_put_published_values_in_a_sensible_range(code, leader, lowest, highest):
    assert lowest <= 100 * leader / by_code("cpdi-2.0")[code].reference <= highest


def test_both_versions_share_the_references_that_correspond():
    new, old = by_code("cpdi-2.0"), by_code("cpdi-1.0")
    for code, other, relation in TABLE["lineage"]:
        if relation != "new":
            assert new[code].reference == old[other].reference, code
            assert new[code].unit == old[other].unit, code


@pytest.mark.parametrize("framework_id", IDS)
def test_bounds_hold_what_is_possible(framework_id):
    special = {"2.4.1.2": (0, 300), "1.2.1.2": (0, 300), "2.4.3.1": (0, 100)}
    for code, indicator in by_code(framework_id).items():
        assert indicator.bounds == special.get(code, (0, None)), code


def test_contradictions_are_noted_at_the_indicators_they_touch():
    expected = TABLE["frameworks"]["cpdi-2.0"]["contradictions"]
    for code, indicator in by_code("cpdi-2.0").items():
        for said in ("zh", "en"):
            text = "\n".join(note.said(said) for note in indicator.notes)
            assert sorted(re.findall(r"I-[AX]\d\d", text)) == sorted(expected.get(code, [])), code
    recorded = {reference for references in expected.values() for reference in references}
    assert {f"I-A{n:02}" for n in range(1, 17)} <= recorded


def test_the_two_families_are_told_apart():
    assert "I-X04" in bundled("cpdi-2.0").description.zh
    assert {bundled(framework_id).family for framework_id in IDS} == {"cpdi"}


def test_tiers_are_the_published_thresholds():
    framework = bundled("cpdi-2.0")
    assert (framework.tiers.method, framework.tiers.cuts) == ("thresholds", (40, 20))
    own = {
        placed.node.code: placed.node.tiers.cuts
        for placed in framework.walk()
        if isinstance(placed.node, Group) and placed.node.tiers
    }
    assert own == {"2.1": (20,)}
    assert bundled("cpdi-1.0").tiers.method == "none"


def test_lineage_keeps_all_eight_indicators_of_the_version_before():
    framework = bundled("cpdi-2.0")
    assert framework.predecessor == "cpdi-1.0"
    assert bundled("cpdi-1.0").predecessor is None
    assert [[c.code, c.other, c.relation] for c in framework.correspondences] == TABLE["lineage"]
    assert {c.framework for c in framework.correspondences} == {"cpdi-1.0"}
    kept = {c.other for c in framework.correspondences if c.other}
    assert kept == set(by_code("cpdi-1.0"))
    assert {c.code for c in framework.correspondences} == set(by_code("cpdi-2.0"))


def test_what_is_called_the_same_is_worded_the_same():
    """A comparison of the versions shows real changes only."""
    allowed = {"same": {"parent"}, "moved": {"name", "parent"}, "new": set()}
    for one in difference(bundled("cpdi-1.0"), bundled("cpdi-2.0")).indicators:
        if one.relation != "redefined":
            changed = {change.attribute for change in one.changes}
            assert changed <= allowed[one.relation], one.after


@pytest.mark.parametrize("framework_id", IDS)
def test_whose_numbers_they_are_is_said(framework_id):
    framework = bundled(framework_id)
    assert "都不是中国信息通信研究院的评估结果" in framework.description.zh
    assert "Nothing computed with this framework is a" in framework.description.en
    assert "占位" in framework.weighting.note.zh
    assert "stand in until an expert panel" in framework.weighting.note.en


@pytest.mark.parametrize("framework_id", IDS)
def test_every_text_is_complete_in_both_languages(framework_id):
    for placed in bundled(framework_id).walk():
        node = placed.node
        texts = [node.definition]
        if isinstance(node, Indicator):
            texts += [node.formula, node.source, *node.notes]
        for text in texts:
            assert text.zh.endswith("。"), (node.code, text.zh)
            assert text.en.endswith("."), (node.code, text.en)
            assert not HAN.search(text.en), (node.code, text.en)
            assert not re.search("[,;?]", text.zh), (node.code, text.zh)
        assert not HAN.search(node.name.en), node.code


@pytest.mark.parametrize("framework_id", IDS)
def test_no_name_or_alias_can_mean_two_indicators(framework_id):
    spellings = Counter(
        spelling.casefold()
        for indicator in bundled(framework_id).indicators()
        for spelling in {indicator.code, indicator.name.zh, indicator.name.en, *indicator.aliases}
    )
    assert set(spellings.values()) == {1}


def test_the_newer_data_are_understood_by_the_older_version():
    """Each kept indicator can be read under a spelling that both versions know."""
    new, old = by_code("cpdi-2.0"), by_code("cpdi-1.0")
    for code, other, relation in TABLE["lineage"]:
        if relation != "new":
            spellings = {new[code].name.zh, *new[code].aliases}
            assert spellings & {old[other].name.zh, *old[other].aliases}, code


@pytest.mark.parametrize("framework_id", IDS)
def test_files_survive_a_round_trip(framework_id):
    text = (
        files("suanli.framework").joinpath("frameworks", f"{framework_id}.yaml").read_text("utf-8")
    )
    assert framework_id in bundled_ids()
    assert parse(dump(parse(text))) == parse(text) == bundled(framework_id)
