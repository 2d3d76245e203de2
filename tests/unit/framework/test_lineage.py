"""What changed between frameworks."""

from suanli.framework import bundled, difference, parse
from suanli.language import Text
from tests.unit.framework.samples import text, words

BEFORE = parse(text())


def after(changes):
    return parse(text({"id": "sample-2.0", "version": "2.0", **changes}))


def by_code(found):
    return {(one.before, one.after): one for one in found.indicators}


def test_a_framework_does_not_differ_from_itself():
    found = difference(BEFORE, BEFORE)
    assert found.same_family
    assert {one.relation for one in found.indicators} == {"same"}
    assert all(one.changes == () for one in found.indicators)
    assert found.rules == ()


def test_attributes_are_compared():
    later = after(
        {
            "children/0/children/0/unit": "台",
            "children/0/children/0/weight": 0.5,
            "children/0/children/1/weight": 0.5,
            "children/1/name": words("应用水平"),
        }
    )
    found = by_code(difference(BEFORE, later))
    first = found["1.1", "1.1"]
    assert first.relation == "redefined"
    assert [(c.attribute, c.before, c.after) for c in first.changes] == [
        ("unit", "万台", "台"),
        ("weight", 0.25, 0.5),
    ]
    assert found["1.2", "1.2"].relation == "same"
    assert found["2.1", "2.1"].relation == "moved"
    assert found["2.1", "2.1"].changes[0].after == Text(**words("应用水平"))


def test_another_name_is_another_indicator():
    later = after({"children/0/children/0/name": words("别的指标")})
    found = difference(BEFORE, later)
    assert by_code(found)[None, "1.1"].relation == "new"
    assert by_code(found)["1.1", None].relation == "dropped"
    assert [one.before for one in found.indicators][-1] == "1.1"
    assert not any(one.declared for one in found.indicators)


DECLARED = [
    {
        "code": "1.1",
        "framework": "sample-1.0",
        "other": "2.1",
        "relation": "redefined",
        "note": words("口径调整"),
    },
    {"code": None, "framework": "sample-1.0", "other": "1.1", "relation": "dropped"},
    {"code": "2.1", "framework": "sample-1.0", "other": None, "relation": "new"},
]


def test_declared_correspondences_come_first():
    later = after({"predecessor": "sample-1.0", "correspondences": DECLARED})
    found = by_code(difference(BEFORE, later))
    assert set(found) == {("2.1", "1.1"), ("1.1", None), (None, "2.1"), ("1.2", "1.2")}
    assert found["2.1", "1.1"].declared
    assert found["2.1", "1.1"].note.zh == "口径调整"
    assert ("unit", "户/百人", "万台") in [
        (c.attribute, c.before, c.after) for c in found["2.1", "1.1"].changes
    ]


def test_the_other_way_round_new_is_dropped():
    later = after({"correspondences": DECLARED})
    found = by_code(difference(later, BEFORE))
    assert found["2.1", None].relation == "dropped"
    assert found[None, "1.1"].relation == "new"
    assert found["1.1", "2.1"].relation == "redefined"


def test_rules_are_compared_by_path():
    later = after({"normalisation/method": "rank", "decimals": 1})
    found = difference(BEFORE, later)
    assert [(r.path, r.before, r.after) for r in found.rules] == [
        ("normalisation/method", "min-max", "rank"),
        ("decimals", 2, 1),
    ]


def test_families_are_not_compared_beyond_what_they_declare():
    stand_in = {"code": "1.1", "framework": "sample-1.0", "other": "1.2", "relation": "stand-in"}
    other = after(
        {"family": "other", "correspondences": [stand_in], "normalisation/method": "rank"}
    )
    found = difference(BEFORE, other)
    assert not found.same_family
    assert found.rules == ()
    assert [(one.before, one.after, one.relation) for one in found.indicators] == [
        ("1.2", "1.1", "stand-in")
    ]
    assert found.indicators[0].changes == ()


def test_the_eight_indicators_of_cpdi_1_live_on_in_the_sixteen_of_2():
    found = difference(bundled("cpdi-1.0"), bundled("cpdi-2.0"))
    kept = [one for one in found.indicators if one.before and one.after]
    assert len(kept) == 8
    assert sum(one.relation == "new" for one in found.indicators) == 8
    assert not any(one.relation == "dropped" for one in found.indicators)


def test_the_two_caict_families_are_different_indices():
    assert not difference(bundled("cpdi-2.0"), bundled("ccpe-3.0")).same_family
