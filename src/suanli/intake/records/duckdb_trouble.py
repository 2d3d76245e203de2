"""What DuckDB refuses, as problems of the study."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from polars.exceptions import PolarsError

from suanli.intake.folder import shown
from suanli.intake.records.overflow import without_room
from suanli.problems import Place, Problem, Severity, StudyError

_ANYWHERE = Place()
# DuckDB writes nothing but what does not fit into memory
_WITHOUT_ROOM = ("failed to offload", "No space left on device")


@contextmanager
def told(place: Place = _ANYWHERE) -> Iterator[None]:
    """Turn what DuckDB refuses into a problem of the study at a place.

    Raises
    ------
    StudyError
        If DuckDB could not do the work.
    KeyboardInterrupt
        If it was interrupted.
    """
    try:
        yield
    except duckdb.InterruptException as trouble:
        raise KeyboardInterrupt from trouble
    except RuntimeError as trouble:
        if "interrupted" in str(trouble):
            raise KeyboardInterrupt from trouble
        raise
    except (duckdb.Error, PolarsError) as trouble:
        raise StudyError([_problem(trouble, place)]) from trouble


def _problem(trouble: Exception, place: Place) -> Problem:
    reason = str(trouble).strip().partition("\n")[0].removesuffix(".")
    if any(words in reason for words in _WITHOUT_ROOM):
        return without_room()
    memory = isinstance(trouble, duckdb.OutOfMemoryException)
    code = "records-too-large" if memory else "records-unreadable"
    return Problem(code, Severity.ERROR, place, shown(reason, 200))
