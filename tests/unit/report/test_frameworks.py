from suanli.framework import bundled, bundled_ids
from suanli.report.frameworks import framework_list, framework_list_json, node_counts
from tests.unit.report.screens import shown


def test_list_in_both_languages():
    found = [bundled(name) for name in bundled_ids()]
    zh = shown(framework_list(found, "zh"), 80).splitlines()
    assert (
        zh[0] == "编号           名称                                 系列  各级节点数   评价对象"
    )
    assert zh[1] == "ccpe-3.0       综合算力评价体系3.0                  ccpe  4 / 9 / 53   省级"
    en = shown(framework_list(found, "en"), 80)
    assert "China Computing Power" in en
    assert "province" in en


def test_json():
    (found,) = framework_list_json([bundled("cpdi-1.0")])
    assert found["counts"] == [3, 7, 8]
    assert found["indicators"] == 8
    assert found["title"]["zh"] == "中国算力发展指数1.0"


def test_node_counts():
    assert node_counts(bundled("cpdi-2.0")) == (5, 12, 16)
