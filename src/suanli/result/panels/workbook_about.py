"""The sheet that says what a panel was asked, how its answers became weights, and who its members are."""

from collections import Counter

from suanli.framework import dump
from suanli.intake.folder import shown
from suanli.language import Text, pair
from suanli.problems import Severity
from suanli.result.panels.contents import LONGEST, PanelResult
from suanli.result.panels.lines import panel_lines
from suanli.result.reading import digest
from suanli.result.workbook_about import about_end, facts_part, inputs_part, line_part
from suanli.result.workbook_page import Page, both


def about_page(page: Page, result: PanelResult) -> None:
    """Write the sheet."""
    nature = pair("result", "about_simulated")
    rules = {pair("panel_report", f"about-{key}"): text for key, text in panel_lines(result)}
    row = facts_part(page, {**_what(result, nature), **rules}, stamped=nature)
    row = inputs_part(page, result.about.inputs, row + 1)
    row = _members(page, result, row + 1)
    about_end(page, row)


def _what(result: PanelResult, nature: Text) -> dict[Text, Text]:
    framework, about = result.framework, result.about
    counted = Counter(problem.severity for problem in result.problems)
    counts = {severity.value: counted[severity] for severity in Severity}
    return {
        pair("result", "about_title"): about.title,
        nature: pair("result", "simulated_yes" if about.simulated else "simulated_no"),
        pair("result", "about_statement"): pair("panel_report", "statement"),
        pair("result", "about_framework"): Text(
            f"{framework.title.zh}（{framework.id}）", f"{framework.title.en} ({framework.id})"
        ),
        pair("result", "about_framework_source"): framework.source,
        pair("result", "about_framework_digest"): _same(digest(dump(framework).encode())),
        pair("result", "about_problems"): pair("result", "problem_counts", **counts),
        pair("result", "about_version"): _same(f"Suanli {about.version}"),
    }


def _members(page: Page, result: PanelResult, row: int) -> int:
    """Write the members of the panel, from a row on; return the row below."""
    keys = ("about-experts", "about-expert-name", "about-expert-affiliation", "about-expert-weight")
    texts = [both(pair("panel_report", key), " ") for key in keys]
    line_part(page, row, texts, ("label", "header", "header", "header"))
    for expert in result.about.experts:
        row += 1
        line_part(
            page,
            row,
            [shown(text, LONGEST) for text in (expert.id, expert.name, expert.affiliation)],
            ("wrapped",) * 3,
        )
        page.write(row, 3, expert.weight, "bytes")
    return row + 1


def _same(text: str) -> Text:
    return Text(text, text)
