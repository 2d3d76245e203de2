"""Fitted weights for the terminal and for programs: how many published orders hold, and the weights beside the own."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import JustifyMethod, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, Text, say
from suanli.report.prose import Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.words import node_names, number
from suanli.result import FittedWeights, OrderCount, Result

_COUNTS = ("orders", "own", "fitted", "possible")
_WEIGHTS = ("own_local", "fitted_local", "own_overall", "fitted_overall")


def fitted_view(found: FittedWeights, result: Result, language: Language) -> RenderableType:
    """Return how many orders hold by kind and by fact, the fitted weights beside the result's own, and remarks."""
    kinds = [(say("result", f"fitted_kind_{count.name}", language), count) for count in found.kinds]
    parts: list[RenderableType] = [
        Prose(found.note.said(language)),
        "",
        _counts(found, kinds, language),
        "",
        titled(say("report", "fitted-by-fact", language), _facts(found, result, language)),
        "",
        titled(say("report", "fitted-weights", language), _weights(found, result, language)),
        Prose(found.summary.said(language), style="bold"),
    ]
    parts.extend(
        Prose(f"• {remark.said(language)}", hang=2, style="dim") for remark in found.remarks
    )
    return stamped(titled(found.name.said(language), *parts), simulated=found.simulated)


def fitted_json(found: FittedWeights, result: Result, *, file: str | None) -> dict[str, Any]:
    """Return the fitted weights for programs; `file` is where they were written, if they were."""
    zh, en = (node_names(result.framework, language) for language in ("zh", "en"))
    return {
        "name": _both(found.name),
        "note": _both(found.note),
        "simulated": found.simulated,
        "seed": found.seed,
        "floor": found.floor,
        **{count: getattr(found, count) for count in _COUNTS},
        "kinds": [_counted(count, "name") for count in found.kinds],
        "facts": [_counted(count, "name", "node") for count in found.facts],
        "weights": [
            {"node": row["node"], "name_zh": zh[row["node"]], "name_en": en[row["node"]], **row}
            for row in found.table.to_dicts()
        ],
        "remarks": [_both(remark) for remark in found.remarks],
        "weights_file": file,
    }


def _counts(
    found: FittedWeights, kinds: Iterable[tuple[str, OrderCount]], language: Language
) -> RenderableType:
    table = plain_table(_heads(("kind",), _COUNTS, language))
    for name, count in kinds:
        table.add_row(Prose(name), *_numbers(count))
    total = Prose(say("report", "fitted-total", language), style="bold")
    table.add_row(total, *(Styled(number, style="bold") for number in _numbers(found)))
    return table


def _facts(found: FittedWeights, result: Result, language: Language) -> RenderableType:
    names = node_names(result.framework, language)
    table = plain_table(_heads(("fact", "node"), _COUNTS, language))
    for count in found.facts:
        node = Prose(f"{count.node} {names[count.node]}", hang=2)
        table.add_row(Styled(count.name, no_wrap=True), node, *_numbers(count))
    return table


def _weights(found: FittedWeights, result: Result, language: Language) -> RenderableType:
    names = node_names(result.framework, language)
    table = plain_table(
        _heads(("node",), [column.replace("_", "-") for column in _WEIGHTS], language)
    )
    levels = {placed.node.code: placed.level for placed in result.framework.walk()}
    for row in found.table.to_dicts():
        name = Prose(
            f"{row['node']} {names[row['node']]}", indent=2 * (levels[row["node"]] - 1), hang=2
        )
        table.add_row(name, *(number(100 * row[column], 2) for column in _WEIGHTS))
    return table


def _heads(
    words: Sequence[str], numbers: Sequence[str], language: Language
) -> list[tuple[str, JustifyMethod]]:
    left: list[tuple[str, JustifyMethod]] = [
        (say("report", f"fitted-{word}", language), "left") for word in words
    ]
    return left + [(say("report", f"fitted-{word}", language), "right") for word in numbers]


def _numbers(count: OrderCount | FittedWeights) -> list[str]:
    return [f"{getattr(count, name):,}" for name in _COUNTS]


def _counted(count: OrderCount, *names: str) -> dict[str, Any]:
    return {name: getattr(count, name) for name in (*names, *_COUNTS)}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
