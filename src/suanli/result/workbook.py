"""`result.xlsx`: the result for people, in both languages; the CSV files are for programs."""

from collections.abc import Callable, Mapping
from io import BytesIO

from suanli.result.contents import Contents
from suanli.result.workbook_about import about_page
from suanli.result.workbook_book import open_book
from suanli.result.workbook_judged import experts_page, weightings_page
from suanli.result.workbook_looks import Styles
from suanli.result.workbook_page import Page
from suanli.result.workbook_ranking import ranking_page
from suanli.result.workbook_records import measures_page, region_pairs_page
from suanli.result.workbook_tables import (
    changes_page,
    contributions_page,
    detail_cells,
    elsewhere,
    normalised_page,
    problems_page,
    scores_page,
    values_page,
    weights_page,
)

MOST_DETAIL_CELLS = 200_000
"""Above this the sheets of detail say in which CSV file the detail is."""

_DETAIL = {
    "scores": scores_page,
    "values": values_page,
    "normalised": normalised_page,
    "contributions": contributions_page,
    "changes": changes_page,
}
_JUDGED = {"experts": experts_page, "weightings": weightings_page}
_RECORDS = {"measures": measures_page, "region_pairs": region_pairs_page}
_ORDER = ("scores", "values", "normalised", "weights", "contributions", "changes", "problems")


def workbook_of(contents: Contents) -> bytes:
    """Return the workbook's bytes, the same for the same contents.

    Sheets: about, ranking (last period), scores, values, normalised values, weights, experts and other weightings where
    there are any, contributions, changes, what values from records rest on and figures between regions where there are
    any, problems.

    Cells hold full precision; texts are texts, never formulas. A result with more than `MOST_DETAIL_CELLS`
    cells of detail has about, ranking, weights and problems in full, and its other sheets name the CSV file instead.
    """
    about = contents.about
    detailed = detail_cells(contents) <= MOST_DETAIL_CELLS
    buffer = BytesIO()
    with open_book(buffer, title=about.title.zh, as_of=about.as_of, version=about.version) as book:
        styles = Styles(book)

        def page(key: str) -> Page:
            return Page(styles, key, simulated=contents.about.simulated)

        about_page(page("about"), contents, detailed=detailed)
        ranking_page(page("ranking"), contents)
        for key in _ORDER:
            if key == "weights":
                weights_page(page(key), contents)
                _write_those_there_are(_JUDGED, contents, page)
            elif key == "problems":
                _write_those_there_are(_RECORDS, contents, page)
                problems_page(page(key), contents.problems)
            elif detailed:
                _DETAIL[key](page(key), contents)
            else:
                elsewhere(page(key), key)
    return buffer.getvalue()


def _write_those_there_are(
    pages: Mapping[str, Callable[[Page, Contents], None]],
    contents: Contents,
    page: Callable[[str], Page],
) -> None:
    """Write the sheets whose tables have rows."""
    for table, write in pages.items():
        if getattr(contents, table).height:
            write(page(table), contents)
