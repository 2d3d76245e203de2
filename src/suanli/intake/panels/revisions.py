"""Changes that experts accepted, each checked against the answer that it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from suanli.intake.folder import MAX_TEXT_BYTES, FileContent, InputFile, file_content, shown
from suanli.intake.panels.answers import Asked, Key
from suanli.intake.panels.judged import Judged
from suanli.intake.panels.judgements import GRADES, Refused, judgement
from suanli.intake.panels.panel import Revision
from suanli.intake.panels.place import PanelPlace
from suanli.intake.panels.wording import words
from suanli.intake.questionnaires.layout import COMPARING
from suanli.intake.reading.headers import normal
from suanli.intake.reading.judgements import TOLERANCE
from suanli.intake.reading.tables import Table
from suanli.intake.reading.textfiles import read_text_table
from suanli.problems import Place, Problem, Severity, errors

_WORDS = {
    "expert": "专家 专家编号 expert",
    "node": "组 节点 所属组 group node",
    "item": "指标 item",
    "other": "对比指标 比较指标 other",
    "before": "原判断 修改前 before",
    "after": "新判断 修改后 after",
    "reason": "理由 修改理由 原因 reason",
}
_FIELD_OF = MappingProxyType(
    {normal(word): field for field, words in _WORDS.items() for word in words.split()}
)
NEEDED = ("expert", "node", "item", "other", "before", "after")
"""Columns that a file of revisions must have; `reason` may be left out."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Accepted changes and the file they come from."""

    revisions: tuple[Revision, ...] = ()
    inputs: tuple[InputFile, ...] = ()


def read_revisions(
    place: PanelPlace, asked: Asked, judged: Mapping[Key, Judged]
) -> tuple[Revised, list[Problem]]:
    """Return the changes in the file that panel.yaml names, and everything that is wrong with it."""
    path = asked.rules.revisions
    if path is None:
        return Revised(), []
    at = Place(file=place.file, path="revisions")
    if asked.rules.elicitation not in COMPARING:
        found = asked.rules.elicitation
        return Revised(), [
            Problem(
                "revisions-of-scores", Severity.ERROR, at, found, details=words("found", [found])
            )
        ]
    content = file_content(place.folder, path, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        return Revised(), [content]
    revisions, problems = _read(content, asked, judged)
    return Revised(tuple(revisions), (content.file,)), problems


def _read(
    content: FileContent, asked: Asked, judged: Mapping[Key, Judged]
) -> tuple[list[Revision], list[Problem]]:
    table, problems = read_text_table(content)
    if table is None:
        return [], problems
    columns = _columns(table)
    if absent := [field for field in NEEDED if field not in columns]:
        expected = ", ".join((*NEEDED, "reason"))
        found = ", ".join(absent)
        place = table.place(int(table.lines[0]))
        details = words("fields", absent)
        lacking = Problem("revisions-columns", Severity.ERROR, place, found, expected, details)
        return [], [*problems, lacking]
    revisions: list[Revision] = []
    seen: dict[tuple[str, str, frozenset[str]], int] = {}
    texts = table.texts.select(list(columns.values()))[1:]
    for line, values in zip(table.lines[1:], texts.iter_rows(), strict=True):
        row = {field: (text or "").strip() for field, text in zip(columns, values, strict=True)}
        found_one, more = _revision(row, table.place(int(line)), asked)
        problems += more
        if found_one is None:
            continue
        found_one, more = _matched(found_one, judged)
        problems += more
        if not _counts(found_one, asked):
            items = f"{found_one.item}, {found_one.other}"
            code = "panel-disabled-left-out"
            problems.append(Problem(code, Severity.NOTE, _place(found_one), items))
            continue
        pair = (found_one.expert, found_one.node, frozenset((found_one.item, found_one.other)))
        if (first := seen.setdefault(pair, found_one.line)) != found_one.line:
            problems.append(_error("revision-twice", _place(found_one), str(first)))
        revisions.append(found_one)
    return ([] if errors(problems) else revisions), problems


def _columns(table: Table) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, text in zip(table.texts.columns, table.texts.row(0), strict=True):
        field = _FIELD_OF.get(normal(text or ""))
        if field:
            columns.setdefault(field, name)
    return columns


def _revision(
    row: Mapping[str, str], place: Place, asked: Asked
) -> tuple[Revision | None, list[Problem]]:
    if empty := [field for field in NEEDED if not row[field]]:
        details = words("fields", empty)
        found_empty = ", ".join(empty)
        code = "panel-field-empty"
        return None, [Problem(code, Severity.ERROR, place, found_empty, details=details)]
    expert = asked.experts.find(row["expert"], place)
    node = asked.items.group(row["node"], None, place)
    found: list[str | Problem] = [expert, node]
    if isinstance(node, str):
        found += [asked.items.member(row[each], None, node, place) for each in ("item", "other")]
    grades = [judgement(row["before"]), judgement(row["after"])]
    problems = [each for each in found if isinstance(each, Problem)]
    problems += [
        _error(read.code, place, shown(row[field]), read.expected or GRADES)
        for field, read in zip(("before", "after"), grades, strict=True)
        if isinstance(read, Refused)
    ]
    if not problems and found[2] == found[3]:
        problems.append(_error("panel-self-comparison", place, shown(row["other"])))
    if problems:
        return None, problems
    before, after = (read.grade for read in grades if not isinstance(read, Refused))
    names = [str(each) for each in found]
    line = int(place.cell.rpartition(" ")[2])
    reason = row.get("reason", "")
    return (
        Revision(names[0], names[1], names[2], names[3], before, after, reason, place.file, line),
        [],
    )


def _matched(revision: Revision, judged: Mapping[Key, Judged]) -> tuple[Revision, list[Problem]]:
    """Return a revision with its former value as the answer has it, and an error if there is no such answer."""
    answers = [
        one.pairs[pair] if pair == (revision.item, revision.other) else 1 / one.pairs[pair]
        for (_, expert, node), one in judged.items()
        if (expert, node) == (revision.expert, revision.node)
        for pair in ((revision.item, revision.other), (revision.other, revision.item))
        if pair in one.pairs
    ]
    details = {"expert": revision.expert, "pair": f"{revision.item}/{revision.other}"}
    place = _place(revision)
    if not answers:
        return revision, [Problem("revision-of-nothing", Severity.ERROR, place, details=details)]
    nearest = min(answers, key=lambda answer: abs(revision.before / answer - 1))
    if abs(revision.before / nearest - 1) <= TOLERANCE:
        return replace(revision, before=nearest), []
    found = f"{revision.before:.4g}"
    expected = ", ".join(f"{answer:.4g}" for answer in answers)
    code = "revision-of-another-answer"
    return revision, [Problem(code, Severity.ERROR, place, found, expected, details)]


def _counts(revision: Revision, asked: Asked) -> bool:
    """Tell whether both items of a revision are enabled."""
    return {revision.item, revision.other} <= set(asked.items.enabled.get(revision.node, ()))


def _place(revision: Revision) -> Place:
    return Place(file=revision.file, cell=f"line {revision.line}")


def _error(code: str, place: Place, found: str, expected: str = "") -> Problem:
    return Problem(code, Severity.ERROR, place, found, expected)
