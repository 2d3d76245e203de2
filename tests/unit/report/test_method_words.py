"""Every method and every rule has words; identifiers stand beside them."""

from types import UnionType
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from suanli.framework import (
    Aggregation,
    Caliber,
    Framework,
    Mean,
    MissingData,
    Normalisation,
    NormalisationOverride,
    Tiers,
    Treatment,
    Weighting,
)
from suanli.language import Text, entries
from suanli.report.method_words import caliber, method_name, rule_name, rule_value, rules
from tests.made import flat

FAMILIES = {
    "normalisation": (NormalisationOverride, "method"),
    "goalposts": (Normalisation, "goalposts"),
    "outside": (Normalisation, "outside"),
    "constant": (Normalisation, "constant"),
    "transform": (Normalisation, "transform"),
    "missing": (MissingData, "method"),
    "treatment": (Treatment, "method"),
    "mode": (Treatment, "modes"),
    "weighting": (Weighting, "method"),
    "tiers": (Tiers, "method"),
    "mean": (Mean, "method"),
    "side": (Caliber, "side"),
}
SECTIONS: dict[str, type[BaseModel]] = {
    "missing": MissingData,
    "treatment": Treatment,
    "normalisation": Normalisation,
    "weighting": Weighting,
    "tiers": Tiers,
}


def literals(annotation):
    if get_origin(annotation) is Literal:
        return {name for arg in get_args(annotation) for name in (literals(arg) or {arg})}
    parts = (
        get_args(annotation)
        if get_origin(annotation) in (tuple, UnionType) or get_args(annotation)
        else ()
    )
    return {name for part in parts for name in literals(part)}


@pytest.mark.parametrize("family", FAMILIES)
def test_family_has_a_name_for_each_method_and_no_other(family):
    model, field = FAMILIES[family]
    known = {str(name) for name in literals(model.model_fields[field].annotation)}
    named = {
        key.removeprefix(f"{family}-")
        for key in entries("report")
        if key.startswith(f"{family}-") and not key.startswith("method-name")
    }
    assert known == named


def test_every_rule_has_a_name_and_no_other_is_named():
    paths = {
        f"{section}/{field}" for section, model in SECTIONS.items() for field in model.model_fields
    }
    paths |= {f"aggregation/default/{field}" for field in Mean.model_fields} | {"decimals"}
    for path in paths | {"aggregation/levels/1/method"}:
        for language in ("zh", "en"):
            assert rule_name(path, language).endswith(
                f"（{path}）" if language == "zh" else f"({path})"
            )
    keys = {f"rule-{path.replace('/', '-')}" for path in paths if "aggregation" not in path}
    keys |= {f"rule-mean-{field}" for field in Mean.model_fields}
    keys |= {"rule-aggregation-level", "rule-between"}
    assert keys == {key for key in entries("report") if key.startswith("rule-")}


def test_unknown_path_stands_for_itself():
    assert rule_name("x/y", "zh") == "x/y"


@pytest.mark.parametrize(
    ("path", "value", "zh", "en"),
    [
        ("normalisation/method", "min-max", "极差标准化（min-max）", "min–max rescaling (min-max)"),
        (
            "aggregation/levels/0/method",
            "geometric",
            "加权几何平均（geometric）",
            "weighted geometric mean (geometric)",
        ),
        ("treatment/modes", ["audit"], "审计模式（audit）", "audit (audit)"),
        ("weighting/renormalise_missing", True, "是", "yes"),
        ("weighting/note", {"zh": "甲", "en": "a"}, "甲", "a"),
        ("tiers/cuts", (40.0, 20.0), "40、20", "40, 20"),
        ("tiers/cuts", (), "–", "–"),
        ("missing/grouping", "economic-belts", "economic-belts", "economic-belts"),
        ("decimals", 2, "2", "2"),
        ("direction", "lower", "越低越好（lower）", "lower is better (lower)"),
        ("name", Text("甲", "a"), "甲", "a"),
        ("target", None, "–", "–"),
        (
            "caliber",
            Caliber(side="device", precision="FP32"),
            "设备侧、FP32",
            "device side, FP32",
        ),
    ],
)
def test_value(path, value, zh, en):
    assert (rule_value(path, value, "zh"), rule_value(path, value, "en")) == (zh, en)


def test_caliber():
    assert caliber(Caliber(side="infrastructure", precision="FP16"), "zh") == "基础设施侧、FP16"


def test_method_name():
    assert method_name("goalposts", "fixed", "zh") == "阈值固定（fixed）"


def test_rules_of_a_framework():
    made = flat(
        2,
        treatment={"method": "winsorise", "modes": ["audit"]},
        tiers={
            "method": "ranks",
            "cuts": [5, 10],
            "note": {"zh": "按报告。", "en": "As reported."},
        },
        aggregation={"levels": {0: {"method": "geometric", "floor": 1.0}}},
    )
    assert isinstance(made, Framework)
    assert isinstance(made.aggregation, Aggregation)
    assert rules(made, "zh") == [
        ("标准化：", "极差标准化（min-max），阈值逐期取自当期数据（annual）"),
        ("权重：", "同级等权（equal）"),
        ("合成：", "加权算术平均（arithmetic），加权几何平均（geometric）"),
        ("缺失值：", "不填补（none）"),
        ("离群值：", "缩尾（winsorise），仅用于审计模式"),
        ("梯队：", "按位次（ranks），5、10。按报告。"),
    ]
    assert rules(made, "en")[-1] == ("Tiers: ", "by rank (ranks), 5, 10. As reported.")
