"""One normal form for all the ways a name or code is typed."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import yaml

# Whole numbers as spreadsheets show them: 440000, 440000.0, 440,000, and '440000 for text.
_WHOLE_NUMBER = re.compile(r"'?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
_DROPPED = ("P", "S", "Z", "C")
_LONGEST_NAME = 200
_FIRST_TONE_MARK, _LAST_TONE_MARK = "\u0300", "\u036f"


def name_key(text: str) -> str:
    """Return the normal form under which a spelling is looked up; empty when nothing is left.

    Width, case, spaces, punctuation, footnote and tone marks, and traditional characters do not
    count.

    >>> name_key(" 廣東　省 "), name_key("Ürümqi"), name_key("４４００００.0"), name_key("CN-GD")
    ('广东省', 'urumqi', '440000', 'cngd')
    """
    # no name of a region is that long; hostile cells are not worth normalising or remembering
    return text if len(text) > _LONGEST_NAME else _normal_form(text)


@lru_cache(maxsize=16384)
def _normal_form(text: str) -> str:
    # ① and ² become digits under NFKC although they mark footnotes; a byte order mark is unseen
    seen = (letter for letter in text if unicodedata.category(letter) not in {"No", "Cf"})
    plain = unicodedata.normalize("NFKC", "".join(seen)).casefold()
    compact = "".join(plain.split())
    if number := _WHOLE_NUMBER.fullmatch(compact):
        return number[1].replace(",", "")
    if not any(letter.isalpha() for letter in compact):
        # 44.03 or -44 must not turn into the code 4403 or 44; a dash says nothing at all
        return compact if any(letter.isdigit() for letter in compact) else ""
    # the tone is all that tells 陕西 (Shǎnxī) from 山西 (Shānxī)
    toned = unicodedata.normalize("NFC", compact).replace("shǎnx", "shaanx")
    kept = (letter for letter in unicodedata.normalize("NFD", toned) if _counts(letter))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_simplified())


def plain_code(text: str) -> str:
    """Return a code as it was before a spreadsheet took it for a number; any other text as it is.

    >>> plain_code("440000.0"), plain_code("004"), plain_code(" A-1 ")
    ('440000', '004', 'A-1')
    """
    trimmed = text.strip()
    number = _WHOLE_NUMBER.fullmatch(unicodedata.normalize("NFKC", trimmed))
    return number[1].replace(",", "") if number else trimmed


def _counts(letter: str) -> bool:
    if _FIRST_TONE_MARK <= letter <= _LAST_TONE_MARK:
        return False
    return unicodedata.category(letter)[0] not in _DROPPED


@cache
def _simplified() -> dict[int, str]:
    source = files("suanli.regions").joinpath("data", "characters.yaml")
    table: dict[str, str] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {
        ord(old): new for old, new in zip(table["traditional"], table["simplified"], strict=True)
    }
