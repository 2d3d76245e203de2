"""Sentences on a terminal: wrapped as their language asks, also inside the cells of a table."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text as Styled

from suanli.report.wrapping import longest_piece, spans, width

_NARROWEST = 8


class Prose:
    """A text that wraps at the width it is given, between Chinese characters too.

    `indent` is the columns before every line, `hang` those before every line but the first.
    """

    def __init__(
        self, text: Styled | str, *, style: str = "", indent: int = 0, hang: int = 0
    ) -> None:
        self.text = Styled(text) if isinstance(text, str) else text.copy()
        if style:
            self.text.stylize_before(style)
        self.indent = indent
        self.hang = hang

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        room = max(options.max_width - self.indent, _NARROWEST)
        later = max(room - self.hang, _NARROWEST)
        for number, (start, end) in enumerate(spans(self.text.plain, room, later=later)):
            before = self.indent + (self.hang if number else 0)
            line = Styled(" " * before, no_wrap=True, overflow="ignore")
            line.append_text(self.text[start:end])
            yield line

    def __rich_measure__(self, _: Console, options: ConsoleOptions) -> Measurement:
        """Return the narrowest and the widest that the text needs."""
        lines = self.text.plain.split("\n")
        extra = self.indent + self.hang
        widest = max(map(width, lines)) + self.indent
        narrowest = min(longest_piece(self.text.plain) + extra, widest)
        return Measurement(narrowest, widest).with_maximum(options.max_width)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is built only when the width is known; `build` is given the columns there are."""

    build: Callable[[int], RenderableType]

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        """Yield what is built for the width."""
        yield self.build(options.max_width)
