"""The list of frameworks, for the terminal."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.framework import Framework
from suanli.language import Language, say
from suanli.report.prose import Prose
from suanli.report.tables import plain_table


def framework_list(frameworks: Sequence[Framework], language: Language) -> RenderableType:
    """Return a row a framework: id, title, family, nodes by level, regions."""
    table = plain_table(
        (say("report", f"frameworks-{column}", language), "left")
        for column in ("id", "title", "family", "counts", "level")
    )
    for framework in frameworks:
        table.add_row(
            Styled(framework.id, style="bold", no_wrap=True),
            Prose(framework.title.said(language)),
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
