"""The sheet that says what the result is, how it was made, and what it is not."""

from collections import Counter

from suanli.framework import dump
from suanli.language import Text, pair
from suanli.problems import Severity
from suanli.result.contents import Contents
from suanli.result.reading import digest
from suanli.result.workbook_page import ORIGIN_MARKS, Page, both

_FIRST_ROW = 5


def about_page(page: Page, contents: Contents, *, detailed: bool) -> None:
    """Write the sheet; `detailed` tells whether the other sheets hold the detail."""
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, 1, 72)
    page.sheet.set_column(2, 2, 72)
    page.sheet.set_column(3, 3, 14)
    row = _FIRST_ROW
    for label, zh, en in _facts(contents, detailed=detailed):
        page.write(row, 0, both(pair("result", label), " "), "label")
        page.write(row, 1, zh, "wrapped")
        page.write(row, 2, en, "wrapped")
        row += 1
    row = _inputs(page, contents, row + 1)
    _origins(page, contents, row + 1)


def _facts(contents: Contents, *, detailed: bool) -> list[tuple[str, str, str]]:
    about, framework = contents.about, contents.framework
    severities = Counter(problem.severity for problem in contents.problems)
    counts = {severity.value: severities[severity] for severity in Severity}
    facts = {
        "about_title": about.title,
        "about_name": _same(about.name),
        "about_simulated": pair("result", "simulated_yes" if about.simulated else "simulated_no"),
        "about_statement": pair("result", "statement"),
        "about_framework": Text(
            f"{framework.title.zh}（{framework.id}）", f"{framework.title.en} ({framework.id})"
        ),
        "about_framework_source": framework.source,
        "about_framework_digest": _same(digest(dump(framework).encode())),
        "about_mode": pair("result", f"mode_{about.mode}"),
        "about_seed": _same(str(about.seed)),
        "about_as_of": _same(about.as_of or "—"),
        "about_periods": Text("、".join(about.periods), ", ".join(about.periods)),
        "about_regions": pair("result", _level(about.region_level), count=len(contents.regions)),
        "about_weights": about.weights_note,
        "about_problems": pair("result", "problem_counts", **counts),
        "about_detail": pair("result", "detail_here" if detailed else "detail_elsewhere"),
        "about_strengths": pair("result", "strength_rule"),
        "about_version": _same(f"Suanli {about.version}"),
    }
    return [(label, text.zh, text.en) for label, text in facts.items()]


def _inputs(page: Page, contents: Contents, row: int) -> int:
    page.write(row, 0, both(pair("result", "about_inputs"), " "), "label")
    for at, key in enumerate(("input_path", "input_sha256", "input_bytes"), start=1):
        page.write(row, at, both(pair("result", key), " "), "header")
    for file in contents.about.inputs:
        row += 1
        page.write(row, 1, file.path, "text")
        page.write(row, 2, file.sha256, "text")
        page.write(row, 3, file.bytes, "bytes")
    return row + 1


def _origins(page: Page, contents: Contents, row: int) -> None:
    page.write(row, 0, both(pair("result", "about_origins"), " "), "label")
    counts = Counter(contents.indicators["origin"].to_list())
    for origin in ("official", "reported", "estimated", "imputed", "simulated", "missing"):
        mark = ORIGIN_MARKS.get(origin, "").strip()
        look = "missing" if origin == "missing" else f"number:0:{origin}"
        page.write(row, 1, both(pair("result", f"origin_{origin}", mark=mark), "  "), "text")
        page.write(row, 2, counts[origin], look)
        row += 1


def _level(level: str) -> str:
    return f"level_{level}" if level in ("province", "prefecture") else "level_custom"


def _same(text: str) -> Text:
    return Text(text, text)
