"""Queries of DuckDB in a thread of their own: an interrupt of the user ends them."""

from concurrent.futures import Future, wait
from typing import TypeVar

import duckdb

T = TypeVar("T")
_LISTENING = 0.1
"""Seconds between two looks at whether the user interrupts."""


def awaited(work: Future[T], connection: duckdb.DuckDBPyConnection) -> T:
    """Return what a thread computes on a connection; an interrupt of the user ends it."""
    try:
        while not wait([work], timeout=_LISTENING).done:
            pass
    except BaseException:
        end(work, connection)
        raise
    return work.result()


def end(work: Future[T], connection: duckdb.DuckDBPyConnection) -> None:
    """End what a thread computes on a connection, if it still does."""
    while not work.done():
        # a query that is not yet under way does not hear it
        connection.interrupt()
        wait([work], timeout=_LISTENING)
