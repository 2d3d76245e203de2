"""What a panel asks of each expert, for the terminal: judgements and minutes by way of asking."""

from collections.abc import Mapping
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.framework import Framework
from suanli.language import Language, say
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled


class Asked(Protocol):
    """How many answers a questionnaire asks for, and how long they take."""

    @property
    def judgements(self) -> int:
        """Answers each expert gives."""

    @property
    def minutes(self) -> float:
        """Minutes that they take."""


def burdens(
    framework: Framework,
    asked: Mapping[str, Asked],
    language: Language,
    *,
    chosen: str | None = None,
) -> RenderableType:
    """Return a row for each way of asking, the chosen one marked, under the framework's title."""
    table = plain_table(
        (
            say("report", f"burden-{name}", language),
            "right" if name in ("judgements", "minutes") else "left",
        )
        for name in ("mode", "judgements", "minutes", "remark")
    )
    for mode, burden in asked.items():
        style = "bold" if mode == chosen else ""
        name = say("result", f"panel_elicitation_{mode}", language)
        table.add_row(
            Styled(f"{'▶' if mode == chosen else ' '} {name} [{mode}]", style=style),
            Styled(str(burden.judgements), style=style),
            Styled(f"{burden.minutes:.0f}", style=style),
            Prose(say("report", f"burden-about-{mode}", language)),
        )
    title = say("report", "burden-title", language, title=framework.title.said(language))
    return titled(title, table)
