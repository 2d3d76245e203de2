"""The state of a sheet of questions: how many are answered, how consistent they are; shown on it and on the guide.

The figures stand out of sight in row 5, the same cells on every sheet, so that the guide can refer to them.
"""

from dataclasses import dataclass

from suanli.intake.questionnaires.layout import STATUS_ROW
from suanli.intake.questionnaires.stationery import (
    AMBER,
    GREEN,
    Sheet,
    Stationery,
    quoted,
    said,
)

ANSWERED, COMPLETE, UNREAD, RATIO, LIMIT, REVIEW, STATE = (
    f"${column}${STATUS_ROW}" for column in ("AC", "AD", "AE", "AF", "AG", "AH", "AI")
)
"""Answers given; 1 when all are; answers that cannot be read; CR or empty; its limit or empty; question to look at
again or empty; the state in words."""
HIDDEN = "AC:HZ"
"""Columns that hold what is computed, of groups as large as can be asked."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula, and the value it has for the answers that the form is written with."""

    formula: str
    value: float | str | None

    @classmethod
    def text(cls, text: str) -> "Computed":
        """Return a text that never changes."""
        return cls(quoted(text), text)


NOTHING = Computed.text("")


@dataclass(frozen=True, slots=True)
class Live:
    """What is computed of a sheet.

    `opened` is said while it is not complete, `done` when it is complete and there is no consistency to be told of.
    `review` is the key of what is said of the question to look at again.
    """

    total: int
    answered: Computed
    complete: Computed
    opened: Computed
    done: str
    unread: Computed = Computed("0", 0)
    ratio: Computed = NOTHING
    limit: float | None = None
    again: Computed = NOTHING
    review: str = "review"


@dataclass(frozen=True, slots=True)
class Shown:
    """The state of a sheet for the answers that the form is written with."""

    answered: float
    ratio: float | str
    limit: float | str
    words: str


def write_state(page: Sheet, live: Live, areas: tuple[str, str, str]) -> Shown:
    """Write the figures, and where they are seen: how many answers, the state, what to look at again."""
    words = page.stationery
    state_words = _state(words, live)
    for cell, computed in (
        (ANSWERED, live.answered),
        (COMPLETE, live.complete),
        (UNREAD, live.unread),
        (RATIO, live.ratio),
        (REVIEW, live.again),
        (STATE, state_words),
    ):
        page.formula(cell.replace("$", ""), computed.formula, "text", computed.value)
    if live.limit is not None:
        page.number(LIMIT.replace("$", ""), live.limit, "text")
    count, state, again = areas
    answered = f"{words.words('answered')}　"
    page.formula(
        count,
        f'{quoted(answered)}&{ANSWERED}&" / {live.total}"',
        "state",
        f"{answered}{live.answered.value} / {live.total}",
    )
    page.formula(state, STATE, "state", state_words.value)
    _review(page, again, live)
    page.colour(state, f"{UNREAD}>0", {"bg_color": AMBER}, last=True)
    colour_ratio(page, state, RATIO, LIMIT)
    page.raw.set_column(HIDDEN, None, None, {"hidden": 1})
    limit = "" if live.limit is None else live.limit
    ratio = "" if live.ratio.value is None else live.ratio.value
    return Shown(float(live.answered.value or 0), ratio, limit, str(state_words.value))


def colour_ratio(page: Sheet, area: str, ratio: str, limit: str) -> None:
    """Colour an area green where a consistency ratio is within its limit, amber above it."""
    page.colour(
        area, f"AND(ISNUMBER({ratio}),ISNUMBER({limit}),{ratio}>{limit})", {"bg_color": AMBER}
    )
    page.colour(
        area, f"AND(ISNUMBER({ratio}),ISNUMBER({limit}),{ratio}<={limit})", {"bg_color": GREEN}
    )


def spliced(key: str, words: Stationery, name: str, inner: str) -> str:
    """Return a formula for an entry whose one detail is computed: the words of both languages around it.

    >>> spliced("review_item", Stationery("zh", ""), "number", "AH5").split("&")[1]
    'AH5'
    """
    texts = words.ordered(said(key, **{name: "\0"}))
    return '&" "&'.join(
        f"&{inner}&".join(quoted(part) for part in text.split("\0")) for text in texts
    )


def _state(words: Stationery, live: Live) -> Computed:
    """Return the state in words."""
    unread = spliced("state_unread", words, "count", UNREAD)
    final = _final(words, live)
    formula = f"IF({UNREAD}>0,{unread},IF({COMPLETE}=0,{live.opened.formula},{final.formula}))"
    return Computed(formula, final.value if live.complete.value else live.opened.value)


def _final(words: Stationery, live: Live) -> Computed:
    if live.ratio is NOTHING:
        return Computed.text(words.words(live.done))
    ratio = live.ratio.value
    number = f'"CR ≈ "&TEXT({RATIO},"0.000")'
    shown = f"CR ≈ {ratio:.3f}" if isinstance(ratio, float) else ""
    if live.limit is None:
        return Computed(number, shown)
    within, above = (
        f" {sign} {live.limit:.2f}　{words.words(key)}"
        for sign, key in (("≤", "state_within"), (">", "state_above"))
    )
    formula = f"{number}&IF({RATIO}<={LIMIT},{quoted(within)},{quoted(above)})"
    if not isinstance(ratio, float):
        return Computed(formula, "")
    return Computed(formula, shown + (within if ratio <= live.limit else above))


def _review(page: Sheet, area: str, live: Live) -> None:
    words = page.stationery
    if live.again is NOTHING:
        page.write(area, "", "plain")
        return
    said_again = spliced(live.review, words, "number", REVIEW)
    value = (
        "" if live.again.value in ("", None) else words.words(live.review, number=live.again.value)
    )
    page.formula(area, f'IF({REVIEW}="","",{said_again})', "plain", value)
