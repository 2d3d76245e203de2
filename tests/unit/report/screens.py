"""What a renderable looks like on a terminal of a given width."""

from io import StringIO

from rich.console import Console, RenderableType

from suanli.report.wrapping import width


def shown(renderable: RenderableType, columns: int = 100) -> str:
    """Return the text as it stands on the screen, without styles and without spaces at the ends of lines."""
    stream = StringIO()
    console = Console(file=stream, width=columns, highlight=False, markup=False, emoji=False)
    console.print(renderable)
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]
    assert max(map(width, lines), default=0) <= columns
    return "\n".join(lines)


def styled(renderable: RenderableType, columns: int = 100) -> str:
    """Return the text with the terminal's codes for colours and weights."""
    stream = StringIO()
    Console(file=stream, width=columns, force_terminal=True, color_system="standard").print(
        renderable
    )
    return stream.getvalue()
