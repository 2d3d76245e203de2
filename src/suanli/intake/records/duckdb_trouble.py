"""What DuckDB refuses, as problems of the study."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from polars.exceptions import PolarsError

from suanli.intake.folder import shown
from suanli.problems import Place, Problem, Severity, StudyError

_ANYWHERE = Place()


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
    except duckdb.OutOfMemoryException as trouble:
        raise StudyError([_problem("records-too-large", trouble, place)]) from trouble
    except (duckdb.Error, PolarsError) as trouble:
        raise StudyError([_problem("records-unreadable", trouble, place)]) from trouble


def _problem(code: str, trouble: Exception, place: Place) -> Problem:
    reason = str(trouble).strip().partition("\n")[0]
    return Problem(code, Severity.ERROR, place, shown(reason, 200))
