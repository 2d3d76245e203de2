"""A region is found by its own names, and any other text brings nothing but a region error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.problems import Problem, RegionError
from suanli.regions import Region, custom, everything, prefectures, provinces

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
AMBIGUOUS = {"Jilin", "Hainan", "Yichun", "Suzhou", "Taizhou", "Fuzhou", "Yulin"}
LISTS = st.sampled_from([provinces(), prefectures(), everything()])


@st.composite
def retyped(draw, text):
    """The text with spaces put in, digits widened or the case changed."""
    for place in sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)), reverse=True):
        text = text[:place] + draw(st.sampled_from([" ", "\u3000", "\t", "\u00a0"])) + text[place:]
    change = draw(st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]))
    return change(text.translate(FULL_WIDTH) if draw(st.booleans()) else text)


@st.composite
def own_names(draw):
    regions = draw(LISTS)
    region = draw(st.sampled_from(regions.members))
    names = [
        region.code,
        f"{region.code}.0",
        region.name.zh,
        region.name.en,
        region.short.zh,
        region.short.en,
    ]
    return regions, region, draw(retyped(draw(st.sampled_from(names))))


def names_one(regions, name):
    return len(regions.candidates(name)) == 1


@settings(max_examples=400, deadline=None)
@given(own_names())
def test_a_region_is_found_by_its_own_names(case):
    regions, region, spelling = case
    found = regions.find(spelling)
    if isinstance(found, Problem):
        assert found.code == "region-ambiguous"
        assert region in regions.candidates(spelling)
        assert region.short.en in AMBIGUOUS
    else:
        assert found == region


@pytest.mark.parametrize("regions", [provinces(), prefectures(), everything()])
def test_every_region_is_found_by_code_full_name_and_unambiguous_short_name(regions):
    for region in regions.members:
        certain = {region.code, region.code[:4] if region.level == "prefecture" else region.code}
        certain |= {region.name.zh, region.code + "000000"}
        for spelling in certain:
            assert regions.resolve(spelling) == region
        for spelling in (region.short.zh, region.name.en, region.short.en):
            assert region in regions.candidates(spelling)
            if names_one(regions, spelling):
                assert regions.resolve(spelling) == region


def test_few_short_names_are_ambiguous():
    def ambiguous(regions, language):
        shorts = (region.short.said(language) for region in regions.members)
        return {short for short in shorts if not names_one(regions, short)}

    assert ambiguous(provinces(), "zh") == ambiguous(provinces(), "en") == set()
    assert ambiguous(prefectures(), "zh") == ambiguous(everything(), "zh") == {"吉林", "海南"}
    assert ambiguous(prefectures(), "en") == AMBIGUOUS


@given(st.sampled_from(prefectures().members), st.booleans(), st.booleans(), st.booleans())
def test_a_prefecture_is_found_behind_its_province(region, full, full_holder, english):
    holder = provinces().by_code[region.parent]
    names = (holder.name if full_holder else holder.short, region.name if full else region.short)
    spelling = f"{names[1].en}, {names[0].en}" if english else names[0].zh + names[1].zh
    assert prefectures().resolve(spelling) == region
    assert everything().resolve(spelling) == region


PIECES = [
    "广",
    "东",
    "省",
    "市",
    "州",
    "吉林",
    "海南",
    "苏州",
    "中国",
    "China",
    "44",
    "suzhou",
    "台湾",
    "合计",
]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.integers(-(10**7), 10**13).map(str),
    st.floats().map(str),
)


@settings(max_examples=500, deadline=None)
@given(LISTS, TEXTS)
def test_any_text_gives_a_member_or_a_problem(regions, text):
    found = regions.find(text)
    assert regions.find(text) == found
    if isinstance(found, Region):
        assert found in regions.members
        assert regions.resolve(text) == found
        return
    for language in ("zh", "en"):
        assert found.message(language)
        assert found.action(language)
    with pytest.raises(RegionError, match=r"."):
        regions.resolve(text)


def made(rows):
    try:
        return custom(rows)
    except RegionError as error:
        return error


ROWS = st.lists(
    st.fixed_dictionaries(
        {"code": st.text(max_size=8), "name": st.text(max_size=8)},
        optional={"short": st.text(max_size=4), "parent": st.text(max_size=4)},
    ),
    max_size=6,
)


@settings(deadline=None)
@given(ROWS)
def test_a_list_of_ones_own_finds_its_members_or_is_refused(rows):
    regions = made(rows)
    if isinstance(regions, RegionError):
        assert regions.problems
        return
    assert len(regions.members) == len(rows)
    for region in regions.members:
        assert regions.resolve(region.code) == region
        assert regions.resolve(region.name.zh) == region
