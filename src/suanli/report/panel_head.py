"""What a panel was asked and how its answers became weights, for the terminal."""

from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.language import Language, Text, say
from suanli.report.prose import Prose
from suanli.result.panels import PanelResult, panel_lines


def panel_head(result: PanelResult, language: Language) -> list[RenderableType]:
    """Return a line each: framework, experts and rounds, way of asking, method, aggregation, rules, agreement."""
    framework = result.framework
    named = f"{framework.title.said(language)} [{framework.id}]"
    lines = [("framework", Text(named, named)), *panel_lines(result)]
    return [
        Prose(
            Styled.assemble(
                (say("panel_report", f"label-{key}", language), "bold"), words.said(language)
            ),
            hang=2,
        )
        for key, words in lines
    ]
