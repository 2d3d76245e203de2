"""What stands above the questions of every group: title, question, scale, feedback; and below them: remarks."""

import math

from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.layout import FIRST_ROW, HEADING_ROW, STATUS_ROW, GroupSheet
from suanli.intake.questionnaires.stationery import Sheet, said
from suanli.intake.questionnaires.survey import Survey
from suanli.language import Text

_REMARKS_HEIGHT = 60
_BOLD = 0.94
"""Bold text is a little wider: columns are reckoned that much narrower."""


def write_head(page: Sheet, survey: Survey, group: GroupSheet, last: str, width: float) -> None:
    """Write rows 1 to 4, across all columns up to `last`, which are `width` wide together."""
    words, name = page.stationery, survey.title(group)
    code = "" if group.node == survey.framework.code else f"{group.node} "
    stamp = f"　【{words.words('simulated')}】" if survey.rules.simulated else ""
    page.write("A1", f"{code}{' '.join(words.ordered(name))}{stamp}", "title")
    question = words.lines(f"question_{survey.question}", group=name)
    page.write(f"A2:{last}2", question, "question")
    page.height(2, (question, width * _BOLD))
    rule = said(f"rule_{survey.rules.score_rule}")
    for row, text in enumerate(
        words.ordered(said(f"legend_{survey.question}", rule=rule)), start=3
    ):
        page.write(f"A{row}:{last}{row}", text, "small")
        page.height(row, (text, width))
    page.height(STATUS_ROW, ("", width), least=2)
    page.headers(
        f"{survey.framework.title.said(survey.language)}　{words.words('title')}",
        survey.expert,
    )


def write_notices(
    page: Sheet, survey: Survey, group: GroupSheet, columns: tuple[str, str], width: float
) -> None:
    """Write what is fed back in rows 6 and 7, between two columns; thin rows where nothing is."""
    feedback = survey.feedback.get(group.node)
    notices = () if feedback is None else _notices(survey, feedback)
    first, last = columns
    for row, key in zip((STATUS_ROW + 1, STATUS_ROW + 2), (*notices, None, None), strict=False):
        if key is not None:
            text = "\n".join(page.stationery.ordered(key))
            page.write(f"{first}{row}:{last}{row}", text, "notice")
            page.height(row, (text, width))
        elif survey.rules.elicitation != "best-worst":
            page.raw.set_row(row - 1, 4)


def write_remarks(page: Sheet, group: GroupSheet, last: str) -> int:
    """Write the cell for remarks below the questions, and return the row from which the sheet is free."""
    row = int(group.remarks[1:])
    page.write(f"B{row - 1}:{last}{row - 1}", page.stationery.words("remarks"), "label")
    page.write(f"{group.remarks}:{last}{row}", "", "note")
    page.raw.set_row(row - 1, _REMARKS_HEIGHT)
    return row + 2


def finish(page: Sheet) -> None:
    """Keep the head in sight on the screen and the headings on every printed page; one page wide."""
    page.raw.freeze_panes(FIRST_ROW - 1, 0)
    page.raw.repeat_rows(HEADING_ROW - 1)
    page.raw.fit_to_pages(1, 0)


def headings(page: Sheet, keys: dict[str, str], widths: dict[str, float]) -> None:
    """Write the headings of the questions: columns, or areas such as `C8:S8`, and the keys of their texts."""
    cells = []
    for column, key in keys.items():
        text = page.stationery.lines(key)
        page.write(column if ":" in column else f"{column}{HEADING_ROW}", text, "heading")
        if ":" not in column:
            cells.append((text, widths[column] * _BOLD))
    page.height(HEADING_ROW, *cells, least=2)


def _notices(survey: Survey, feedback: Feedback) -> tuple[Text, ...]:
    if survey.rules.elicitation == "best-worst":
        return ()
    compared = survey.question == "pairwise"
    first = said("feedback_row" if compared else "feedback_row_items")
    if math.isnan(feedback.consistency_ratio) or not compared:
        return (first,)
    numbers: dict[str, object] = {
        "before": f"{feedback.consistency_ratio:.3f}",
        "limit": f"{feedback.limit:.2f}",
        "count": len(feedback.proposal),
    }
    if not feedback.proposal or feedback.ratio_after is None:
        return (first, said("ratio_row", **numbers))
    return (first, said("proposal_row", after=f"{feedback.ratio_after:.3f}", **numbers))
