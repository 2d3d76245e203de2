"""The mark on everything that shows simulated values."""

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.result import Result


def stamped(result: Result, language: Language, shown: RenderableType) -> RenderableType:
    """Return what is shown, under a conspicuous mark where the result holds simulated values."""
    if not result.about.simulated:
        return shown
    words = say("result", "simulated", language)
    return Group(Styled(f" {words} ", style="bold white on red"), shown)
