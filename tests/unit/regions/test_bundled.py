import re

import pytest

from suanli.problems import Problem
from suanli.regions import Region, everything, prefectures, provinces
from suanli.regions.name_index import shared_names
from suanli.regions.rows import table

KINDS_OF_PROVINCES = {"province": 22, "autonomous_region": 5, "municipality": 4}
KINDS_OF_PREFECTURES = {"city": 293, "autonomous_prefecture": 30, "prefecture": 7, "league": 3}


def counted(regions):
    kinds = [region.kind for region in regions.members]
    return {kind: kinds.count(kind) for kind in kinds}


def test_there_are_31_provinces_of_the_right_kinds():
    assert len(provinces().members) == 31
    # 台湾 is the 23rd province
    assert counted(provinces()) == KINDS_OF_PROVINCES
    assert {region.level for region in provinces().members} == {"province"}


def test_there_are_333_prefectures_of_the_right_kinds():
    assert len(prefectures().members) == 333
    assert counted(prefectures()) == KINDS_OF_PREFECTURES
    assert {region.level for region in prefectures().members} == {"prefecture"}


def test_codes_are_unique_and_have_the_shape_of_gb_t_2260():
    codes = everything().codes
    assert len(set(codes)) == len(everything().members) == 364
    assert all(re.fullmatch(r"[1-6][0-7]0000", code) for code in provinces().codes)
    assert all(re.fullmatch(r"[1-6][0-7](?!00)[0-9]{2}00", code) for code in prefectures().codes)
    assert list(provinces().codes) == sorted(provinces().codes)
    assert list(prefectures().codes) == sorted(prefectures().codes)


def test_parents_are_the_provinces_of_the_codes():
    assert all(region.parent is None for region in provinces().members)
    for region in prefectures().members:
        assert region.parent == region.code[:2] + "0000"
        assert region.parent in provinces().by_code


def test_only_municipalities_hold_no_prefectures():
    holding = {region.parent for region in prefectures().members}
    without = [region for region in provinces().members if region.code not in holding]
    assert {region.kind for region in without} == {"municipality"}
    assert len(without) == 4


def test_iso_codes_are_unique_and_only_provinces_have_them():
    iso = [region.iso for region in provinces().members]
    assert len(set(iso)) == 31
    assert all(re.fullmatch(r"CN-[A-Z]{2}", code) for code in iso)
    assert {region.iso for region in prefectures().members} == {None}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_full_names_differ_in_either_language(language):
    names = [region.name.said(language) for region in everything().members]
    assert len(set(names)) == len(names)


ENDINGS = {
    "province": ("省",),
    "autonomous_region": ("自治区",),
    "municipality": ("市",),
    "city": ("市",),
    "autonomous_prefecture": ("自治州",),
    "prefecture": ("地区",),
    "league": ("盟",),
}


def test_short_names_are_full_names_without_the_ending():
    for region in everything().members:
        assert region.name.zh.startswith(region.short.zh)
        assert region.name.zh.endswith(ENDINGS[region.kind])
        assert region.short.zh not in ("", region.name.zh)
        assert region.name.en.startswith(region.short.en)


def test_every_row_of_the_data_became_a_region():
    rows = table("provinces") + table("prefectures")
    assert [row["code"] for row in rows] == list(everything().codes)
    assert all(isinstance(region, Region) for region in everything().members)


# Every spelling that names more than one region, computed; a new one must be looked at by a person.
SHARED = {
    "吉林": ["220000", "220200"],
    "海南": ["460000", "632500"],
    "jilin": ["220000", "220200"],
    "hainan": ["460000", "632500"],
    "yichun": ["230700", "360900"],
    "suzhou": ["320500", "341300"],
    "taizhou": ["321200", "331000"],
    "fuzhou": ["350100", "361000"],
    "yulin": ["450900", "610800"],
}


def test_shared_names_are_the_known_ones():
    shared = {
        key: [region.code for region in found]
        for key, found in shared_names(everything().members).items()
    }
    with_endings = {
        name + ending: codes
        for name, codes in SHARED.items()
        for ending in ("city", "shi")
        if name.isascii() and name not in {"jilin", "hainan"}
    }
    assert shared == SHARED | with_endings


def test_no_name_is_shared_among_provinces():
    assert shared_names(provinces().members) == {}


@pytest.mark.parametrize("spelling", sorted(SHARED))
def test_shared_names_are_refused_where_both_levels_are_known(spelling):
    for regions in (everything(), prefectures()):
        found = regions.find(spelling)
        assert isinstance(found, Problem)
        assert found.code == "region-ambiguous"
        assert [region.code for region in regions.candidates(spelling)] == SHARED[spelling]


def test_lists_are_built_once():
    assert provinces() is provinces()
    assert everything().members == provinces().members + prefectures().members
