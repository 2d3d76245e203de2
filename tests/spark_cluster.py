"""A standalone Spark cluster on loopback: a master and workers as processes of their own.

`python -m tests.spark_cluster` (or `make cluster`) starts one, prints its address and stops it on Ctrl-C or SIGTERM.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_LOOPBACK = "127.0.0.1"
_PATIENCE = 90.0
_MEMORY = "1g"


class ClusterError(RuntimeError):
    """The cluster did not come up; the message ends with what its processes said."""


@contextmanager
def cluster(workers: int = 2, cores: int = 1, memory: str = _MEMORY) -> Iterator[str]:
    """Run a master and workers on loopback, and yield the master's address, `spark://127.0.0.1:<port>`."""
    with tempfile.TemporaryDirectory(prefix="spark-cluster-") as folder:
        home = Path(folder)
        running: list[subprocess.Popen[bytes]] = []
        try:
            running.append(_started(home, "master", _MASTER, ["--port", "0", "--webui-port", "0"]))
            address = _said(home / "master.log", r"Starting Spark master at (spark://\S+)")
            for number in range(workers):
                name = f"worker-{number}"
                options = ["--cores", str(cores), "--memory", memory, "--webui-port", "0"]
                options += ["--work-dir", str(home / name), address]
                running.append(_started(home, name, _WORKER, options))
            for number in range(workers):
                _said(home / f"worker-{number}.log", r"Successfully registered with master")
            yield address
        finally:
            for process in reversed(running):
                _stop(process)


def _started(home: Path, name: str, main: str, options: list[str]) -> subprocess.Popen[bytes]:
    import pyspark

    spark = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(spark),
        "SPARK_LOCAL_IP": _LOOPBACK,
        "SPARK_DAEMON_MEMORY": "512m",
        "PYSPARK_PYTHON": sys.executable,
    }
    with (home / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(spark / "bin" / "spark-class"), main, "--host", _LOOPBACK, *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            # a group of its own: the shell script and the Java it becomes end together
            start_new_session=True,
        )


def _said(log: Path, pattern: str) -> str:
    """Return what a process wrote, waiting for it."""
    end = time.monotonic() + _PATIENCE
    text = ""
    while time.monotonic() < end:
        text = log.read_text(encoding="utf-8", errors="replace")
        found = re.search(pattern, text)
        if found:
            return found.group(found.lastindex or 0)
        time.sleep(0.2)
    message = f"{log.stem} did not come up in {_PATIENCE:.0f} s:\n{text[-2000:]}"
    raise ClusterError(message)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                continue


if __name__ == "__main__":
    # a request to end is met as Ctrl-C is: the processes of the cluster end first
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with cluster() as started:
        print(f"{started}  (2 workers; Ctrl-C stops them)", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print()
