"""A study's workbook to fill in, as bytes."""

from datetime import datetime
from io import BytesIO

from suanli.intake.template.inputs import data_sheet
from suanli.intake.template.paper import FONT, Paper
from suanli.intake.template.plan import Plan
from suanli.intake.template.reference import (
    facts_sheet,
    guide_sheet,
    indicators_sheet,
    sources_sheet,
)

_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - a fixed date without a zone: the clock is no input


def workbook_of(plan: Plan) -> bytes:
    """Return the workbook, the same bytes for the same plan.

    Its sheets are a guide, the indicators, one a dimension to fill in, a register of sources, and a
    hidden one that says what the workbook was made for.
    """
    import xlsxwriter

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": dict(FONT),  # the library writes into it
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": plan.framework.title.zh[:200], "created": _CREATED})
        paper = Paper(book, plan.language)
        guide_sheet(paper, plan)
        indicators_sheet(paper, plan)
        for sheet in plan.sheets:
            data_sheet(paper, plan, sheet)
        sources_sheet(paper, plan)
        facts_sheet(paper, plan)
    return buffer.getvalue()
