from suanli.language import Text
from suanli.regions import everything
from suanli.regions.rows import parts, parts_of, region


def test_headings_in_either_language():
    assert parts({"Code": "1", "Name_ZH": "甲", "别名": "A;B"}) == {
        "code": "1",
        "name": "甲",
        "aliases": "A;B",
    }
    assert parts({"行政区划代码": "1", "地区": "甲", "上级": "0"}) == {
        "code": "1",
        "name": "甲",
        "parent": "0",
    }


def test_blank_cells_and_cells_beyond_the_headings_are_left_out():
    assert parts({"code": " 1 ", "name": None, "name_en": "  ", "short": "—"}) == {"code": "1"}
    assert parts({"code": "1", None: ["x", "y"]}) == {"code": "1"}


def test_name_zh_goes_before_name():
    assert parts({"name": "Jia", "name_zh": "甲"})["name"] == "甲"


def test_a_region_of_few_words():
    jia = region({"code": "1", "name": "甲"})
    assert (jia.name, jia.short, jia.level) == (Text("甲", "甲"), Text("甲", "甲"), "custom")
    assert (jia.parent, jia.kind, jia.iso, jia.aliases) == (None, "", None, ())


def test_an_english_name_is_enough():
    assert region({"code": "1", "name_en": "Able"}).name == Text("Able", "Able")


def test_a_region_of_many_words():
    nanshan = region(
        {
            "code": "440305.0",
            "name": "深圳市南山区",
            "name_en": "Nanshan District",
            "short": "南山",
            "short_en": "Nanshan",
            "level": "district",
            "parent": "440300.0",
            "kind": "district",
            "iso": "X",
            "aliases": "南头 | 蛇口；Shekou",
        }
    )
    assert nanshan.code == "440305"
    assert nanshan.parent == "440300"
    assert nanshan.short == Text("南山", "Nanshan")
    assert nanshan.aliases == ("南头", "蛇口", "Shekou")
    assert (nanshan.level, nanshan.kind, nanshan.iso) == ("district", "district", "X")


def test_a_region_and_the_row_that_describes_it():
    for known in everything().members:
        assert region({**parts_of(known), "aliases": "|".join(known.aliases)}) == known
