from suanli.framework import bundled
from suanli.result.fact_counterparts import counterparts


def test_open_data_stand_beside_the_reports_where_they_are_the_same():
    found = counterparts(bundled("open-1.0"), ["cpdi-2.0", "ccpe-3.0"])
    same = {key: other.code for key, other in found.items() if other.same}
    assert same == {
        ("cpdi-2.0", "2.2.3.1"): "O2.1.1",
        ("cpdi-2.0", "2.5.1.1"): "O3.1.1",
        ("ccpe-3.0", "3.3.1.1"): "O1.1.1",
        ("ccpe-3.0", "3.3.2.3"): "O1.2.1",
    }
    assert not found["cpdi-2.0", "2.4.2.1"].same
    assert "another release" in found["cpdi-2.0", "2.2.3.1"].note.en


def test_versions_of_a_family_stand_beside_one_another_but_not_what_was_redefined():
    found = counterparts(bundled("cpdi-1.0"), ["cpdi-2.0"])
    assert found["cpdi-2.0", "2.4.1.1"].code == "1.2.1.1"
    assert found["cpdi-2.0", "2.4.1.1"].same
    assert found["cpdi-2.0", "2.1.1.1"].same, "it only moved"
    assert not found["cpdi-2.0", "2.1.1.2"].same
    assert ("cpdi-2.0", "2.2.3.1") not in found
    cities = counterparts(bundled("ccpe-3.0-city"), ["ccpe-3.0"])
    assert cities["ccpe-3.0", "3.1.1.1"].code == "3.1.1.1"


def test_a_framework_has_no_counterparts_of_itself():
    assert counterparts(bundled("cpdi-2.0"), ["cpdi-2.0"]) == {}


def test_of_two_that_are_the_same_none_is_meant():
    framework = bundled("open-1.0")
    first = next(one for one in framework.correspondences if one.code == "O2.1.1")
    twice = (*framework.correspondences, first.model_copy(update={"code": "O3.1.1"}))
    doubled = framework.model_copy(update={"correspondences": twice})
    assert not counterparts(doubled, ["cpdi-2.0"])["cpdi-2.0", "2.2.3.1"].same
