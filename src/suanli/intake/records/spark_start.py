"""A start of Spark that comes to nothing leaves no Java behind."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen, TimeoutExpired
from traceback import walk_tb
from types import TracebackType
from typing import Any

_PARTING = 10.0


@contextmanager
def whole_start() -> Iterator[None]:
    """End the Java that PySpark started if what is done here fails or is interrupted, and keep the caller's interrupts.

    A Java whose caller goes while it starts would wait for it forever; and PySpark would take over Ctrl-C.
    """
    handler = signal.getsignal(signal.SIGINT)
    try:
        yield
    except BaseException as trouble:
        _abandon(trouble.__traceback__)
        raise
    finally:
        if signal.getsignal(signal.SIGINT) is not handler:
            signal.signal(signal.SIGINT, handler)


def _abandon(where: TracebackType | None) -> None:
    """Stop what was started on Java, end Java unless it is somebody else's, and have PySpark forget what is gone."""
    from pyspark import SparkContext

    gateway, context = SparkContext._gateway, SparkContext._active_spark_context
    java = getattr(gateway, "proc", None) if gateway else _launching(where)
    if java is not None:
        _end(java)
        if context is not None:
            # what Java held is gone with it, and there is nobody to be asked for it
            context._jsc = None
    if context is not None:
        context.stop()
    if java is not None:
        SparkContext._gateway = SparkContext._jvm = None


def _launching(where: TracebackType | None) -> "Popen[Any] | None":
    """Return the process that PySpark was waiting for: until it answers, only the function that waits has it."""
    for frame, _ in walk_tb(where):
        for value in frame.f_locals.values():
            if isinstance(value, Popen):
                return value
    return None


def _end(process: "Popen[Any]") -> None:
    process.terminate()
    try:
        process.wait(_PARTING)
    except TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()
