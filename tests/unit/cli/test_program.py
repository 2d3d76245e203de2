"""Help pages of every command, in both languages."""

import re

import pytest

from suanli.cli.framework import PARTS
from suanli.cli.program import COMMANDS
from suanli.language import entries
from suanli.report.wrapping import width

PAGES = [(), *((name,) for name in COMMANDS), *(("framework", part) for part in PARTS)]
CLICKS_WORDS = re.compile(
    r"OPTIONS|ARGS|COMMAND|Usage|Options|default:|required|TEXT|INTEGER|RANGE|Show this"
)


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_page_in_chinese_has_no_english_of_clicks(suanli, page):
    answer = suanli(*page, "--help", language="zh")
    assert answer.code == 0
    assert answer.out.startswith("用法：suanli")
    assert not CLICKS_WORDS.search(answer.out)


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", ["60", "80"])
def test_page_fits(suanli, monkeypatch, page, language, columns):
    monkeypatch.setenv("COLUMNS", columns)
    lines = suanli(*page, "-h", language=language).out.splitlines()
    examples = lines.index("示例：" if language == "zh" else "Examples:")
    assert all(width(line) <= int(columns) for line in lines[:examples])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_options_say_what_they_are(suanli, language):
    lines = suanli("show", "--help", language=language).out.splitlines()
    (top,) = (line for line in lines if line.startswith("  --top"))
    expected = {
        "zh": "  --top 个数       只列前若干名。",
        "en": "  --top COUNT      List only so many.",
    }
    assert top == expected[language]
    assert any("--lang [zh|en]" in line for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_examples_name_commands_and_options_that_exist(suanli, language):
    for key, texts in entries("cli").items():
        if not key.endswith("-examples") or key == "heading-examples":
            continue
        for line in texts[language].strip().splitlines():
            program, *words = line.split()
            assert program == "suanli"
            path = words[: 2 if words[0] in ("framework", "panel") else 1]
            page = suanli(*path, "--help", language=language)
            assert page.code == 0
            assert all(word in page.out for word in words if word.startswith("--"))


def test_commands_are_listed_in_order_with_their_summaries(suanli):
    lines = suanli("--help", language="zh").out.splitlines()
    start = lines.index("命令：") + 1
    assert [line.split()[0] for line in lines[start : start + len(COMMANDS)]] == list(COMMANDS)
