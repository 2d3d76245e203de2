"""The pages of record tables and rules are those that the schemas, the rules and the catalogue give."""

import ast
import runpy
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import suanli
from suanli.language import LANGUAGES
from tests.e2e.test_documents import DOCS, page, rows, spans

MADE = runpy.run_path(str(DOCS / "record_tables.py"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_up_to_date(language):
    written = (DOCS / MADE["PAGES"][language]).read_text(encoding="utf-8")
    assert written == MADE["page"](language), "make pages"


RECORDS = Path(suanli.__file__).parent / "intake" / "records"
LEVELS = {
    "en": {"ERROR": "error", "WARNING": "warning", "NOTE": "note"},
    "zh": {"ERROR": "错误", "WARNING": "警告", "NOTE": "提示"},
}
UNTOLD = {
    *("reference-table-missing", "reference-year-missing"),
    *("place-elsewhere", "place-aggregate"),
}
"""Codes of checks whose severity is not written beside them."""


def listed(language: str) -> dict[str, str]:
    """Return the severity of each code in the page's list, in the page's words."""
    told = (cells for cells in rows(page("records", language)) if len(cells) == 3)
    words = LEVELS[language].values()
    return {spans(code)[0]: level for code, level, _ in told if level in words}


def level_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Severity":
        return node.attr
    return None


def beside(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield a code and its severity wherever they stand side by side, or where the one depends on the other."""
    named = {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call | ast.Tuple):
            parts = node.args if isinstance(node, ast.Call) else node.elts
            for code, severity in pairwise(parts):
                word = (
                    code.value if isinstance(code, ast.Constant) else named.get(ast.unparse(code))
                )
                if isinstance(word, str) and (level := level_of(severity)):
                    yield word, level
        if isinstance(node, ast.IfExp) and (level := level_of(node.body)):
            yield from ((word, level) for word in words_in(node.test))


def words_in(tree: ast.AST) -> set[str]:
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def raised(codes: set[str]) -> dict[str, set[str]]:
    """Return the severities that the code gives to each code: those beside it, else the only one of its module."""
    found: dict[str, set[str]] = {}
    for path in sorted(RECORDS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pairs = [(code, level) for code, level in beside(tree) if code in codes]
        levels = {level for node in ast.walk(tree) if (level := level_of(node))}
        if len(levels) == 1:
            rest = (words_in(tree) & codes) - {code for code, _ in pairs}
            pairs += [(code, level) for code in rest for level in levels]
        for code, level in pairs:
            found.setdefault(code, set()).add(level)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_severities_in_the_list_of_codes_are_those_of_the_code(language):
    told = listed(language)
    known = raised(set(told))
    words = LEVELS[language]
    wrong = {
        code: level
        for code, level in told.items()
        if code in known and level not in {words[name] for name in known[code]}
    }
    assert wrong == {}
    checks = (path.read_text(encoding="utf-8") for path in (RECORDS / "checks").glob("*.py"))
    checked = set().union(*(words_in(ast.parse(text)) for text in checks)) & set(told)
    assert "place-unknown" in known
    assert checked - set(known) == UNTOLD
