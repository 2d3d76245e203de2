"""What a long run is doing, while it does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from suanli.language import Language, say


@contextmanager
def progress(language: Language) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the stage a long run is in, on a terminal only."""
    from suanli.report.screen import error_screen

    console = error_screen()
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status(say("cli", "stage-reading", language)) as status:
        yield lambda name: status.update(say("cli", f"stage-{name}", language))
