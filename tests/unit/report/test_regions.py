"""Regions: lists, candidates, groupings."""

import json

from suanli.regions import everything, groupings, provinces
from suanli.report.regions import (
    candidates,
    level_name,
    region_groupings,
    region_list,
    regions_json,
)
from tests.unit.report.screens import shown

JILIN = everything().candidates("吉林")


def test_candidates_say_which_is_which():
    assert shown(candidates("吉林", JILIN, everything(), "zh")) == (
        "代码    名称    英文名称    级别  所属\n"
        "220000  吉林省  Jilin       省级\n"
        "220200  吉林市  Jilin City  地级  吉林省\n"
        "“吉林”可指 2 个地区：吉林省 (220000)、吉林市 (220200)。填报时请用全称或代码。"
    )
    assert "“Jilin” may be any of 2 regions" in shown(
        candidates("Jilin", JILIN, everything(), "en")
    )


def test_one_candidate_needs_no_sentence():
    found = shown(candidates("广东", everything().candidates("广东"), everything(), "zh"))
    assert found == "代码    名称    英文名称   级别\n440000  广东省  Guangdong  省级"


def test_provinces_have_no_empty_column():
    lines = shown(region_list(provinces().members, everything(), "en")).splitlines()
    assert lines[0].split() == ["Code", "Name", "English", "Level"]
    assert len(lines) == 32


def test_groupings():
    text = shown(region_groupings(groupings(), provinces(), "zh"), 80)
    assert "八大国家算力枢纽 [computing-hubs]" in text
    assert "  成渝枢纽：重庆、四川" in text


def test_json():
    first = json.loads(json.dumps(regions_json(JILIN)))[1]
    assert first["code"] == "220200"
    assert first["parent"] == "220000"
    assert first["name"] == {"zh": "吉林市", "en": "Jilin City"}


def test_level_name():
    assert level_name(JILIN[1], "en") == "prefecture"
