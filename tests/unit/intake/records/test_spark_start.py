"""What is left of a start of Spark that failed."""

import signal
import subprocess
import sys

import pytest

from suanli.intake.records.spark_start import whole_start

core = pytest.importorskip("pyspark")
LONG = [sys.executable, "-c", "import time; time.sleep(600)"]


class Gateway:
    """What PySpark keeps of the Java that it started."""

    def __init__(self, proc):
        self.proc = proc


class Context:
    """What PySpark keeps of an application."""

    stopped = False

    def __init__(self, jsc=None):
        self._jsc = jsc

    def stop(self):
        if self._jsc is not None:
            raise ConnectionRefusedError
        self.stopped = True


@pytest.fixture
def no_gateway(monkeypatch):
    for name in ("_gateway", "_jvm", "_active_spark_context"):
        monkeypatch.setattr(core.SparkContext, name, None)


@pytest.fixture
def java():
    with subprocess.Popen(LONG, stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def launched(proc):
    """Wait for a process that only this function knows, as PySpark does."""
    raise KeyboardInterrupt


def failed(gateway, context):
    core.SparkContext._gateway = gateway
    core.SparkContext._active_spark_context = context
    raise ValueError("trouble")


def test_a_process_that_is_waited_for_ends(java, no_gateway):
    with pytest.raises(KeyboardInterrupt, match=r"^$"), whole_start():
        launched(java)
    assert java.poll() is not None


def test_a_process_that_has_answered_ends_and_is_forgotten(java, no_gateway):
    context = Context("what would ask a Java that has ended")
    with pytest.raises(ValueError, match="trouble"), whole_start():
        failed(Gateway(java), context)
    assert java.poll() is not None
    assert core.SparkContext._gateway is None
    assert context.stopped


def test_a_process_of_somebody_else_goes_on_without_the_application(no_gateway):
    gateway, context = Gateway(None), Context()
    with pytest.raises(ValueError, match="trouble"), whole_start():
        failed(gateway, context)
    assert core.SparkContext._gateway is gateway
    assert context.stopped


def test_a_start_leaves_the_process_and_the_handler_of_interrupts(java, no_gateway):
    before = signal.getsignal(signal.SIGINT)
    with whole_start():
        core.SparkContext._gateway = gateway = Gateway(java)
        signal.signal(signal.SIGINT, lambda number, frame: None)
    assert signal.getsignal(signal.SIGINT) is before
    assert core.SparkContext._gateway is gateway
    assert java.poll() is None
