"""The first sheet of a form: who fills it in, how, and how far it has come."""

from collections.abc import Sequence

from suanli.intake.questionnaires.layout import COMPARING, GUIDE_CELLS, GroupSheet
from suanli.intake.questionnaires.state import (
    ANSWERED,
    LIMIT,
    RATIO,
    STATE,
    UNREAD,
    Shown,
    colour_ratio,
)
from suanli.intake.questionnaires.stationery import (
    AMBER,
    GREEN,
    Sheet,
    reference,
    said,
)
from suanli.intake.questionnaires.survey import Survey, judgements_of
from suanli.intake.template.paper import shortened
from suanli.language import Text

_WIDTHS: dict[str, float] = {"A": 36, "B": 56, "C": 60}
_FIRST_TEXT = 11
_REMARKS_HEIGHT = 60
_ANSWERED, _RATIO, _LIMIT, _UNREAD = "E", "F", "G", "H"
"""Hidden columns of the table of progress: figures of each sheet."""


def write_guide(page: Sheet, survey: Survey, states: Sequence[Shown]) -> None:
    """Write title, respondent, guidance in both languages side by side, and the progress of every sheet."""
    stationery = page.stationery
    page.widths(_WIDTHS)
    _title(page, survey)
    _identity(page)
    row = _FIRST_TEXT
    for title, text in guidance(survey):
        first, second = stationery.ordered(text)
        page.write(f"A{row}", stationery.lines(title), "label")
        page.write(f"B{row}", first, "text")
        page.write(f"C{row}", second, "text")
        page.height(
            row, (stationery.lines(title), 30), (first, _WIDTHS["B"]), (second, _WIDTHS["C"])
        )
        row += 1
    _progress(page, survey, states, row + 1)
    page.raw.set_column(f"{_ANSWERED}:{_UNREAD}", None, None, {"hidden": 1})
    page.raw.fit_to_pages(1, 0)
    page.headers(survey.framework.title.said(survey.language), survey.expert)


def guidance(survey: Survey) -> tuple[tuple[str, Text], ...]:
    """Return what is to be said to the expert: the key of each heading with its text."""
    question = survey.question
    numbers = {
        "groups": len(survey.sheets),
        "judgements": survey.judgements,
        "minutes": survey.minutes,
    }
    rule = said(f"rule_words_{survey.rules.score_rule}")
    told = [
        ("purpose_title", said("purpose", framework=survey.framework.title)),
        ("load_title", said("load", **numbers)),
        ("how_title", said(f"how_{question}", rule_words=rule)),
    ]
    if survey.rules.elicitation in COMPARING:
        told.append(("scale_title", said("scale")))
    if survey.rules.elicitation == "incomplete":
        told.append(("selection_title", said("selection")))
    if survey.feedback:
        told.append(("feedback_title", said("feedback")))
    if question == "pairwise":
        told.append(("consistency_title", said("consistency")))
    elif question == "best-worst":
        told.append(("consistency_title", said("consistency_best-worst")))
    blank = "blank" if survey.rules.elicitation in COMPARING else "blank_scored"
    return (*told, ("blank_title", said(blank)), ("protection_title", said("protection")))


def subtitle(survey: Survey) -> Text:
    """Return the line below the title: expert, round and way of asking."""
    details: dict[str, object] = {"round": survey.round, "mode": survey.mode}
    if survey.expert:
        return said("subtitle", expert=survey.expert, **details)
    return said("subtitle_blank", **details)


def _title(page: Sheet, survey: Survey) -> None:
    words = page.stationery
    title = words.ordered(survey.framework.title)
    heading = words.ordered(said("title"))
    page.write("A1", f"{title[0]}　{heading[0]}", "title")
    page.write("A2", f"{title[1]} – {heading[1]}", "title")
    page.write("A3:B3", "　".join(words.ordered(subtitle(survey))), "plain")
    if survey.rules.simulated:
        page.write("C3", words.words("simulated"), "stamp")
    page.write("A5:C5", words.words("identity_title"), "section")


def _identity(page: Sheet) -> None:
    for key, cell in GUIDE_CELLS.items():
        row = int(cell[1:])
        page.write(f"A{row}", page.stationery.words(f"identity_{key}"), "label")
        area = f"{cell}:C{row}" if key == "remarks" else cell
        page.write(area, "", "note")
        page.height(row, ("", 1), least=1)
        if key == "remarks":
            page.raw.set_row(row - 1, _REMARKS_HEIGHT)


def _progress(page: Sheet, survey: Survey, states: Sequence[Shown], row: int) -> None:
    words = page.stationery
    page.write(f"A{row}:C{row}", words.words("summary_title"), "section")
    for column, key in zip("ABC", ("sheet", "answered", "state"), strict=True):
        page.write(f"{column}{row + 1}", words.lines(f"summary_{key}"), "heading")
    page.height(row + 1, ("", 1), least=2)
    first = row + 2
    for place, (group, state) in enumerate(zip(survey.sheets, states, strict=True), start=first):
        _sheet_row(page, survey, group, state, place)
    last = first + len(survey.sheets) - 1
    total, answered = survey.judgements, int(sum(state.answered for state in states))
    page.write(f"A{last + 1}", words.words("total"), "label")
    counted = f"SUM({_ANSWERED}{first}:{_ANSWERED}{last})"
    page.formula(f"B{last + 1}", f'{counted}&" / {total}"', "state", f"{answered} / {total}")
    share = f'TEXT({counted}/{total},"0%")'
    page.formula(f"C{last + 1}", share, "state", f"{answered / total:.0%}")


def _sheet_row(page: Sheet, survey: Survey, group: GroupSheet, state: Shown, row: int) -> None:
    total = judgements_of(group, survey.rules.elicitation)
    title = survey.title(group).said(survey.language)
    shown = title if group.node == survey.framework.code else f"{group.node} {title}"
    link = f"internal:{reference(group.name, 'A1')}"
    page.raw.write_url(f"A{row}", link, page.stationery.formats["link"], shortened(shown, 200))
    page.height(row, (shown, _WIDTHS["A"]), least=2)
    counted = f"{_ANSWERED}{row}"
    for column, cell, value in (
        (_ANSWERED, ANSWERED, state.answered),
        (_RATIO, RATIO, state.ratio),
        (_LIMIT, LIMIT, state.limit),
        (_UNREAD, UNREAD, 0),
    ):
        there = reference(group.name, cell)
        page.formula(f"{column}{row}", f'IF({there}="","",{there})', "text", value)
    filled = f"INT(10*{counted}/{total})"
    bar = f'REPT("■",{filled})&REPT("□",10-{filled})&"　"&{counted}&" / {total}"'
    page.formula(f"B{row}", bar, "bar", _bar(int(state.answered), total))
    page.formula(f"C{row}", reference(group.name, STATE), "text", state.words)
    page.colour(f"C{row}", f"${_UNREAD}{row}>0", {"bg_color": AMBER}, last=True)
    colour_ratio(page, f"C{row}", f"${_RATIO}{row}", f"${_LIMIT}{row}")
    page.colour(f"B{row}", f"${counted}={total}", {"bg_color": GREEN})


def _bar(answered: int, total: int) -> str:
    filled = 10 * answered // total
    return "■" * filled + "□" * (10 - filled) + f"　{answered} / {total}"
