"""Interrupts that a library swallowed: they are honoured when the next stage begins."""

import signal
from dataclasses import dataclass
from types import FrameType

_USUAL = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}


@dataclass(slots=True)
class Listener:
    """A handler that interrupts, and remembers that it did.

    What is imported from compiled code may take an interrupt for a module that is not there.
    """

    heard: bool = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Raise `KeyboardInterrupt`."""
        self.heard = True
        signal.default_int_handler(number, frame)


def remember_interrupts() -> None:
    """Have this process remember that its user interrupted it, unless it is told to let interrupts pass.

    A request to end is an interrupt too: nothing unfinished stays behind.
    """
    listener = Listener()
    for number, usual in _USUAL.items():
        if signal.getsignal(number) is usual:
            signal.signal(number, listener)


def honour_interrupts() -> None:
    """Interrupt now if the user has done so already.

    Raises
    ------
    KeyboardInterrupt
        If an interrupt was heard and came to nothing.
    """
    listener = signal.getsignal(signal.SIGINT)
    if isinstance(listener, Listener) and listener.heard:
        raise KeyboardInterrupt
