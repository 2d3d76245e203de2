"""What digits of codes say of the units around a division."""

import pytest

from suanli.regions.division_codes import down_to_county, holders, is_division_code


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("440106", ("440100", "440000")),
        ("429004", ("429000", "420000")),
        ("440100", ("440000",)),
        ("440000", ()),
        ("440106001", ()),
        ("44", ()),
        ("circle", ()),
        ("", ()),
    ],
)
def test_the_units_that_hold_a_code(code, around):
    assert holders(code) == around


@pytest.mark.parametrize("text", ["44", "4401", "44010600", "４４０１０６", "GBA001", ""])
def test_what_has_not_the_form_of_a_code_stays_as_it_is(text):
    assert not is_division_code(text)
    assert down_to_county(text) == text


@pytest.mark.parametrize("code", ["440106", "440106001", "440106001007"])
def test_codes_down_to_the_village_begin_with_their_county(code):
    assert is_division_code(code)
    assert down_to_county(code) == "440106"
