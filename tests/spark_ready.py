"""Tests that need Spark: left out, with the reason, where there is no Java; SUANLI_REQUIRE_SPARK=1 makes them fail."""

import os
from importlib.util import find_spec

import pytest

from suanli.intake.records.spark_session import LEAST_JAVA, java_version


def _lacking() -> str:
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        return "PySpark or PyArrow is not installed"
    version = java_version()
    if version is None:
        return "there is no Java"
    return f"Java is version {version}" if version < LEAST_JAVA else ""


LACKING = _lacking()
REQUIRED = os.environ.get("SUANLI_REQUIRE_SPARK") == "1"
needs_spark = pytest.mark.skipif(bool(LACKING) and not REQUIRED, reason=f"no Spark: {LACKING}")


@pytest.fixture(scope="session")
def spark():
    """An engine on the one Spark of the process; engines that a test starts share it."""
    from suanli.intake.records.spark_engine import SparkEngine

    engine = SparkEngine("local[2]")
    yield engine
    engine.close()
