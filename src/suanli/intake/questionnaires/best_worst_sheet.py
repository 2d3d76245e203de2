"""The sheet of a group whose members are compared with the best and the worst of them."""

from dataclasses import dataclass, replace

from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.grades import number_text
from suanli.intake.questionnaires.head import finish, headings, write_head, write_remarks
from suanli.intake.questionnaires.item_rows import DEFINITION, write_items
from suanli.intake.questionnaires.layout import (
    BEST_ROW,
    FIRST_ROW,
    GIVEN,
    HIGHEST,
    LOWEST,
    SECOND,
    STATUS_ROW,
    WORST_ROW,
    GroupSheet,
    item_choice,
)
from suanli.intake.questionnaires.state import (
    RATIO,
    Computed,
    Live,
    Shown,
    write_state,
)
from suanli.intake.questionnaires.stationery import (
    AMBER,
    GREY,
    Choice,
    Sheet,
    Stationery,
    quoted,
    said,
)
from suanli.intake.questionnaires.survey import Survey
from suanli.intake.questionnaires.weight_bars import when_complete
from suanli.intake.template.paper import INPUT

_WIDTHS: dict[str, float] = {"A": 6, "B": 36, DEFINITION: 56, GIVEN: 24, SECOND: 24}
_FEEDBACK: dict[str, float] = dict.fromkeys("FGHIJKLM", 10)
_KEYS = {
    "A": "number",
    "B": "item",
    DEFINITION: "definition",
    GIVEN: "best_to_others",
    SECOND: "others_to_worst",
}
_FEEDBACK_KEYS = ("own", "median", "quartiles", "outside")
_FROM_BEST, _TO_WORST, _DEVIATION, _COUNT, _CHOICES = "AC", "AD", "AE", "AF", "AJ"
"""Columns of an item: best over it, it over the worst, the size of what does not fit, answers given, its choice."""
_BEST, _WORST, _WHOLE = f"$AC${BEST_ROW}", f"$AC${WORST_ROW}", f"$AD${BEST_ROW}"
"""Cells: numbers of the best and the worst item, and the best over the worst."""
_KNOWN = f"AND({_BEST}>0,{_WORST}>0,{_BEST}<>{_WORST})"


@dataclass(frozen=True, slots=True)
class Extremes:
    """The answers that a sheet is written with: positions of best and worst, and grades by position."""

    best: int
    worst: int
    from_best: tuple[float, ...]
    to_worst: tuple[float, ...]

    def asked(self, item: int) -> tuple[bool, bool]:
        """Return whether the two comparisons of an item are asked for."""
        return item != self.best, item not in (self.best, self.worst)

    def shown(self, item: int) -> tuple[float | None, float | None]:
        """Return what stands in an item's cells: whole numbers that are asked for, None elsewhere."""
        first, second = (
            value if asked and value.is_integer() else None
            for value, asked in zip(
                (self.from_best[item], self.to_worst[item]), self.asked(item), strict=True
            )
        )
        return first, second

    @property
    def given(self) -> int:
        """How many of the answers asked for are there."""
        items = range(len(self.from_best))
        return sum(value is not None for item in items for value in self.shown(item))

    @property
    def complete(self) -> bool:
        """Whether all answers asked for are there."""
        return self.given == 2 * len(self.from_best) - 3

    @property
    def deviations(self) -> tuple[float, ...]:
        """By item, by how much best over it times it over the worst misses best over worst."""
        whole = self.from_best[self.worst]
        pairs = enumerate(zip(self.from_best, self.to_worst, strict=True))
        return tuple(abs(a * b - whole) if all(self.asked(item)) else 0.0 for item, (a, b) in pairs)

    @property
    def ratio(self) -> float:
        """The input-based consistency ratio; only where all answers are given."""
        whole = self.from_best[self.worst]
        return max(self.deviations) / (whole * whole - whole) if whole > 1 else 0.0


def best_worst_sheet(stationery: Stationery, survey: Survey, group: GroupSheet) -> Shown:
    """Write the sheet, and return its state: best and worst to choose, then an item a row with its two comparisons."""
    page = stationery.sheet(group.name, colour=INPUT)
    feedback = survey.feedback.get(group.node)
    widths = {**_WIDTHS, **(_FEEDBACK if feedback else {})}
    last = list(widths)[-1]
    page.widths(widths)
    write_head(page, survey, group, last, sum(widths.values()))
    own = _earlier(group, feedback)
    _choices(page, survey, group, own)
    keys: dict[str, str] = {**_KEYS}
    if feedback:
        keys |= dict(zip("FGHIJKLM", _FEEDBACK_KEYS * 2, strict=True))
    headings(page, keys, widths)
    write_items(page, survey, group, widths)
    _answers(page, group, own)
    if feedback and own:
        _feedback(page, feedback, own)
    free = write_remarks(page, group, last)
    _formulas(page, len(group.items), own)
    areas = (
        f"A{STATUS_ROW}:B{STATUS_ROW}",
        f"{DEFINITION}{STATUS_ROW}",
        f"{GIVEN}{STATUS_ROW}:{SECOND}{STATUS_ROW}",
    )
    state = write_state(page, _live(page, len(group.items), own), areas)
    finish(page)
    page.raw.print_area(f"A1:{last}{free - 2}")
    return state


def _earlier(group: GroupSheet, feedback: Feedback | None) -> Extremes | None:
    if feedback is None or feedback.extremes is None:
        return None
    best, worst = feedback.extremes
    count = range(len(group.items))
    from_best = tuple(float(feedback.own[best, item]) for item in count)
    return Extremes(best, worst, from_best, tuple(float(feedback.own[i, worst]) for i in count))


def _choices(page: Sheet, survey: Survey, group: GroupSheet, own: Extremes | None) -> None:
    words = page.stationery
    names = [
        item_choice(number, item.name.said(survey.language))
        for number, item in enumerate(survey.items(group), start=1)
    ]
    for row, name in enumerate(names, start=FIRST_ROW):
        page.write(f"{_CHOICES}{row}", name, "text")
    source = f"=${_CHOICES}${FIRST_ROW}:${_CHOICES}${FIRST_ROW + len(names) - 1}"
    rule = {"validate": "list", "source": source}
    chosen = (None, None) if own is None else (own.best, own.worst)
    for row, key, item in zip((BEST_ROW, WORST_ROW), ("best", "worst"), chosen, strict=True):
        page.write(f"B{row}:{DEFINITION}{row}", words.words(key), "label")
        # two cells in one to read the name in; the answer is that of the first
        page.write(f"{GIVEN}{row}:{SECOND}{row}", "" if item is None else names[item], "answer")
        page.choice(f"{GIVEN}{row}", Choice(rule, words.lines("error_item")))
        page.height(row, ("", 1), least=2)
    if own is not None:
        note = " ".join(words.ordered(said("feedback_row_best-worst")))
        page.write(f"F{BEST_ROW}:M{WORST_ROW}", note, "notice")


def _answers(page: Sheet, group: GroupSheet, own: Extremes | None) -> None:
    first, last = FIRST_ROW, FIRST_ROW + len(group.items) - 1
    rule = {"validate": "integer", "criteria": "between", "minimum": LOWEST, "maximum": HIGHEST}
    area = f"{GIVEN}{first}:{SECOND}{last}"
    page.choice(area, Choice(rule, page.stationery.lines("error_grade")))
    for item in range(len(group.items)):
        values = (None, None) if own is None else own.shown(item)
        for column, value in zip((GIVEN, SECOND), values, strict=True):
            if value is None:
                page.write(f"{column}{first + item}", "", "grade")
            else:
                page.number(f"{column}{first + item}", value, "grade")
    number = f"ROW()-{first - 1}"
    grey = {"bg_color": GREY, "font_color": GREY}
    page.colour(
        f"{GIVEN}{first}:{GIVEN}{last}", f"AND({_BEST}>0,{number}={_BEST})", grey, last=True
    )
    done = f"AND({_BEST}>0,{_WORST}>0,OR({number}={_BEST},{number}={_WORST}))"
    page.colour(f"{SECOND}{first}:{SECOND}{last}", done, grey, last=True)
    more = f"AND({_BEST}<>{_WORST},N({_WHOLE})>0,N({GIVEN}{first})>{_WHOLE})"
    page.colour(area, more, {"bg_color": AMBER, "font_color": "#B00020"})


def _feedback(page: Sheet, feedback: Feedback, own: Extremes) -> None:
    for item in range(len(own.from_best)):
        row = FIRST_ROW + item
        places = ((own.best, item), (item, own.worst))
        for columns, place, asked in zip(("FGHI", "JKLM"), places, own.asked(item), strict=True):
            texts = ("", "", "", "")
            if asked:
                lower, upper = float(feedback.lower[place]), float(feedback.upper[place])
                texts = (
                    number_text(float(feedback.own[place])),
                    number_text(float(feedback.median[place])),
                    f"{number_text(lower)} ~ {number_text(upper)}",
                    page.stationery.lines("outside_mark") if feedback.outside(*place) else "",
                )
            for column, text in zip(columns, texts, strict=True):
                page.write(f"{column}{row}", text, "centre")


def _formulas(page: Sheet, count: int, own: Extremes | None) -> None:
    first, last = FIRST_ROW, FIRST_ROW + count - 1
    numbers = (0, 0) if own is None else (own.best + 1, own.worst + 1)
    for cell, row, value in zip((_BEST, _WORST), (BEST_ROW, WORST_ROW), numbers, strict=True):
        chosen = f"${GIVEN}${row}"
        named = f'IFERROR(VALUE(LEFT({chosen},FIND(".",{chosen})-1)),0)'
        page.formula(cell.replace("$", ""), named, "text", value)
    given = f"${GIVEN}${first}:${GIVEN}${last}"
    whole = "" if own is None else _stands(own.shown(own.worst)[0])
    page.formula(_WHOLE.replace("$", ""), f'IF({_KNOWN},INDEX({given},{_WORST}),"")', "text", whole)
    for item in range(count):
        _item_formulas(page, item, own, whole)


def _item_formulas(page: Sheet, item: int, own: Extremes | None, whole: float | str) -> None:
    """Write what is computed of an item: both comparisons with 1 for itself, what does not fit, answers given."""
    row = FIRST_ROW + item
    best, worst = f"{_BEST}={item + 1}", f"{_WORST}={item + 1}"
    first, second = (None, None) if own is None else own.shown(item)
    ends = (own is not None and item == own.best, own is not None and item == own.worst)
    from_best = 1 if ends[0] else _stands(first)
    to_worst = 1 if ends[1] else whole if ends[0] else _stands(second)
    page.formula(f"{_FROM_BEST}{row}", f"IF({best},1,{GIVEN}{row})", "text", from_best)
    other = f"IF({best},{_WHOLE},{SECOND}{row})"
    page.formula(f"{_TO_WORST}{row}", f"IF({worst},1,{other})", "text", to_worst)
    complete = own is not None and own.complete
    gap = own.deviations[item] if own is not None and complete else ""
    size = f"ABS({_FROM_BEST}{row}*{_TO_WORST}{row}-{_WHOLE})"
    page.formula(f"{_DEVIATION}{row}", when_complete(size), "text", gap)
    counted = (
        f'COUNTIFS({column}{row},">={LOWEST}",{column}{row},"<={HIGHEST}")'
        for column in (GIVEN, SECOND)
    )
    needed = "IF({0},0,{2})+IF(OR({0},{1}),0,{3})".format(best, worst, *counted)
    answers = sum(value is not None for value in (first, second))
    page.formula(f"{_COUNT}{row}", f"IF({_KNOWN},{needed},0)", "text", answers)


def _stands(value: float | None) -> float:
    """Return what a formula takes an empty cell for: 0."""
    return 0 if value is None else value


def _live(page: Sheet, count: int, own: Extremes | None) -> Live:
    words, total = page.stationery, 2 * count - 3
    first, last = FIRST_ROW, FIRST_ROW + count - 1
    counted = f"SUM(${_COUNT}${first}:${_COUNT}${last})"
    clash = f"AND({_BEST}>0,{_BEST}={_WORST})"
    same, opened = (quoted(words.words(key)) for key in ("state_same", "state_open"))
    live = Live(
        total,
        Computed(counted, 0 if own is None else own.given),
        Computed(f"IF({counted}={total},1,0)", int(own is not None and own.complete)),
        Computed(f"IF({clash},{same},{opened})", words.words("state_open")),
        "state_two",
        review="review_item",
    )
    if count == 2:
        return live
    sizes = f"${_DEVIATION}${first}:${_DEVIATION}${last}"
    ratio = f"IF({_WHOLE}=1,0,MAX({sizes})/({_WHOLE}^2-{_WHOLE}))"
    again = f'IF({RATIO}>0,MATCH(MAX({sizes}),{sizes},0),"")'
    values: tuple[float | str, float | str] = ("", "")
    if own is not None and own.complete:
        values = (own.ratio, own.deviations.index(max(own.deviations)) + 1 if own.ratio else "")
    return replace(
        live,
        ratio=Computed(when_complete(ratio), values[0]),
        again=Computed(when_complete(again), values[1]),
    )
