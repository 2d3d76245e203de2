"""A study's own weights: a file of nodes and local weights, every group of siblings complete and summing to 1."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from suanli.framework import Framework
from suanli.intake.folder import MAX_TEXT_BYTES, InputFile, file_content, shown
from suanli.intake.reading.headers import normal
from suanli.intake.reading.tables import Table
from suanli.intake.reading.textfiles import read_text_table
from suanli.problems import Place, Problem, Severity, errors

TOLERANCE = 1e-9
"""How far the sum of siblings' weights may be from 1."""

_NODE = frozenset({"node", "code", "节点", "代码", "指标", "指标代码"})
_SIMULATED = frozenset({"simulated", "模拟", "模拟数据"})
# 性质 alone is no origin here: tables of weights call the direction of an indicator so
_ORIGIN = frozenset({"origin", "数据性质", "来源类型"})
_FITTED = frozenset({"fitted", "反推", "反推权重"})
_TRUE = frozenset({"true", "1", "yes", "是"})
_WEIGHT = frozenset({"weight", "weights", "local_weight", "权重", "局部权重"})


@dataclass(frozen=True, slots=True)
class OwnWeights:
    """Local weights by node, the file they come from, and what it says they are: simulated, or fitted to orders."""

    local: Mapping[str, float]
    file: InputFile
    simulated: bool = False
    fitted: bool = False


def read_weights(
    folder: Path, path: str, framework: Framework
) -> tuple[OwnWeights | None, list[Problem]]:
    """Return the weights in a CSV file with the columns `node` and `weight`, and what is wrong with them.

    A group whose members are all left out keeps the framework's weights, which is noted.
    """
    content = file_content(folder, path, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        return None, [content]
    table, problems = read_text_table(content)
    if table is None:
        return None, problems
    local, more = _rows(table, framework)
    problems += [*more, *check_origins(table)]
    if not errors(problems):
        problems += check_siblings(local, framework, table.file)
    if errors(problems):
        return None, problems
    own = OwnWeights(
        MappingProxyType(local),
        content.file,
        simulated=any(text in _TRUE for text in _beside(table, _SIMULATED).values()),
        # nothing else passes the check
        fitted=bool(_beside(table, _ORIGIN)),
    )
    return own, problems


def _rows(table: Table, framework: Framework) -> tuple[dict[str, float], list[Problem]]:
    columns = _columns(table)
    if columns is None:
        place = table.place(int(table.lines[0]))
        found = ", ".join(shown(text, 30) for text in table.texts.row(0) if text)
        return {}, [Problem("weights-headings", Severity.ERROR, place, found, "node, weight")]
    nodes = {normal(placed.node.code): placed.node.code for placed in framework.walk()}
    weights: dict[str, float] = {}
    problems: list[Problem] = []
    rows = zip(table.lines[1:], table.texts[1:].select(columns).iter_rows(), strict=True)
    for line, (node, text) in rows:
        place = table.place(int(line))
        code = nodes.get(normal(node or ""))
        weight = _weight(text or "", place)
        if isinstance(weight, Problem):
            problems.append(weight)
        if code is None and normal(node or "") == normal(framework.code):
            # the index itself, as tables of results have it, weighs 1 and has no siblings
            continue
        if code is None:
            details = {"framework": framework.id}
            problems.append(
                Problem(
                    "weights-node-unknown",
                    Severity.ERROR,
                    place,
                    shown(node or "–"),
                    details=details,
                )
            )
        elif code in weights:
            problems.append(Problem("weights-node-twice", Severity.ERROR, place, found=code))
        else:
            weights[code] = weight if isinstance(weight, float) else math.nan
    return weights, problems


def check_origins(table: Table) -> list[Problem]:
    """Return an error for each origin that is not that of fitted weights; others have none to state."""
    first = {text: line for line, text in reversed(_beside(table, _ORIGIN).items())}
    return [
        Problem("weights-origin", Severity.ERROR, table.place(line), shown(text), "fitted")
        for text, line in sorted(first.items(), key=lambda each: each[1])
        if text not in _FITTED
    ]


def _beside(table: Table, heading: frozenset[str]) -> dict[int, str]:
    """Return what a column that is beside the weights, such as `simulated`, says by line, where it says anything."""
    column = next((name for name, text in _headings(table).items() if text in heading), None)
    if column is None:
        return {}
    said = zip(table.lines[1:], table.texts[column][1:], strict=True)
    return {int(line): normal(text) for line, text in said if text and normal(text)}


def _headings(table: Table) -> dict[str, str]:
    return {name: normal(text or "") for name, text in table.texts.row(0, named=True).items()}


def _columns(table: Table) -> tuple[str, str] | None:
    headings = _headings(table)
    node = next((name for name, text in headings.items() if text in _NODE), None)
    weight = next((name for name, text in headings.items() if text in _WEIGHT), None)
    return (node, weight) if node is not None and weight is not None else None


def _weight(text: str, place: Place) -> float | Problem:
    if text.strip().endswith(("%", "％")):
        return Problem("weights-percent", Severity.ERROR, place, found=shown(text))
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight >= 0):
        return Problem("weights-not-a-number", Severity.ERROR, place, found=shown(text) or "–")
    return weight


def check_siblings(weights: Mapping[str, float], framework: Framework, file: str) -> list[Problem]:
    """Return an error for each group of siblings that is incomplete or does not sum to 1."""
    siblings: dict[str, list[str]] = {}
    for placed in framework.walk():
        siblings.setdefault(placed.parent, []).append(placed.node.code)
    problems: list[Problem] = []
    absent: list[str] = []
    for parent, codes in siblings.items():
        place = Place(file=file, code=parent)
        lacking = [code for code in codes if code not in weights]
        total = math.fsum(weights[code] for code in codes if code in weights)
        if len(lacking) == len(codes):
            absent.append(parent)
        elif lacking:
            found = ", ".join(lacking)
            problems.append(Problem("weights-incomplete", Severity.ERROR, place, found=found))
        elif abs(total - 1) > TOLERANCE:
            listed = ", ".join(f"{code}={weights[code]:g}" for code in codes)
            problems.append(
                Problem(
                    "weights-sum", Severity.ERROR, place, found=f"{total:.12g}", expected=listed
                )
            )
    if absent:
        found = ", ".join(absent)
        problems.append(
            Problem("weights-of-framework", Severity.NOTE, Place(file=file), found=found)
        )
    return problems
