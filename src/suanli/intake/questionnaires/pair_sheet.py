"""The sheet of a group whose members are compared two by two."""

from suanli.intake.questionnaires.facts import POSITION_LIST
from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.grades import grade_text, range_text, slider_place
from suanli.intake.questionnaires.head import (
    finish,
    headings,
    write_head,
    write_notices,
    write_remarks,
)
from suanli.intake.questionnaires.layout import (
    ANSWER,
    FIRST_ROW,
    HEADING_ROW,
    LEFT,
    NUMBER,
    POSITIONS,
    RIGHT,
    STATUS_ROW,
    GroupSheet,
    position_of,
)
from suanli.intake.questionnaires.pair_formulas import (
    Block,
    block_of,
    live_of,
    write_questions,
    write_weights,
)
from suanli.intake.questionnaires.state import REVIEW, Shown, write_state
from suanli.intake.questionnaires.stationery import (
    AMBER,
    GREY,
    LEFT_DARK,
    LEFT_PALE,
    RIGHT_DARK,
    RIGHT_PALE,
    Choice,
    Sheet,
    Stationery,
    said,
)
from suanli.intake.questionnaires.survey import Item, Survey
from suanli.intake.template.paper import INPUT, shortened
from suanli.intake.template.typesetting import text_width

_WIDTHS: dict[str, float] = {"A": 6, "B": 29, "C:S": 2.7, "T": 29, "U": 9, "V": 34}
_FEEDBACK: dict[str, float] = {"W": 12, "X": 11, "Y": 14, "Z": 11, "AA": 16}
_KEYS = {"A": "number", "B": "left", "T": "right", "U": "answer", "V": "meaning"}
_FEEDBACK_KEYS = {"W": "own", "X": "median", "Y": "quartiles", "Z": "outside", "AA": "proposal"}
_SLIDER = "CDEFGHIJKLMNOPQRS"
_DEFINITION_ROOM = 84
_STRONG = {"bold": True, "font_color": "#FFFFFF"}


def pair_sheet(stationery: Stationery, survey: Survey, group: GroupSheet) -> Shown:
    """Write the sheet, and return its state: a slider a question, remarks, the items with their weights."""
    page = stationery.sheet(group.name, colour=INPUT)
    feedback = survey.feedback.get(group.node)
    widths = {**_WIDTHS, **(_FEEDBACK if feedback else {})}
    last = list(widths)[-1]
    width = sum(w * (len(_SLIDER) if ":" in column else 1) for column, w in widths.items())
    page.widths(widths)
    write_head(page, survey, group, last, width)
    write_notices(page, survey, group, ("A", last), width)
    area = f"{_SLIDER[0]}{HEADING_ROW}:{_SLIDER[-1]}{HEADING_ROW}"
    headings(page, {**_KEYS, area: "slider", **(_FEEDBACK_KEYS if feedback else {})}, widths)
    items = survey.items(group)
    for row, (i, j) in enumerate(group.pairs, start=FIRST_ROW):
        _question(page, survey, row, (items[i], items[j]))
        _slider(page, row, feedback, (i, j))
        if feedback:
            _feedback_cells(page, row, feedback, (i, j))
    answers = prefilled(group, feedback)
    for answer, text in zip(group.answers, answers, strict=True):
        page.write(answer.cell, text or "", "answer")
    free = write_remarks(page, group, last)
    block = block_of(group, answers, survey.rules.random_index, free + 1)
    state = _computed(page, block)
    _items_table(page, survey, items, block, last)
    _colours(page, block.last)
    # the answer 1 is text like the others
    page.raw.ignore_errors({"number_stored_as_text": f"{ANSWER}{FIRST_ROW}:{ANSWER}{block.last}"})
    finish(page)
    page.raw.print_area(f"A1:{last}{free + len(items)}")
    return state


def prefilled(group: GroupSheet, feedback: Feedback | None) -> tuple[str | None, ...]:
    """Return the earlier answers that stand on the form's scale, one a pair; None elsewhere."""
    if feedback is None:
        return (None,) * len(group.pairs)
    return tuple(position_of(float(feedback.own[two])) for two in group.pairs)


def _question(page: Sheet, survey: Survey, row: int, items: tuple[Item, Item]) -> None:
    language = survey.language
    left, right = (item.shown(language) for item in items)
    page.number(f"{NUMBER}{row}", row - FIRST_ROW + 1, "fixed")
    page.write(f"{LEFT}{row}", left, "item")
    page.write(f"{RIGHT}{row}", right, "item")
    longest = max((item.code for item in items), key=text_width)
    meaning = "\n".join(f"{longest} {text}" for text in page.stationery.ordered(said("mean_6")))
    page.height(row, (left, _WIDTHS["B"]), (right, _WIDTHS["T"]), (meaning, _WIDTHS["V"]), least=2)
    page.choice(f"{ANSWER}{row}", _choice(page.stationery, survey, items))


def _choice(words: Stationery, survey: Survey, items: tuple[Item, Item]) -> Choice:
    language = survey.language
    shown = {}
    for side, item in zip(("left", "right"), items, strict=True):
        shown[side] = shortened(f"{item.code} {item.name.said(language)}", 36)
        shown[f"{side}_definition"] = shortened(item.definition.said(language), _DEFINITION_ROOM)
    return Choice(
        {"validate": "list", "source": f"={POSITION_LIST}"},
        words.lines("error_pair"),
        words.words("help_pair_title"),
        said("help_pair", **shown).said(language),
    )


def _slider(page: Sheet, row: int, feedback: Feedback | None, pair: tuple[int, int]) -> None:
    """Write the scale, 9 to 1 to 9; feedback frames the group's median and shades the quartiles."""
    median, band = 0, range(0)
    if feedback is not None and feedback.median[pair] == feedback.median[pair]:
        median = slider_place(float(feedback.median[pair]))
        ends = (float(feedback.upper[pair]), float(feedback.lower[pair]))
        band = range(slider_place(ends[0]), slider_place(ends[1]) + 1)
    for place, (column, position) in enumerate(zip(_SLIDER, POSITIONS, strict=True), start=1):
        style = "slide_middle" if position == "1" else "slide"
        style = "slide_band" if place in band else style
        style = "slide_median" if place == median else style
        page.number(f"{column}{row}", int(position[-1]), style)


def _feedback_cells(page: Sheet, row: int, feedback: Feedback, pair: tuple[int, int]) -> None:
    lower, upper = float(feedback.lower[pair]), float(feedback.upper[pair])
    outside = feedback.outside(*pair)
    proposed = feedback.proposed(*pair)
    page.write(f"W{row}", grade_text(float(feedback.own[pair])), "centre")
    page.write(f"X{row}", grade_text(float(feedback.median[pair])), "centre")
    page.write(f"Y{row}", range_text(lower, upper), "centre")
    page.write(f"Z{row}", page.stationery.lines("outside_mark") if outside else "", "centre")
    page.write(f"AA{row}", "" if proposed is None else grade_text(proposed), "centre")


def _computed(page: Sheet, block: Block) -> Shown:
    write_questions(page, block)
    row = STATUS_ROW
    areas = (f"A{row}:B{row}", f"{_SLIDER[0]}{row}:{_SLIDER[-1]}{row}", f"{RIGHT}{row}:V{row}")
    return write_state(page, live_of(page, block), areas)


def _items_table(
    page: Sheet, survey: Survey, items: tuple[Item, ...], block: Block, last: str
) -> None:
    """Write what the members mean, and bars of the weights so far."""
    title = block.items_row - 1
    page.write(f"A{title}:{last}{title}", page.stationery.words("items_title"), "section")
    page.height(title, ("", 1), least=1)
    write_weights(page, block, (_SLIDER[0], _SLIDER[-1]))
    width = _WIDTHS["T"] + _WIDTHS["U"] + _WIDTHS["V"]
    for row, item in enumerate(items, start=block.items_row):
        definition = "\n".join(filter(None, page.stationery.ordered(item.definition)))
        name = item.shown(survey.language)
        page.number(f"A{row}", row - block.items_row + 1, "fixed")
        page.write(f"B{row}", name, "item")
        page.write(f"T{row}:V{row}", definition, "text")
        page.height(row, (name, _WIDTHS["B"]), (definition, width))


def _colours(page: Sheet, last: int) -> None:
    """Colour the slider up to the answer, the item that matters more, and what cannot be read."""
    first = FIRST_ROW
    place, here = f"N($AC{first})", "(COLUMN()-2)"  # the cell's own place on the slider
    area = f"{_SLIDER[0]}{first}:{_SLIDER[-1]}{last}"
    for side, dark, pale in (("<9", LEFT_DARK, LEFT_PALE), (">9", RIGHT_DARK, RIGHT_PALE)):
        chosen = f"{place}>0,{place}{side}"
        page.colour(area, f"AND({chosen},{here}={place})", {**_STRONG, "bg_color": dark}, last=True)
        between = f"({here}-9)*({here}-{place})<=0"
        page.colour(area, f"AND({chosen},{between})", {"bg_color": pale}, last=True)
        item = LEFT if side == "<9" else RIGHT
        page.colour(f"{item}{first}:{item}{last}", f"AND({chosen})", {"bg_color": pale})
    page.colour(area, f"AND({place}=9,{here}=9)", {**_STRONG, "bg_color": "#3F7D4B"})
    both = {"bg_color": GREY}
    for item in (LEFT, RIGHT):
        page.colour(f"{item}{first}:{item}{last}", f"{place}=9", both)
    unread = f"AND(ISNUMBER($AC{first}),$AC{first}=0)"
    page.colour(f"{ANSWER}{first}:V{last}", unread, {"font_color": "#B00020", "bg_color": AMBER})
    page.colour(f"A{first}:A{last}", f"ROW()-{first - 1}=N({REVIEW})", {"bg_color": AMBER})
