"""What the digits of a division's code say: its level, and the units that hold it."""

PROVINCE_DIGITS, PREFECTURE_DIGITS, COUNTY_DIGITS = 2, 4, 6
"""How many digits of a code name each level."""
CODE_LENGTHS = (COUNTY_DIGITS, 9, 12)
"""How many digits a code has: down to the county, the town and the village."""


def is_division_code(text: str) -> bool:
    """Return whether a text has the form of a code: 6, 9 or 12 digits."""
    return text.isascii() and text.isdigit() and len(text) in CODE_LENGTHS


def down_to_county(code: str) -> str:
    """Return the code of the county, prefecture or province that a code begins with; any other text as it is.

    >>> down_to_county("440106001007"), down_to_county("440100000"), down_to_county("GBA")
    ('440106', '440100', 'GBA')
    """
    return code[:COUNTY_DIGITS] if is_division_code(code) else code


def holders(code: str) -> tuple[str, ...]:
    """Return the codes that a division's six digits say it lies in, smallest first; none for any other text.

    >>> holders("440106"), holders("440100"), holders("440000"), holders("GBA")
    (('440100', '440000'), ('440000',), (), ())
    """
    if not is_division_code(code) or len(code) != COUNTY_DIGITS:
        return ()
    around = (f"{code[:PREFECTURE_DIGITS]}00", f"{code[:PROVINCE_DIGITS]}0000")
    return tuple(dict.fromkeys(holder for holder in around if holder != code))
