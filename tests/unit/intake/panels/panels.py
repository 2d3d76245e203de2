"""Panels made for tests: folders with a panel.yaml, questionnaires filled in, tables of answers."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import yaml
from openpyxl import Workbook, load_workbook

from suanli.framework import Framework, bundled
from suanli.intake.panels import PanelRules, check_panel
from suanli.intake.panels.panel import Panel
from suanli.intake.questionnaires.layout import (
    BUDGET,
    AnswerCell,
    GroupSheet,
    group_sheets,
    item_choice,
    position_of,
)
from suanli.intake.questionnaires.questionnaire import questionnaire
from suanli.problems import Problem, Severity

FRAMEWORK = "cpdi-2.0"
TINY = Path(__file__).parents[1] / "data" / "framework.yaml"
Editor = Callable[[Workbook], None]


def small_framework(**disabled: bool) -> str:
    """Return a framework with the groups A (A.1, A.2) and B (B.1 to B.4); `B3=True` disables B.3."""
    content = yaml.safe_load(TINY.read_text(encoding="utf-8"))
    of_b = content["children"][1]["children"]
    for number, zh, en in ((3, "备份率", "Backup rate"), (4, "绿电占比", "Green power")):
        of_b.append({**of_b[0], "code": f"B.{number}", "name": {"zh": zh, "en": en}})
    for child in of_b:
        child["weight"] = 0.25
        child["disabled"] = disabled.get(child["code"].replace(".", ""), False)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


SMALL = {"framework.yaml": small_framework()}
WHOLE = {
    "index": {("A", "B"): "3"},
    "A": {("A.1", "A.2"): "1/2"},
    "B": {("B.1", "B.2"): "2", ("B.2", "B.3"): "3", ("B.3", "B.4"): "1/4"},
}
"""Comparisons of every group of the small framework, connected."""


def lines(
    answers: Mapping[str, Mapping[tuple[str, str], str]] = WHOLE, experts: Iterable[str] = ("E01",)
) -> str:
    """Return comparisons as a CSV table."""
    rows = [
        f"{expert},{node},{item},{other},{grade}"
        for expert in experts
        for node, pairs in answers.items()
        for (item, other), grade in pairs.items()
    ]
    return "\n".join(["expert,node,item,other,judgement", *rows, ""])


def check_table(
    folder: Path, content: bytes | str, *, name: str = "answers.csv", **declared: object
) -> tuple[Panel | None, tuple[Problem, ...]]:
    """Write a panel on the small framework with one table of answers and return what checking it gives."""
    files = {**SMALL, name: content}
    return check(folder, files, framework="framework.yaml", rounds=[[name]], **declared)


def rules(**declared: object) -> PanelRules:
    """Return rules with some keys declared."""
    return PanelRules.model_validate({"suanli": 1, **declared})


def sheets(
    elicitation: str = "pairwise", framework: Framework | None = None
) -> Mapping[str, GroupSheet]:
    """Return the sheets of a Chinese form by node."""
    made = group_sheets(framework or bundled(FRAMEWORK), elicitation, language="zh")
    return {sheet.node: sheet for sheet in made}


def importance(item: str) -> int:
    """Return how much an item matters in the answers made up here: less, the later it comes."""
    return 5 - int(item[-1]) % 5


def natural(sheet: GroupSheet, answer: AnswerCell) -> object:
    """Return the answer of an expert to whom items matter as `importance` says."""
    items = sheet.items
    best, worst = max(items, key=importance), min(items, key=importance)
    if answer.kind in ("best", "worst"):
        item = best if answer.kind == "best" else worst
        return item_choice(items.index(item) + 1, item)
    if answer.kind == "score":
        return importance(answer.item)
    if answer.kind == "best-to-others":
        return None if answer.other == best else 1 + importance(best) - importance(answer.other)
    if answer.kind == "others-to-worst":
        asked = answer.item not in (best, worst)
        return 1 + importance(answer.item) - importance(worst) if asked else None
    difference = importance(answer.item) - importance(answer.other)
    return position_of(1.0 + difference if difference >= 0 else 1 / (1 - difference))


def typed(
    elicitation: str = "pairwise", framework: Framework | None = None
) -> dict[tuple[str, str], object]:
    """Return what such an expert types, by sheet and cell."""
    given: dict[tuple[str, str], object] = {}
    for sheet in sheets(elicitation, framework).values():
        for answer in sheet.answers:
            given[sheet.name, answer.cell] = natural(sheet, answer)
        if elicitation == "budget":
            total = sum(importance(item) for item in sheet.items)
            for answer in sheet.answers:
                given[sheet.name, answer.cell] = BUDGET * importance(answer.item) / total
    return given


def form(
    expert: str = "E01",
    elicitation: str = "pairwise",
    *edits: Editor,
    fill: bool = True,
    framework: Framework | None = None,
    **choices: object,
) -> bytes:
    """Return a questionnaire, filled in unless told not to, and then edited."""
    made = framework or bundled(FRAMEWORK)
    rule = rules(elicitation=elicitation)
    blank = (
        questionnaire(made, expert, rules=rule, **choices)
        if choices or framework
        else _blank(expert, elicitation)
    )
    book = load_workbook(BytesIO(blank))
    if fill:
        for (sheet, cell), value in typed(elicitation, framework).items():
            book[sheet][cell] = value
    for edit in edits:
        edit(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@cache
def _blank(expert: str, elicitation: str) -> bytes:
    return questionnaire(bundled(FRAMEWORK), expert, rules=rules(elicitation=elicitation))


def table(rows: Iterable[Iterable[object]], sheet: str = "判断") -> bytes:
    """Return a workbook with one table."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_panel(folder: Path, files: Mapping[str, bytes | str], **declared: object) -> Path:
    """Write a panel with the given files (by path inside it) and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"suanli": 1, "framework": FRAMEWORK, **declared}
    content = {key: value for key, value in content.items() if value is not None}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    (folder / "panel.yaml").write_text(text, encoding="utf-8")
    for path, each in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(each if isinstance(each, bytes) else each.encode())
    return folder


def check(
    folder: Path, files: Mapping[str, bytes | str], **declared: object
) -> tuple[Panel | None, tuple[Problem, ...]]:
    """Write a panel and return what checking it gives."""
    return check_panel(write_panel(folder / "panel", files, **declared))


def codes(problems: Iterable[Problem], severity: Severity = Severity.ERROR) -> list[str]:
    """Return the codes of the problems of one severity, each once, in order."""
    return sorted({problem.code for problem in problems if problem.severity is severity})


def of_code(problems: Iterable[Problem], code: str) -> list[Problem]:
    """Return the problems of one code."""
    return [problem for problem in problems if problem.code == code]
