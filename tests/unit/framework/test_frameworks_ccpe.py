"""The bundled frameworks of the ccpe family against the tables of the report they follow."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from suanli.framework import Framework, Group, Indicator, bundled, bundled_ids, dump, parse
from suanli.framework.units import is_known
from suanli.language import Text

WORKED = Path(__file__).parents[2] / "worked" / "ccpe_indicators.yaml"
IDS = ("ccpe-3.0", "ccpe-3.0-city")
DIRECTIONS = {"+": "higher", "-": "lower"}
KINDS = {"E": "extensive", "I": "intensive"}
HAN = re.compile("[\u3400-\u9fff]")
QUOTED = re.compile(r"《[^》]*》|\([^()]*\)")


@pytest.fixture(scope="module")
def table() -> dict:
    return yaml.safe_load(WORKED.read_text(encoding="utf-8"))


def expected_rows(table: dict) -> list[tuple]:
    return [
        (code, name, unit, DIRECTIONS[direction], KINDS[kind])
        for code, name, unit, direction, kind in table["indicators"]
    ]


def rows(framework: Framework) -> list[tuple]:
    return [(i.code, i.name.zh, i.unit, i.direction, i.kind) for i in framework.indicators()]


def groups(framework: Framework) -> list[list]:
    return [
        [placed.node.code, placed.node.name.zh, len(placed.node.children)]
        for placed in framework.walk()
        if isinstance(placed.node, Group)
    ]


def texts(value: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Yield every text inside `value` with the path to it."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from texts(getattr(value, field), f"{path}/{field}")
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from texts(item, f"{path}/{getattr(item, 'code', i)}")


def by_code(framework: Framework) -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in framework.indicators()}


def test_indicators_are_those_of_the_report(table):
    assert rows(bundled("ccpe-3.0")) == expected_rows(table)


def test_counts():
    framework = bundled("ccpe-3.0")
    levels = Counter(placed.level for placed in framework.walk())
    assert levels == {1: 4, 2: 9, 3: 53}
    assert Counter(i.direction for i in framework.indicators()) == {"higher": 44, "lower": 9}
    assert Counter(i.kind for i in framework.indicators()) == {"extensive": 24, "intensive": 29}


def test_groups_are_those_of_the_report(table):
    assert groups(bundled("ccpe-3.0")) == table["groups"]


def test_every_code_lies_below_its_parents_code():
    for placed in bundled("ccpe-3.0").walk():
        assert placed.level == 1 or placed.node.code.rpartition(".")[0] == placed.parent


def test_only_computing_power_carries_a_caliber(table):
    declared = {
        i.code: i.caliber.model_dump() for i in bundled("ccpe-3.0").indicators() if i.caliber
    }
    assert declared == table["calibers"]


def test_city_framework_is_the_computing_power_dimension_alone(table):
    city = bundled("ccpe-3.0-city")
    assert city.region_level == "prefecture"
    assert city.name.zh == "城市算力"
    assert groups(city) == [g for g in table["groups"] if g[0].startswith("3.1.")]
    assert len(city.indicators()) == 11
    assert city.children == bundled("ccpe-3.0").children[0].children


def test_city_indicators_are_declared_the_same_as_the_provincial_ones():
    city = bundled("ccpe-3.0-city")
    assert [(c.code, c.framework, c.other, c.relation) for c in city.correspondences] == [
        (code, "ccpe-3.0", code, "same") for code in by_code(city)
    ]


def test_lineage_records_what_the_report_says_of_the_version_before(table):
    framework = bundled("ccpe-3.0")
    assert framework.predecessor is None
    assert {c.framework for c in framework.correspondences} == {"ccpe-2.0"}
    relations = {c.code: c.relation for c in framework.correspondences}
    assert relations == dict.fromkeys(table["new"], "new") | dict.fromkeys(table["moved"], "moved")


@pytest.mark.parametrize("framework_id", IDS)
def test_rules_are_those_of_the_report(framework_id):
    framework = bundled(framework_id)
    normalisation = framework.normalisation
    assert (normalisation.method, normalisation.goalposts) == ("min-max", "annual")
    assert (normalisation.scale, normalisation.constant) == ((0, 100), "midpoint")
    assert framework.aggregation.default.method == "arithmetic"
    assert (framework.missing.method, framework.missing.group_coverage) == ("none", 0.5)
    assert (framework.treatment.method, framework.treatment.modes) == ("winsorise", ("audit",))
    assert framework.tiers.method == "none"
    assert not any(i.normalisation for i in framework.indicators())


@pytest.mark.parametrize("framework_id", IDS)
def test_weights_are_equal_shares_and_said_to_be_a_placeholder(framework_id):
    framework = bundled(framework_id)
    assert (framework.weighting.method, framework.weighting.renormalise_missing) == ("equal", True)
    assert all(placed.node.weight is None for placed in framework.walk())
    assert "placeholder" in framework.weighting.note.en
    assert "占位" in framework.weighting.note.zh
    assert "nothing computed with them is a result of CAICT" in framework.description.en
    assert "均不是中国信息通信研究院的评价结果" in framework.description.zh


@pytest.mark.parametrize("framework_id", IDS)
def test_every_text_is_written_in_both_languages(framework_id):
    found = list(texts(bundled(framework_id)))
    assert len(found) > 60
    for path, text in found:
        assert text.zh.strip() == text.zh != "", path
        assert text.en.strip() == text.en != "", path
        assert HAN.search(text.zh) or text.zh in ("PUE", "CUE", "WUE", "IOPS"), path
        assert not HAN.search(QUOTED.sub("", text.en)), path
        assert not re.search("[，。；：？]|  ", text.en), path
        assert not re.search("[,;?]", re.sub(r"\[[^\]]*\]", "", text.zh)), path


@pytest.mark.parametrize("framework_id", IDS)
def test_sentences_end_as_sentences(framework_id):
    for indicator in bundled(framework_id).indicators():
        for text in (indicator.definition, indicator.formula, indicator.source, *indicator.notes):
            assert text.zh.endswith("。"), (indicator.code, text.zh)
            assert text.en.endswith("."), (indicator.code, text.en)


@pytest.mark.parametrize("framework_id", IDS)
def test_every_group_is_defined(framework_id):
    for placed in bundled(framework_id).walk():
        assert placed.node.definition is not None, placed.node.code


@pytest.mark.parametrize("framework_id", IDS)
def test_notes_name_no_person_and_no_tool(framework_id):
    barred = re.compile(
        r"[Aa]cademician|[Pp]rofessor|\b(?:Mr|Mrs|Ms|Dr)\b|院士|教授|先生|女士"
        r"|COINr|yaahp|SPSS|Excel|Python|TODO"
    )
    for indicator in bundled(framework_id).indicators():
        assert indicator.notes, indicator.code
        for note in indicator.notes:
            assert not barred.search(note.zh + note.en), indicator.code


@pytest.mark.parametrize("framework_id", IDS)
def test_no_name_or_alias_can_mean_two_indicators(framework_id):
    spellings = Counter(
        spelling
        for i in bundled(framework_id).indicators()
        for spelling in {s.casefold() for s in (i.code, i.name.zh, i.name.en, *i.aliases)}
    )
    assert {spelling for spelling, count in spellings.items() if count > 1} == set()
    for indicator in bundled(framework_id).indicators():
        assert len(set(indicator.aliases)) == len(indicator.aliases), indicator.code
        assert any(re.fullmatch("[a-z_]+", alias) for alias in indicator.aliases), indicator.code


def test_names_that_the_report_uses_elsewhere_are_aliases():
    indicators = by_code(bundled("ccpe-3.0"))
    for code, alias in {
        "3.1.1.1": "在用算力规模",
        "3.1.1.2": "在建算力规模",
        "3.2.1.1": "总体存储容量",
        "3.2.2.2": "存储均衡",
        "3.3.1.1": "互联网宽带接入端口数",
        "3.4.2.6": "算力中心相关发明专利软著授权总数",
    }.items():
        assert alias in indicators[code].aliases


@pytest.mark.parametrize("framework_id", IDS)
def test_bounds_hold_what_is_physically_possible(framework_id):
    for indicator in bundled(framework_id).indicators():
        low, high = indicator.bounds
        if indicator.unit == "%":
            assert (low, high) == (0, 100), indicator.code
        elif indicator.unit == "°C":
            assert (low, high) == (-30, 40), indicator.code
        elif indicator.name.zh == "PUE":
            assert (low, high) == (1, 10), indicator.code
        else:
            assert low == 0, indicator.code
        if indicator.kind == "extensive":
            assert high is None, indicator.code


@pytest.mark.parametrize("framework_id", IDS)
def test_units_are_understood(framework_id):
    unknown = {i.unit for i in bundled(framework_id).indicators() if not is_known(i.unit)}
    assert unknown == set()


def test_facility_ratios_are_ratios_of_sums():
    indicators = by_code(bundled("ccpe-3.0"))
    for code in ("3.1.2.1", "3.1.2.2", "3.1.2.3", "3.1.2.4", "3.2.1.2", "3.2.2.3", "3.4.1.4"):
        assert re.search("= Σ.*÷ Σ", indicators[code].formula.zh), code
        assert re.search("= Σ.*÷ Σ", indicators[code].formula.en), code


def test_storage_balance_can_be_read_as_a_target():
    changed = bundled("ccpe-3.0").with_changes(
        {"nodes/3.2.2.2/direction": "target", "nodes/3.2.2.2/target": [6.0, 6.0]}
    )
    balance = by_code(changed)["3.2.2.2"]
    assert (balance.direction, balance.target) == ("target", (6.0, 6.0))
    assert by_code(bundled("ccpe-3.0"))["3.2.2.2"].direction == "higher"


@pytest.mark.parametrize("framework_id", IDS)
def test_files_are_canonical_data(framework_id):
    text = (
        files("suanli.framework").joinpath("frameworks", f"{framework_id}.yaml").read_text("utf-8")
    )
    assert framework_id in bundled_ids()
    assert parse(dump(parse(text))) == parse(text) == bundled(framework_id)
    for node in every_node(yaml.safe_load(text)["children"]):
        assert isinstance(node["code"], str)


def every_node(nodes: list[dict]) -> Iterator[dict]:
    for node in nodes:
        yield node
        yield from every_node(node.get("children", []))
