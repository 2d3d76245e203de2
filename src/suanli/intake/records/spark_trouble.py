"""What Spark refuses, as problems of the study."""

from collections.abc import Iterator
from contextlib import contextmanager

from suanli.intake.folder import shown
from suanli.problems import Problem, Severity, StudyError

_ABSENT = ("FileNotFoundException", "PATH_NOT_FOUND", "FILE_NOT_EXIST", "does not exist")


@contextmanager
def told() -> Iterator[None]:
    """Turn what Spark refuses into a problem of the study.

    Raises
    ------
    StudyError
        If Spark could not do the work.
    """
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as trouble:
        said = str(trouble)
        absent = any(word in said for word in _ABSENT)
        code = "spark-path-missing" if absent else "records-unreadable"
        raise StudyError([Problem(code, Severity.ERROR, found=_first_words(said))]) from trouble


def _first_words(said: str) -> str:
    """Return the sentence of an exception that says what is wrong, without the calls that led there."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by:")]
    named = [line for line in lines if line.startswith("[") or ": [" in line]
    return shown((causes[-1:] or named[:1] or lines[:1] or ["–"])[0], 200)
