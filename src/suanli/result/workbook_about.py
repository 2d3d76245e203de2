"""The sheet that says what the result is, how it was made, and what it is not."""

from collections import Counter
from collections.abc import Mapping, Sequence

from suanli.framework import dump
from suanli.intake import InputFile
from suanli.intake.template import row_height
from suanli.language import Text, pair
from suanli.problems import Severity
from suanli.result.contents import Contents
from suanli.result.reading import digest
from suanli.result.workbook_looks import ORIGIN_MARKS
from suanli.result.workbook_page import FIRST_ROW, Page, both
from suanli.result.workbook_print import print_setup

_WIDTHS = (32.0, 56.0, 60.0, 13.0)


def about_page(page: Page, contents: Contents, *, detailed: bool) -> None:
    """Write the sheet; `detailed` tells whether the other sheets hold the detail."""
    facts = {
        pair("result", label): text for label, text in _facts(contents, detailed=detailed).items()
    }
    row = facts_part(page, facts, stamped=pair("result", "about_simulated"))
    row = inputs_part(page, contents.about.inputs, row + 1)
    row = _origins(page, contents, row + 1)
    about_end(page, row)


def facts_part(page: Page, facts: Mapping[Text, Text], *, stamped: Text) -> int:
    """Write title and facts, a label and a sentence in each language a row; return the row below.

    `stamped` is the label of the fact that stands out where data are simulated.
    """
    page.heading(_WIDTHS)
    row = FIRST_ROW + 1
    for label, text in facts.items():
        look = "stamped" if page.stamp and label == stamped else "wrapped"
        line_part(page, row, (both(label, " "), text.zh, text.en), ("label", look, look))
        if text.zh == text.en:
            page.sheet.merge_range(row, 1, row, 2, "", page.styles["wrapped"])
            page.write(row, 1, text.zh, "wrapped")
        row += 1
    return row


def inputs_part(page: Page, inputs: Sequence[InputFile], row: int) -> int:
    """Write the files that were read, from a row on; return the row below."""
    keys = ("about_inputs", "input_path", "input_sha256", "input_bytes")
    texts = [both(pair("result", key), " ") for key in keys]
    line_part(page, row, texts, ("label", "header", "header", "header"))
    for file in inputs:
        row += 1
        line_part(page, row, ("", file.path, file.sha256), ("wrapped", "wrapped", "digest"))
        page.write(row, 3, file.bytes, "bytes")
    return row + 1


def about_end(page: Page, row: int) -> None:
    """Set what stays in view and how the sheet is printed; `row` is the one below the last."""
    page.sheet.freeze_panes(2, 0)
    print_setup(page.sheet, _WIDTHS, last_row=row - 1, repeated=0)


def line_part(page: Page, row: int, texts: Sequence[str], looks: Sequence[str]) -> None:
    """Write a row of texts, as high as they need."""
    cells = []
    for at, (text, look) in enumerate(zip(texts, looks, strict=True)):
        page.write(row, at, text, look)
        # digests are set in eight points, so that one line holds them
        cells.append((text, _WIDTHS[at] * (1.25 if look == "digest" else 1.0)))
    page.sheet.set_row(row, row_height(cells))


def _facts(contents: Contents, *, detailed: bool) -> dict[str, Text]:
    about, framework = contents.about, contents.framework
    severities = Counter(problem.severity for problem in contents.problems)
    counts = {severity.value: severities[severity] for severity in Severity}
    return {
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


def _origins(page: Page, contents: Contents, row: int) -> int:
    line_part(page, row, (both(pair("result", "about_origins"), " "),), ("label",))
    counts = Counter(contents.indicators["origin"].to_list())
    for origin in ("official", "reported", "estimated", "imputed", "simulated", "missing"):
        mark = ORIGIN_MARKS.get(origin, "").strip()
        look = f"count:{origin}"
        page.write(row, 1, both(pair("result", f"origin_{origin}", mark=mark), "  "), "text")
        page.write(row, 2, counts[origin], look)
        row += 1
    return row


def _level(level: str) -> str:
    return f"level_{level}" if level in ("province", "prefecture") else "level_custom"


def _same(text: str) -> Text:
    return Text(text, text)
