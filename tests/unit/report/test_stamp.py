from suanli.report.stamp import stamped
from tests.unit.report.screens import shown


def test_simulated_is_marked_in_both_languages_and_in_words():
    assert shown(stamped("body", simulated=True)) == " 模拟数据 / SIMULATED DATA\nbody"


def test_nothing_is_added_otherwise():
    assert stamped("body", simulated=False) == "body"
