"""The one Spark of a process, for the tests of this room."""

from tests.spark_ready import spark

__all__ = ["spark"]
