"""Interrupts that come at a bad moment: they are remembered, and honoured when the next stage begins."""

import signal
from types import FrameType

_USUAL = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}


class Listener:
    """A handler that remembers an interrupt, and interrupts unless it is told to wait.

    What is imported from compiled code may take an interrupt for a module that is not there.
    """

    def __init__(self) -> None:
        self.heard = False
        self.waits = True

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Raise `KeyboardInterrupt`, or only remember it while the program itself is being loaded."""
        self.heard = True
        if not self.waits:
            signal.default_int_handler(number, frame)


def remember_interrupts() -> None:
    """Have this process remember that its user interrupted it, unless it is told to let interrupts pass.

    A request to end is an interrupt too: nothing unfinished stays behind. Nothing is raised before `heed_interrupts`.
    """
    listener = Listener()
    for number, usual in _USUAL.items():
        if signal.getsignal(number) is usual:
            signal.signal(number, listener)


def heed_interrupts() -> None:
    """Have interrupts raise `KeyboardInterrupt` from now on, and at once if there was one already.

    Raises
    ------
    KeyboardInterrupt
        If an interrupt was heard while the program was loaded.
    """
    for listener in _listeners():
        listener.waits = False
    honour_interrupts()


def honour_interrupts() -> None:
    """Interrupt now if the user has done so already.

    Raises
    ------
    KeyboardInterrupt
        If an interrupt was heard and came to nothing.
    """
    if any(listener.heard for listener in _listeners()):
        raise KeyboardInterrupt


def _listeners() -> list[Listener]:
    handlers = map(signal.getsignal, _USUAL)
    return [handler for handler in handlers if isinstance(handler, Listener)]
