"""The rows of a sheet that has one item a row: number, item, definition."""

from collections.abc import Mapping

from suanli.intake.questionnaires.layout import FIRST_ROW, ITEM, NUMBER, GroupSheet
from suanli.intake.questionnaires.stationery import Sheet
from suanli.intake.questionnaires.survey import Survey

DEFINITION = "C"
"""Column of the definitions."""


def write_items(
    page: Sheet, survey: Survey, group: GroupSheet, widths: Mapping[str, float]
) -> None:
    """Write the members of a group with what they mean, each row high enough for it."""
    for row, item in enumerate(survey.items(group), start=FIRST_ROW):
        name = item.shown(survey.language)
        definition = "\n".join(filter(None, page.stationery.ordered(item.definition)))
        page.number(f"{NUMBER}{row}", row - FIRST_ROW + 1, "fixed")
        page.write(f"{ITEM}{row}", name, "item")
        page.write(f"{DEFINITION}{row}", definition, "text")
        page.height(row, (name, widths[ITEM]), (definition, widths[DEFINITION]), least=2)
