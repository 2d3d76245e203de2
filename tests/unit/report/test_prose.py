"""Sentences wrap with their indents, alone and in tables."""

from rich.table import Table
from rich.text import Text as Styled

from suanli.report.prose import Fitted, Prose
from tests.unit.report.screens import shown, styled


def test_indent_and_hang():
    assert shown(Prose("一二三四五六", indent=2, hang=2), 10) == "  一二三四\n    五六"


def test_style_stays_with_its_words():
    text = styled(Prose(Styled.assemble(("甲乙丙", "bold"), "丁戊己")), 8)
    assert text == "\x1b[1m甲乙丙\x1b[0m丁\n戊己\n"


def test_style_of_the_whole_does_not_change_what_it_was_made_of():
    text = Styled("甲")
    Prose(text, style="red")
    assert not text.spans


def test_column_shrinks_to_the_room_there_is():
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row("A-001", Prose("全国在用数据中心机架数超过650万标准机架"))
    assert shown(table, 27) == ("A-001  全国在用数据中心机架\n       数超过650万标准机架")
    assert shown(table, 80) == "A-001  全国在用数据中心机架数超过650万标准机架"


def test_fitted_is_built_for_the_width():
    assert shown(Fitted(str), 42) == "42"
