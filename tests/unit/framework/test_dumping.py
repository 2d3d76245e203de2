"""Frameworks written as YAML."""

import yaml

from suanli.framework import Framework, dump, parse
from tests.unit.framework.samples import LISTED, content, text

RULES = {
    "version": "2.10",
    "aggregation": {"levels": {1: {"method": "geometric", "floor": 0.5}}},
    "missing": {"method": "regression", "predictors": ["1.1"]},
    "tiers": {"method": "shares", "cuts": [0.2, 0.5]},
    "children/0/children/0/notes": [{"zh": "一：注\n意", "en": "a: # note"}],
    "children/0/children/0/aliases": ["no", "1e3", "~", "别名"],
}


def test_reading_back_gives_the_same_framework():
    framework = Framework.model_validate(content(RULES))
    assert parse(dump(framework)) == framework


def test_both_forms_of_the_tree_are_written_alike():
    assert dump(parse(text(base=LISTED))) == dump(parse(text()))


def test_the_text_is_block_yaml_with_quoted_codes_and_unicode():
    lines = dump(Framework.model_validate(content(RULES))).splitlines()
    assert 'version: "2.10"' in lines
    assert '  - code: "1"' in lines
    assert "          - zh: |-" in [line.rstrip() for line in lines]
    assert "  cuts: [0.2, 0.5]" in lines
    assert '  predictors: ["1.1"]' in lines
    assert "  zh: 综合指数" in lines
    assert "missing:" in lines


def test_defaults_are_left_out_and_methods_are_always_said():
    written = dump(parse(text()))
    assert "region_floor" not in written
    assert "decimals" not in written
    assert "treatment:\n  method: none" in written
    assert "tiers:\n  method: none" in written


def test_readers_of_yaml_1_1_read_the_same():
    read = yaml.safe_load(dump(Framework.model_validate(content(RULES))))
    assert read["version"] == "2.10"
    assert read["children"][0]["children"][0]["aliases"] == ["no", "1e3", "~", "别名"]
