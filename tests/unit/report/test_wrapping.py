"""Lines break where both scripts allow it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suanli.report.wrapping import longest_piece, spans, width, wrapped

TEXTS = st.text(alphabet="算力 ，。（）“”ab1 2%·—…\n万亿元", max_size=60)


def test_width_counts_columns():
    assert width("算力 EB") == 7
    assert width("e\u0301") == 1
    assert width("（2018—2023 年）") == 16


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, [""]),
        ("数据质量评估报告", 8, ["数据质量", "评估报告"]),
        ("国家统计局，发布", 10, ["国家统计", "局，发布"]),
        ("采用“固定阈值”打分", 6, ["采用", "“固定", "阈值”", "打分"]),
        ("共计 31 个省份", 8, ["共计", "31 个省", "份"]),
        ("相差2.15429 亿元左右", 13, ["相差", "2.15429 亿元", "左右"]),
        ("The quick brown fox", 10, ["The quick", "brown fox"]),
        ("supercalifragilistic", 8, ["supercal", "ifragili", "stic"]),
        ("一\n\n二三", 10, ["一", "", "二三"]),
        ("abc   def", 4, ["abc", "def"]),
    ],
)
def test_lines(text, room, lines):
    assert wrapped(text, room) == lines


def test_later_lines_may_be_shorter():
    assert wrapped("一二三四五六", 6, later=4) == ["一二三", "四五", "六"]
    assert wrapped("一二\n三四五", 8, later=4) == ["一二", "三四", "五"]


@given(TEXTS, st.integers(8, 40))
def test_nothing_is_lost_and_no_line_is_wider(text, room):
    lines = wrapped(text, room)
    assert all(width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(TEXTS, st.integers(8, 40))
def test_spans_stand_in_order(text, room):
    ends = [edge for span in spans(text, room) for edge in span]
    assert ends == sorted(ends)


@given(TEXTS)
def test_a_wide_enough_line_is_one_line(text):
    lines = text.split("\n")
    assert wrapped(text, 200) == [line.rstrip(" ") for line in lines]


def test_longest_piece():
    assert longest_piece("算力规模 in EFLOPS") == 6
    assert longest_piece("") == 0
