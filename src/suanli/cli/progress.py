"""What a long run is doing, while it does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from suanli.cli.interrupts import honour_interrupts
from suanli.language import Language, say


@contextmanager
def progress(language: Language) -> Iterator[Callable[[str], None]]:
    """Yield a function that begins a stage of a long run: shown on a terminal only, and not begun once interrupted."""
    from suanli.report.screen import error_screen

    console = error_screen()
    if not console.is_terminal:
        yield lambda _: honour_interrupts()
        return
    with console.status(say("cli", "stage-reading", language)) as status:

        def begin(name: str) -> None:
            honour_interrupts()
            status.update(say("cli", f"stage-{name}", language))

        yield begin
