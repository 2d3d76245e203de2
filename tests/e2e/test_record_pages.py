"""The pages of record tables and rules are those that the schemas, the rules and the catalogue give."""

import runpy

import pytest

from suanli.language import LANGUAGES
from tests.e2e.test_documents import DOCS

MADE = runpy.run_path(str(DOCS / "record_tables.py"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_up_to_date(language):
    written = (DOCS / MADE["PAGES"][language]).read_text(encoding="utf-8")
    assert written == MADE["page"](language), "make pages"
