"""Interrupts that a library swallowed: they are honoured when the next stage begins."""

import signal
from dataclasses import dataclass
from types import FrameType


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
    """Have this process remember that its user interrupted it, unless it is told to let interrupts pass."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, Listener())


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
