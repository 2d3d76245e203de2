"""The language, and help pages in it."""

import pytest

from suanli.cli.speech import Formatter, language_of
from suanli.report.wrapping import width


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ([], {"LANG": "zh_CN", "SUANLI_LANG": "en"}, "en"),
        ([], {"LANG": "", "LC_ALL": ""}, "en"),
        (["--lang", "zh", "show"], {"LANG": "en_GB"}, "zh"),
        (["show", "x", "--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["show", "--lang"], {"LANG": "zh_CN"}, "zh"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
    ],
)
def test_language(arguments, environment, language):
    assert language_of(arguments, environment) == language


def test_text_wraps_by_what_it_looks_like():
    formatter = Formatter("zh", 30)
    with formatter.indentation():
        formatter.write_text("按所选评价体系对地区打分、排名，并说明位次成因。")
    lines = formatter.getvalue().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("  ") and width(line) <= 30 for line in lines)


def test_meanings_stand_under_one_another():
    formatter = Formatter("zh", 40)
    formatter.write_dl(
        [("--node 节点", "要查看的节点，代码或名称，如 3.1。"), ("--top 个数", "前若干名")]
    )
    assert formatter.getvalue() == (
        "--node 节点  要查看的节点，代码或名称，\n             如 3.1。\n--top 个数   前若干名\n"
    )


def test_a_long_name_has_its_meaning_on_the_next_line():
    formatter = Formatter("en", 60)
    formatter.write_dl([("--a-very-long-option-indeed LONG-VALUE", "does it"), ("-h", "help")])
    assert formatter.getvalue() == (
        "--a-very-long-option-indeed LONG-VALUE\n    does it\n-h  help\n"
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [("zh", "用法：suanli show [选项] 文件夹\n"), ("en", "Usage: suanli show [选项] 文件夹\n")],
)
def test_usage(language, line):
    formatter = Formatter(language, 80)
    formatter.write_usage("suanli show", "[选项] 文件夹")
    assert formatter.getvalue() == line


def test_headings():
    formatter = Formatter("zh", 80)
    for heading in ("Options", "Commands", "Examples", "Other"):
        formatter.write_heading(heading)
    assert formatter.getvalue() == "选项：\n命令：\n示例：\nOther:\n"
