import pytest
from hypothesis import given
from hypothesis import strategies as st

from suanli.intake.template import line_count, row_height, text_width

TEXTS = st.text(alphabet="算力（指标），。AWi1 .-\n", max_size=200)


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, 1),
        ("算力规模", 10, 1),
        ("算力规模算", 10, 2),
        ("a\nb", 10, 2),
        ("a" * 17, 10, 3),
        ("aaaa bbbb", 10, 2),
        ("aaaa bbb", 10, 1),
        ("算力Computing", 12, 2),
        ("“算力”", 10, 1),
    ],
)
def test_lines_of_a_text_in_a_cell(text, columns, lines):
    assert line_count(text, columns) == lines


@given(TEXTS, st.floats(4, 120))
def test_lines_have_room_for_all_of_the_text(text, columns):
    taken = sum(text_width(line) for line in text.split("\n"))
    assert line_count(text, columns) * columns >= taken
    assert line_count(text, columns) >= 1 + text.count("\n")


@given(TEXTS, st.floats(6, 60))
def test_a_wider_cell_never_needs_more_lines_for_chinese(text, columns):
    chinese = "".join(letter for letter in text if letter > "\u2e7f")
    assert line_count(chinese, columns + 10) <= line_count(chinese, columns)


def test_a_row_is_as_high_as_its_longest_text_and_no_higher_than_sheets_allow():
    assert row_height([("算力", 10), ("算力" * 20, 12)]) == 16 * 8 + 3
    assert row_height([]) == row_height([("", 10)]) == 19
    assert row_height([("算" * 4000, 10)]) == 405
