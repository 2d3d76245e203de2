"""`panel.xlsx`: a panel's result for people, in both languages; the CSV files are for programs."""

from collections.abc import Callable
from io import BytesIO

from suanli.language import pair
from suanli.result.panels.contents import PanelResult
from suanli.result.panels.workbook_about import about_page
from suanli.result.panels.workbook_lists import (
    experts_page,
    groups_page,
    judgements_page,
    repairs_page,
    revisions_page,
    rounds_page,
    weights_page,
)
from suanli.result.panels.workbook_wide import (
    aggregations_page,
    leave_one_out_page,
    priorities_page,
    similarity_page,
)
from suanli.result.workbook_book import open_book
from suanli.result.workbook_looks import Styles
from suanli.result.workbook_page import Page
from suanli.result.workbook_tables import problems_page

MOST_ROWS = 20_000
"""Above this the sheet of a table says in which CSV file it is."""
MOST_EXPERTS = 200
"""Above this the sheets with a column an expert say in which CSV file they are."""

_Write = Callable[[Page, PanelResult], None]
_SHEETS: tuple[tuple[str, str, _Write], ...] = (
    ("weights", "weights", weights_page),
    ("groups", "consensus", groups_page),
    ("experts", "experts", experts_page),
    ("priorities", "priorities", priorities_page),
    ("similarity", "similarity", similarity_page),
    ("aggregations", "aggregations", aggregations_page),
    ("repairs", "repairs", repairs_page),
    ("revisions", "revisions", revisions_page),
    ("rounds", "rounds", rounds_page),
    ("leave_one_out", "leave_one_out", leave_one_out_page),
    ("judgements", "judgements", judgements_page),
)
"""Key of each sheet, the table it shows, and what writes it."""
_BY_EXPERT = frozenset({"priorities", "similarity", "leave_one_out"})


def workbook_of(result: PanelResult) -> bytes:
    """Return the workbook's bytes, the same for the same result.

    Cells hold full precision; texts are texts, never formulas. A table without rows has no sheet; one that is too long,
    or has too many experts across, says in which CSV file it is.
    """
    buffer = BytesIO()
    about = result.about
    with open_book(buffer, title=about.title.zh, as_of=None, version=about.version) as book:
        styles = Styles(book)

        def page(key: str) -> Page:
            return Page(styles, key, simulated=about.simulated, topic="panel_report")

        about_page(page("about"), result)
        for key, table, write in _SHEETS:
            rows = getattr(result, table).height
            wide = key in _BY_EXPERT
            if not rows:
                continue
            if rows > MOST_ROWS * (10 if wide else 1) or (
                wide and len(about.experts) > MOST_EXPERTS
            ):
                page(key).say(5, pair("panel_report", "sheet_elsewhere", file=f"{table}.csv"))
            else:
                write(page(key), result)
        problems_page(page("problems"), result.problems)
    return buffer.getvalue()
