"""Where a problem is, in words."""

import re

from suanli.language import Language, say
from suanli.problems import Place

_LINE = re.compile(r"(lines?) ([\d–]+)")


def place_words(place: Place, language: Language) -> str:
    """Return the parts of a place that apply, lines of a text file in the language asked for.

    >>> place_words(Place(file="data.csv", cell="line 7"), "zh")
    'data.csv · 第 7 行'
    """
    cell = place.cell
    if line := _LINE.fullmatch(cell):
        cell = say("report", f"place-{line[1]}", language, number=line[2])
    parts = (place.file, place.sheet, cell, place.path, place.region, place.period, place.code)
    return " · ".join(part for part in parts if part)
