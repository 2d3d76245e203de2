"""The questionnaire on paper: the same questions with boxes to tick and lines to write on, A4 upright."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from suanli.intake.questionnaires.guide import subtitle
from suanli.intake.questionnaires.layout import COMPARING, HIGHEST, LOWEST, GroupSheet
from suanli.intake.questionnaires.stationery import Sheet, Stationery, said
from suanli.intake.questionnaires.survey import Item, Survey
from suanli.intake.template.paper import HEADING
from suanli.intake.template.plan import sheet_names
from suanli.intake.template.typesetting import row_height

_FIRST_ROWS = 2
"""Rows of a group that stay with its heading."""
_TALL, _WIDE = 740.0, 717.0
"""Points of rows on a page, and pixels of columns, both at full size."""
_BOX = "□"
_SCORES = tuple(str(score) for score in range(LOWEST, HIGHEST + 1))
_DEGREES = (*(str(n) for n in range(9, 0, -1)), *(str(n) for n in range(2, 10)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the form: heading, width, and how its cells look."""

    heading: str
    width: float
    style: str


@dataclass(slots=True)
class _Pages:
    """Where pages end, decided row by row: spreadsheets would leave the heading of a group behind."""

    limit: float
    used: float = 0.0
    breaks: list[int] = field(default_factory=list)

    def place(self, row: int, height: float, *, beside: float = 0.0) -> None:
        """Take up a row's height; it begins a new page unless it, and so much `beside` that follows it, fit."""
        if self.used and self.used + height + beside > self.limit:
            self.breaks.append(row - 1)
            self.used = 0.0
        self.used += height


@dataclass(frozen=True, slots=True)
class _Paper:
    """One expert's form on paper: the sheet that is written, its columns and where its pages end."""

    page: Sheet
    survey: Survey
    columns: tuple[Column, ...]
    pages: _Pages

    @property
    def last(self) -> str:
        """The letter of the last column."""
        return _letter(len(self.columns) - 1)

    @property
    def width(self) -> float:
        """How wide all columns are together."""
        return sum(column.width for column in self.columns)


def printable_of(surveys: Iterable[Survey]) -> bytes:
    """Return the questionnaires of one panel on paper, a sheet each; without an expert there is a line for the id."""
    forms = tuple(surveys)
    language = forms[0].language
    stationery = Stationery(language, forms[0].framework.title.said(language))
    wanted = (form.expert or said("sheet_printable").said(language) for form in forms)
    for name, survey in zip(sheet_names(wanted, taken=("History",)), forms, strict=True):
        _form(stationery, survey, name)
    return stationery.content()


def _form(stationery: Stationery, survey: Survey, name: str) -> None:
    page = stationery.sheet(name, colour=HEADING)
    page.raw.set_portrait()
    page.raw.fit_to_pages(1, 0)
    page.raw.center_horizontally()
    page.headers(survey.framework.title.said(survey.language), survey.expert)
    columns = _columns(stationery, survey)
    for place, column in enumerate(columns):
        page.raw.set_column(place, place, column.width)
    pixels = sum(7 * column.width + 5 for column in columns)
    pages = _Pages(_TALL * max(pixels / _WIDE, 1) - _heading_height(columns))
    paper = _Paper(page, survey, columns, pages)
    row = _opening(paper)
    _heading(paper, row)
    page.raw.repeat_rows(row - 1)
    row += 1
    for number, group in enumerate(survey.sheets, start=1):
        row = _group(paper, number, group, row)
    if survey.question == "pairwise":
        row = _definitions(paper, row)
    page.raw.set_h_pagebreaks(pages.breaks)
    page.raw.print_area(0, 0, row - 1, len(columns) - 1)


def _columns(words: Stationery, survey: Survey) -> tuple[Column, ...]:
    number = Column(words.lines("number"), 6, "fixed")
    if survey.question == "pairwise":
        sides = [Column(words.lines(side), 24, "item") for side in ("left", "right")]
        boxes = (Column(degree, 2.4, "tick") for degree in _DEGREES)
        return (number, sides[0], *boxes, sides[1])
    item = (number, Column(words.lines("item"), 28, "item"))
    if survey.question == "scores":
        boxes = (Column(score, 3.4, "tick") for score in _SCORES)
        return (*item, Column(words.lines("definition"), 36, "text"), *boxes)
    if survey.question == "budget":
        points = Column(words.lines("points"), 16, "given")
        return (*item, Column(words.lines("definition"), 50, "text"), points)
    ends = (Column(words.lines(f"paper_{end}"), 9, "tick") for end in ("best", "worst"))
    grades = (Column(words.lines(k), 13, "given") for k in ("best_to_others", "others_to_worst"))
    return (*item, Column(words.lines("definition"), 32, "text"), *ends, *grades)


def _opening(paper: _Paper) -> int:
    """Write title, lines for the respondent and guidance; return the next row."""
    page, survey = paper.page, paper.survey
    words = page.stationery
    stamp = f"【{words.words('simulated')}】" if survey.rules.simulated else ""
    title = survey.framework.title
    lines = [
        ("title", " ".join(words.ordered(said("paper_title"))) + stamp),
        ("question", " ".join(words.ordered(title))),
        ("small", "　".join(words.ordered(subtitle(survey)))),
        ("line", _blanks(words, ("identity_name", "identity_affiliation"), survey)),
        ("line", _blanks(words, ("identity_date", "identity_signature"), None)),
    ]
    rule = said(f"rule_words_{survey.rules.score_rule}")
    numbers = {
        "groups": len(survey.sheets),
        "judgements": survey.judgements,
        "minutes": survey.minutes,
    }
    told = [said("purpose", framework=title), said("load", **numbers)]
    told.append(said(f"paper_how_{survey.question}", rule_words=rule))
    if survey.rules.elicitation in COMPARING:
        told.append(said("scale"))
    if survey.rules.elicitation == "incomplete":
        told.append(said("selection"))
    lines += [("plain", "\n".join(words.ordered(text))) for text in told]
    row = 1
    for style, text in lines:
        page.write(f"A{row}:{paper.last}{row}", text, style)
        least = {"line": 2, "title": 1}.get(style, 1)
        paper.pages.place(row, page.height(row, (text, paper.width), least=least))
        row += 1
    return row


def _blanks(words: Stationery, keys: tuple[str, str], survey: Survey | None) -> str:
    """Return labels with lines to write on; the expert's id is printed where it is known."""
    parts = []
    if survey is not None:
        expert = survey.expert or "＿" * 6
        parts.append(f"{words.words('paper_expert')}：{expert}")
    parts += [f"{words.words(key)}：{'＿' * 10}" for key in keys]
    return "　".join(parts)


def _heading(paper: _Paper, row: int) -> None:
    for place, column in enumerate(paper.columns):
        paper.page.write(f"{_letter(place)}{row}", column.heading, "heading")
    paper.page.raw.set_row(row - 1, _heading_height(paper.columns))


def _heading_height(columns: tuple[Column, ...]) -> float:
    return row_height(((column.heading, column.width) for column in columns), least=2)


def _group(paper: _Paper, number: int, group: GroupSheet, row: int) -> int:
    """Write a group's heading and rows; return the next row."""
    page, survey, columns, title_row = paper.page, paper.survey, paper.columns, row
    words = page.stationery
    title = words.words("paper_group", number=number, group=survey.title(group))
    page.write(f"A{row}:{paper.last}{row}", title, "section")
    heading, heights = page.height(row, ("", 1), least=2), []
    for texts in _rows(survey, group):
        row += 1
        page.number(f"A{row}", float(texts[0]), "fixed")
        for place, (text, column) in enumerate(zip(texts[1:], columns[1:], strict=True), start=1):
            page.write(f"{_letter(place)}{row}", text, column.style)
        cells = ((text, column.width) for text, column in zip(texts, columns, strict=True))
        heights.append(page.height(row, *cells, least=2))
    if survey.question == "budget":
        row += 1
        page.write(f"A{row}:{paper.last}{row}", words.words("paper_sum"), "line_label")
        heights.append(page.height(row, ("", 1)))
    paper.pages.place(title_row, heading, beside=sum(heights[:_FIRST_ROWS]))
    for at, height in enumerate(heights, start=title_row + 1):
        paper.pages.place(at, height)
    return row + 1


def _rows(survey: Survey, group: GroupSheet) -> Iterable[tuple[str, ...]]:
    """Yield the texts of a group's rows, by column."""
    items = survey.items(group)
    if survey.question == "pairwise":
        for number, (i, j) in enumerate(group.pairs, start=1):
            left, right = (items[k].shown(survey.language) for k in (i, j))
            yield (str(number), left, *(_BOX,) * len(_DEGREES), right)
        return
    blanks = {"scores": (_BOX,) * len(_SCORES), "budget": ("",)}
    blank = blanks.get(survey.question, (_BOX, _BOX, "", ""))
    for number, item in enumerate(items, start=1):
        yield (str(number), item.shown(survey.language), _definition(survey, item), *blank)


def _definition(survey: Survey, item: Item) -> str:
    zh, en = item.definition.zh, item.definition.en
    return "\n".join(filter(None, (zh, en) if survey.language == "zh" else (en, zh)))


def _definitions(paper: _Paper, row: int) -> int:
    """Write what every item means, once; return the next row."""
    page, survey, last = paper.page, paper.survey, paper.last
    page.write(f"A{row}:{last}{row}", page.stationery.words("definition"), "section")
    paper.pages.place(row, page.height(row, ("", 1), least=2))
    for group in survey.sheets:
        for item in survey.items(group):
            row += 1
            text = f"{item.shown(survey.language)}".replace("\n", " ")
            definition = _definition(survey, item)
            page.write(f"A{row}:B{row}", text, "item")
            page.write(f"C{row}:{last}{row}", definition, "text")
            height = page.height(row, (text, 31), (definition, paper.width - 31))
            paper.pages.place(row, height)
    return row + 1


def _letter(place: int) -> str:
    return chr(ord("A") + place)
