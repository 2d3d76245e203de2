import pytest

from suanli.result.workbook_print import pages_across


@pytest.mark.parametrize(
    ("items", "repeated", "pages"),
    [(5, 2, 1), (14, 2, 1), (15, 2, 2), (29, 2, 2), (30, 2, 3), (45, 2, 4), (45, 0, 1)],
)
def test_columns_go_over_as_many_pages_as_stay_legible(items, repeated, pages):
    assert pages_across([10.0, 20.0, *[14.0] * items], repeated) == pages
