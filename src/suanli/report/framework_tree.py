"""One framework for the terminal: what it measures, its rules, and its tree with units, directions and weights."""

from collections.abc import Iterator, Sequence

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.framework import Framework, Group, Indicator, units
from suanli.language import Language, say
from suanli.report.method_words import caliber, method_name, rules
from suanli.report.prose import Prose
from suanli.report.tables import plain_table
from suanli.report.words import figure

_HANG = 2


def framework_tree(framework: Framework, language: Language) -> RenderableType:
    """Return a framework: title, description and rules above its nodes, a row each."""
    title = f"{framework.title.said(language)} [{framework.id}]"
    labelled = [
        (say("report", "framework-source", language), framework.source.said(language)),
        *rules(framework, language),
    ]
    return Lines(
        Prose(title, style="bold"),
        Prose(framework.description.said(language)),
        *(_labelled(label, words) for label, words in labelled),
        "",
        _nodes(framework, language),
    )


def _labelled(label: str, words: str) -> Prose:
    return Prose(Styled.assemble((label, "bold"), words), hang=_HANG)


def _nodes(framework: Framework, language: Language) -> RenderableType:
    rows = [
        (node, level, share, _remarks(node, language))
        for node, level, share in _walk(framework, framework.children, 0)
    ]
    remarked = any(remarks for *_, remarks in rows)
    columns = ["code", "name", "weight", "unit", *(["remarks"] if remarked else [])]
    table = plain_table(
        (say("report", f"tree-{name}", language), "right" if name == "weight" else "left")
        for name in columns
    )
    for node, level, share, remarks in rows:
        grouped = isinstance(node, Group)
        unit = "" if isinstance(node, Group) else units.label(node.unit, language)
        cells: dict[str, RenderableType] = {
            "code": Styled(node.code, no_wrap=True, style="bold" if grouped else ""),
            "name": Prose(
                Styled(node.name.said(language), style="bold" if grouped else ""),
                indent=2 * level,
                hang=_HANG,
            ),
            "weight": f"{share:.1%}",
            "unit": Prose(unit),
            "remarks": Prose(remarks),
        }
        table.add_row(*(cells[name] for name in columns))
    return table


def _walk(
    framework: Framework, siblings: Sequence[Group | Indicator], level: int
) -> Iterator[tuple[Group | Indicator, int, float]]:
    """Yield every node with its level from 0 and its weight among its siblings."""
    equal = framework.weighting.method == "equal"
    weights = [0.0 if node.disabled else 1.0 if equal else node.weight or 0.0 for node in siblings]
    total = sum(weights)
    for node, weight in zip(siblings, weights, strict=True):
        yield node, level, weight / total if total else 0.0
        if isinstance(node, Group):
            yield from _walk(framework, node.children, level + 1)


def _remarks(node: Group | Indicator, language: Language) -> str:
    """Return what is special about a node: disabled; direction, caliber, reference, goalposts, own rule."""
    disabled = say("report", "tree-disabled", language) if node.disabled else ""
    if isinstance(node, Group):
        return disabled
    remarks = [disabled, _direction(node, language)]
    if node.caliber is not None:
        remarks.append(caliber(node.caliber, language))
    if node.reference is not None:
        reference = figure(node.reference)
        remarks.append(say("report", "tree-reference", language, reference=reference))
    if node.goalposts is not None:
        low, high = map(figure, node.goalposts)
        remarks.append(say("report", "tree-goalposts", language, low=low, high=high))
    if node.normalisation is not None and node.normalisation.method is not None:
        remarks.append(method_name("normalisation", node.normalisation.method, language))
    return say("report", "tree-between", language).join(filter(None, remarks))


def _direction(node: Indicator, language: Language) -> str:
    """Return which end is good where it is not the upper one."""
    if node.direction == "target" and node.target is not None:
        low, high = map(figure, node.target)
        if low == high:
            return say("report", "tree-point", language, target=low)
        return say("report", "tree-target", language, low=low, high=high)
    return "" if node.direction == "higher" else say("report", "direction-lower", language)
