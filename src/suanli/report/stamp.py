"""The mark on everything that shows simulated values."""

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.language import pair


def stamped(shown: RenderableType, *, simulated: bool) -> RenderableType:
    """Return what is shown, under a conspicuous mark in both languages where any value is simulated."""
    if not simulated:
        return shown
    words = pair("result", "simulated")
    return Group(Styled(f" {words.zh} / {words.en} ", style="bold white on red"), shown)
