import pytest

from suanli.language import ratio_text


@pytest.mark.parametrize(
    ("value", "words"),
    [(3.0, "3"), (1 / 7, "1/7"), (1.0, "1"), (2.5, "5/2"), (2 / 3, "2/3"), (2.7182818, "2.718")],
)
def test_ratios_are_written_as_people_write_them(value, words):
    assert ratio_text(value) == words


def test_what_is_only_near_a_fraction_keeps_its_digits():
    assert ratio_text(0.3333) == "0.3333"
    assert ratio_text(1 / 101) == "0.009901"
