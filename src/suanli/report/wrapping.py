"""Lines of text in two scripts: how wide they are on a terminal, and where they may be broken."""

from collections.abc import Iterator
from itertools import pairwise
from unicodedata import combining, east_asian_width

_NEVER_LAST = "（《「『【〈“‘([{万亿"
_NEVER_FIRST = "，。、；：？！）》」』】〉”’…—～·％‰,.;:?!)]}%"


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes; a Chinese character takes two.

    >>> width("算力 EB")
    7
    """
    return sum(map(_columns, text))


def wrapped(text: str, room: int, *, later: int | None = None) -> list[str]:
    """Return the lines of a text broken to `room` columns, and to `later` columns from the second line on.

    Chinese breaks between characters, but no line begins with a closing mark or ends with an opening one, and a number
    keeps its unit; other scripts break at spaces. A word wider than a line is cut.

    >>> wrapped("共评价 31 个地区，含 2 个。", 12)
    ['共评价 31 个', '地区，含', '2 个。']
    """
    return [text[start:end] for start, end in spans(text, room, later=later)]


def spans(text: str, room: int, *, later: int | None = None) -> list[tuple[int, int]]:
    """Return where each line begins and ends in the text; spaces at the breaks belong to no line."""
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        for first, last in _filled(paragraph, room, room if later is None else later, bool(lines)):
            lines.append((start + first, start + last))
        start += len(paragraph) + 1
    return lines


def longest_piece(text: str) -> int:
    """Return the width of the widest part of a text that has no break in it."""
    pieces = (text[start:end].rstrip(" ") for start, end in _pieces(text.replace("\n", " ")))
    return max(map(width, pieces), default=0)


def _filled(text: str, room: int, later: int, begun: bool) -> Iterator[tuple[int, int]]:  # noqa: FBT001
    """Yield the lines of one paragraph; `begun` tells whether the first line of all is behind."""
    free = later if begun else room
    first = last = 0
    for start, end in _cut(text, min(room, later)):
        bare = start + len(text[start:end].rstrip(" "))
        if width(text[first:bare]) > free:
            if last > first:
                yield first, last
                free = later
            first = start
        last = max(bare, first)
    yield first, last


def _cut(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces, those that are wider than a line cut to its width."""
    for start, end in _pieces(text):
        used, begin = 0, start
        for place in range(start, end):
            columns = _columns(text[place])
            if used + columns > room and text[place] != " " and place > begin:
                yield begin, place
                used, begin = 0, place
            used += columns
        yield begin, end


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts between which a line may be broken; a part keeps the spaces after it."""
    start = 0
    for place, (here, there) in enumerate(pairwise(text), start=1):
        breaks = _at_space(text, place) if here == " " else _between(here, there)
        if breaks and there != " ":
            yield start, place
            start = place
    yield start, len(text)


def _at_space(text: str, place: int) -> bool:
    before = text[:place].rstrip(" ")[-1:]
    return not (before.isdigit() and _is_wide(text[place]))


def _between(here: str, there: str) -> bool:
    if here in _NEVER_LAST or there in _NEVER_FIRST:
        return False
    return (_is_wide(here) or _is_wide(there)) and not here.isdigit()


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if _is_wide(character) else 1
