"""A Spark session for records: what it needs is looked at first, so that what is missing is told in plain words."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from suanli.intake.folder import shown
from suanli.intake.records.spark_start import whole_start
from suanli.language import system_reason
from suanli.problems import Problem, Severity, StudyError

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

LEAST_JAVA = 17
"""The oldest Java that PySpark 4 runs on."""
_LOCAL = re.compile(r"local(\[([1-9][0-9]*|\*)\])?")
_CLUSTER = re.compile(r"spark://(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})")
_LAST_PORT = 65_535
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_CONNECTING = 5.0
_WORKERS = 60.0
_DRIVER_AND_ONE = 2
_JAVA = (
    # nobody waits for an answer while memory is tidied up
    "-XX:+UseParallelGC",
    # a run is short: only what is called very often is worth a second, slow compilation
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4MinInvocationThreshold=6000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
)
_SETTINGS = {
    "spark.app.name": "suanli",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.caseSensitive": "true",
    "spark.sql.parquet.binaryAsString": "true",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # files are looked up here, and not in a job of their own
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "10000",
    # what is asked for meanwhile does not wait until all that was begun is done
    "spark.scheduler.mode": "FAIR",
    "spark.driver.extraJavaOptions": " ".join(_JAVA),
}


def spark_session(
    url: str, folder: Path, *, memory: str = "2g", adaptive: bool = True
) -> tuple["SparkSession", bool]:
    """Return a session on a Spark master, and whether it was started for this.

    A running Spark of this process is shared if it is of the same master; a process has only one.

    Parameters
    ----------
    url
        `local[N]`, `local[*]`, or `spark://host:port` of a standalone cluster.
    folder
        Where Spark may write what does not fit into memory.
    memory
        Memory of the driver, as Java writes it.
    adaptive
        Whether Spark plans anew after each step.

    Raises
    ------
    StudyError
        If the address is not one of these, PySpark or Java 17 is missing, or the cluster cannot be reached or has no
        workers.
    """
    _check_url(url)
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        raise StudyError([_problem("spark-missing")])
    running = _running()
    if running is not None:
        session = _shared(running, url)
        _plan(session, adaptive=adaptive)
        return session, False
    _check_java()
    _check_reachable(url)
    with quiet_warnings(), whole_start():
        session = _started(url, folder, memory)
        _plan(session, adaptive=adaptive)
        _await_workers(session, url)
    return session, True


@contextmanager
def quiet_warnings() -> Iterator[None]:
    """Keep PySpark's warnings about pandas, which is not used here, from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def java_version() -> int | None:
    """Return the major version of the machine's Java, or None if there is none that runs."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603 - the machine's own Java
            [java, "-version"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # in whatever encoding the machine has
    said = re.search(rb'version "(?:1\.)?([0-9]+)', asked.stderr + asked.stdout)
    return int(said[1]) if said else None


def _check_url(url: str) -> None:
    cluster = _CLUSTER.fullmatch(url)
    if not (_LOCAL.fullmatch(url) or (cluster and 0 < int(cluster["port"]) <= _LAST_PORT)):
        raise StudyError([_problem("spark-url-unusable", shown(_without_password(url)))])


def _without_password(url: str) -> str:
    """Return an address without the name and the password that stand before its host."""
    before, at, host = url.rpartition("@")
    scheme = before.partition("//")[0] + "//" if "//" in before else ""
    return f"{scheme}***@{host}" if at else url


def _check_java() -> None:
    version = java_version()
    if version is None:
        raise StudyError([_problem("java-missing", expected=str(LEAST_JAVA))])
    if version < LEAST_JAVA:
        raise StudyError([_problem("java-too-old", str(version), str(LEAST_JAVA))])


def _check_reachable(url: str) -> None:
    cluster = _CLUSTER.fullmatch(url)
    if cluster is None:
        return
    address = (cluster["host"].strip("[]"), int(cluster["port"]))
    try:
        with socket.create_connection(address, timeout=_CONNECTING):
            return
    except OSError as trouble:
        details = {"reason": system_reason(trouble)}
        raise StudyError([_problem("spark-unreachable", url, details=details)]) from None
    except UnicodeError:
        # no host has such a name: between two dots there is nothing, or more than 63 letters
        raise StudyError([_problem("spark-url-unusable", shown(url))]) from None


def _running() -> "SparkContext | None":
    with quiet_warnings():
        from pyspark import SparkContext
    return SparkContext._active_spark_context


def _shared(context: "SparkContext", url: str) -> "SparkSession":
    if context.master != url:
        raise StudyError(
            [_problem("spark-running-elsewhere", _without_password(str(context.master)), url)]
        )
    with quiet_warnings():
        from pyspark.sql import SparkSession

        session = SparkSession(context).newSession()
    for name, value in _SETTINGS.items():
        if name.startswith("spark.sql.") and name != "spark.sql.catalogImplementation":
            session.conf.set(name, value)
    return session


def _started(url: str, folder: Path, memory: str) -> "SparkSession":
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(url)
    for name, value in (_SETTINGS | _places(url, folder, memory)).items():
        builder = builder.config(name, value)
    with TemporaryFile() as said:
        try:
            with _addressed(url), _errors_into(said):
                session = builder.getOrCreate()
                session.sparkContext.setLogLevel("ERROR")
        except Exception as trouble:  # Py4J wraps whatever Java threw
            raise StudyError([_problem("spark-not-started", _reason(trouble, said))]) from trouble
    return session


def _plan(session: "SparkSession", *, adaptive: bool) -> None:
    session.conf.set("spark.sql.adaptive.enabled", str(adaptive).lower())


def _places(url: str, folder: Path, memory: str) -> dict[str, str]:
    places = {
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.memory": memory,
    }
    if _is_on_this_machine(url):
        places |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return places


def _is_on_this_machine(url: str) -> bool:
    cluster = _CLUSTER.fullmatch(url)
    return cluster is None or cluster["host"] in _LOOPBACK


def _await_workers(session: "SparkSession", url: str) -> None:
    """Wait until the cluster has given at least one worker, for a bounded time."""
    if not _CLUSTER.fullmatch(url):
        return
    end = time.monotonic() + _WORKERS
    while session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() < _DRIVER_AND_ONE:
        if time.monotonic() > end:
            raise StudyError([_problem("spark-without-workers", url, f"{_WORKERS:g}")])
        time.sleep(0.2)


@contextmanager
def _addressed(url: str) -> Iterator[None]:
    """Have Spark talk over loopback only while it starts, unless the user or a cluster elsewhere says otherwise."""
    if "SPARK_LOCAL_IP" in os.environ or not _is_on_this_machine(url):
        yield
        return
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    try:
        yield
    finally:
        os.environ.pop("SPARK_LOCAL_IP", None)


@contextmanager
def _errors_into(file: IO[bytes]) -> Iterator[None]:
    """Have the Java that is started here write its messages into a file; its exceptions are told as problems."""
    sys.stderr.flush()
    own = os.dup(2)
    os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)


def _reason(trouble: Exception, said: IO[bytes]) -> str:
    said.seek(0)
    lines = [line for line in said.read().decode("utf-8", "replace").splitlines() if "rror" in line]
    return shown(lines[-1] if lines else str(trouble).strip().partition("\n")[0], 200)


def _problem(
    code: str, found: str = "", expected: str = "", details: Mapping[str, object] | None = None
) -> Problem:
    return Problem(code, Severity.ERROR, found=found, expected=expected, details=details or {})
