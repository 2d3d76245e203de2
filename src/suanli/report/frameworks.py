"""Frameworks for the terminal: the list, one as a tree, and what changed between two."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled
from rich.tree import Tree

from suanli.framework import Framework, FrameworkDifference, Group, Indicator, units
from suanli.language import Language, Text, say
from suanli.report.words import figure


def framework_list(frameworks: Sequence[Framework], language: Language) -> RenderableType:
    """Return a row a framework: id, title, family, nodes by level, regions."""
    table = Table(box=None, pad_edge=False)
    for column in ("id", "title", "family", "counts", "level"):
        table.add_column(say("report", f"frameworks-{column}", language))
    for framework in frameworks:
        table.add_row(
            Styled(framework.id, style="bold"),
            framework.title.said(language),
            framework.family,
            " / ".join(map(str, node_counts(framework))),
            say("report", f"level-{framework.region_level}", language),
        )
    return table


def framework_list_json(frameworks: Sequence[Framework]) -> list[dict[str, Any]]:
    """Return the list for programs."""
    return [
        {
            "id": framework.id,
            "family": framework.family,
            "version": framework.version,
            "title": {"zh": framework.title.zh, "en": framework.title.en},
            "region_level": framework.region_level,
            "counts": list(node_counts(framework)),
            "indicators": len(framework.indicators()),
        }
        for framework in frameworks
    ]


def node_counts(framework: Framework) -> tuple[int, ...]:
    """Return how many nodes each level has, dimensions first."""
    counted = Counter(placed.level for placed in framework.walk())
    return tuple(counted[level] for level in sorted(counted))


def framework_tree(framework: Framework, language: Language) -> RenderableType:
    """Return a framework as a tree with its rules above it."""
    rules = [
        Styled(framework.description.said(language)),
        Styled(say("report", "framework-source", language, source=framework.source.said(language))),
        Styled(
            say(
                "report",
                "framework-normalisation",
                language,
                method=framework.normalisation.method,
                goalposts=framework.normalisation.goalposts,
            )
        ),
        Styled(say("report", "framework-weights", language, method=_weights(framework, language))),
        Styled(
            say("report", "framework-mean", language, method=framework.aggregation.default.method)
        ),
    ]
    title = Styled(f"{framework.title.said(language)} [{framework.id}]", style="bold")
    root = Tree(Styled(framework.name.said(language), style="bold"))
    for node in framework.children:
        _grow(root, node, language)
    return Lines(title, *rules, root)


def difference_table(
    found: FrameworkDifference, before: Framework, after: Framework, language: Language
) -> RenderableType:
    """Return what changed between two frameworks, indicator by indicator and rule by rule."""
    title = say("report", "diff-title", language, before=found.before, after=found.after)
    kinship = say("report", "diff-family" if found.same_family else "diff-families", language)
    parts: list[RenderableType] = [Styled(title, style="bold"), Styled(kinship, style="yellow")]
    if not found.indicators and not found.rules:
        return Lines(*parts, Styled(say("report", "diff-none", language)))
    table = Table(box=None, pad_edge=False)
    for column in ("relation", "before", "after", "what"):
        table.add_column(say("report", f"diff-{column}", language), overflow="fold")
    for item in found.indicators:
        changed = [f"{one.attribute}: {_shown(one.before, language)} → {_shown(one.after, language)}"
                   for one in item.changes]  # fmt: skip
        if item.note is not None:
            changed.append(item.note.said(language))
        table.add_row(
            say("report", f"relation-{item.relation}", language),
            _indicator(before, item.before, language),
            _indicator(after, item.after, language),
            "\n".join(changed),
        )
    parts.append(table)
    if found.rules:
        parts.append(Styled(say("report", "diff-rules", language), style="bold"))
        parts.extend(
            Styled(f"  {rule.path}: {_shown(rule.before, language)} → {_shown(rule.after, language)}")
            for rule in found.rules
        )
    return Lines(*parts)


def difference_json(found: FrameworkDifference) -> dict[str, Any]:
    """Return the difference for programs."""
    return {
        "before": found.before,
        "after": found.after,
        "same_family": found.same_family,
        "indicators": [
            {
                "before": item.before,
                "after": item.after,
                "relation": item.relation,
                "declared": item.declared,
                "changes": [
                    {"attribute": one.attribute, "before": _plain(one.before), "after": _plain(one.after)}
                    for one in item.changes
                ],
                "note": _plain(item.note),
            }
            for item in found.indicators
        ],
        "rules": [
            {"path": rule.path, "before": _plain(rule.before), "after": _plain(rule.after)}
            for rule in found.rules
        ],
    }


def _weights(framework: Framework, language: Language) -> str:
    note = framework.weighting.note
    method = framework.weighting.method
    return f"{method}. {note.said(language)}" if note else method


def _grow(branch: Tree, node: Group | Indicator, language: Language) -> None:
    label = Styled(f"{node.code} ", style="dim")
    if isinstance(node, Group):
        label.append(node.name.said(language), style="bold")
        grown = branch.add(label)
        for child in node.children:
            _grow(grown, child, language)
        return
    label.append(node.name.said(language), style="default")
    label.append(f"  {units.label(node.unit, language)}", style="cyan")
    if node.direction != "higher":
        label.append(f"  {say('report', f'direction-{node.direction}', language)}", style="yellow")
    if node.reference is not None:
        label.append(f"  ⊙ {figure(node.reference)}", style="magenta")
    branch.add(label)


def _indicator(framework: Framework, code: str | None, language: Language) -> str:
    if code is None:
        return "–"
    known = {indicator.code: indicator for indicator in framework.indicators()}
    return f"{code} {known[code].name.said(language)}" if code in known else code


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Text):
        return value.said(language)
    return "–" if value is None else str(value)


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
