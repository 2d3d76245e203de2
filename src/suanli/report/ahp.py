"""One matrix of judgements for the terminal and for programs: weights, consistency, and what to look at again."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from suanli.language import Language, say
from suanli.problems import Problem
from suanli.report.ahp_judgements import cycles, missing, worst
from suanli.report.ahp_weights import consistency, weights
from suanli.report.assessed import Adjusted, Assessed
from suanli.report.prose import Fitted, Prose
from suanli.report.tables import titled
from suanli.report.trouble import problem_json, trouble_blocks


@dataclass(frozen=True, slots=True)
class Source:
    """Where a matrix comes from: its file, the scale its grades were read by, what was adjusted, and what was noted."""

    file: str
    scale: str | None
    adjusted: Sequence[Adjusted]
    problems: Sequence[Problem]


def ahp_shown(found: Assessed, source: Source, language: Language) -> RenderableType:
    """Return the weights by the chosen method beside the others, the consistency, and the judgements that break it."""
    parts: list[RenderableType] = [
        *(Prose(line) for line in _about(found, source, language)),
        Fitted(lambda columns: weights(found, language, columns)),
        *consistency(found, language),
        *cycles(found, language),
        *worst(found, source.scale, language),
        *missing(found, language),
        *trouble_blocks(source.problems, language),
    ]
    return titled(say("ahp", "title", language, file=source.file), *parts)


def ahp_json(found: Assessed, source: Source) -> dict[str, Any]:
    """Return the same for programs, in full precision; positions count from 0."""
    return {
        "file": source.file,
        "labels": list(found.labels),
        "judgements": [
            [None if math.isnan(value) else float(value) for value in row]
            for row in found.judgements
        ],
        "scale": source.scale,
        "method": found.method,
        "weights": _floats(found.weights),
        "lambda_max": found.lambda_max,
        "ci": found.ci,
        "ri_table": found.ri_table,
        "ri": found.ri,
        "cr": found.cr,
        "cr_limit": found.cr_limit,
        "gci": found.gci,
        "gci_limit": found.gci_limit,
        "lambda_estimate": found.lambda_estimate,
        "cr_estimate": found.cr_estimate,
        "missing": [[each.row, each.column, each.value] for each in found.missing],
        "worst": [
            [each.row, each.column, each.judgement, each.consistent, each.gradient]
            for each in found.worst
        ],
        "cycles": [list(cycle) for cycle in found.cycles],
        "other_methods": {name: _floats(each) for name, each in found.other_methods.items()},
        "snapped": [[each.row, each.column, each.written, each.used] for each in source.adjusted],
        "problems": [problem_json(problem) for problem in source.problems],
    }


def _about(found: Assessed, source: Source, language: Language) -> list[str]:
    n = len(found.labels)
    pairs, absent = n * (n - 1) // 2, len(found.missing)
    key = "size-one" if n == 1 else "size-missing" if absent else "size"
    lines = [say("ahp", key, language, n=n, pairs=pairs, missing=absent)]
    if source.scale is not None:
        scale = say("result", f"panel_scale_{source.scale}", language)
        lines.append(say("ahp", "scale", language, scale=scale))
    method = say("result", f"panel_method_{found.method}", language)
    lines.append(say("ahp", "method", language, method=method))
    return lines


def _floats(values: Iterable[float]) -> list[float]:
    return [float(value) for value in values]
