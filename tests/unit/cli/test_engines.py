"""What the options of engines do."""

import subprocess
import sys

import pytest

SAYING = """
import logging, sys
from suanli.cli.engines import engine_choice
chosen = engine_choice({"engine": sys.argv[1], "engine_url": None}, "en")
assert chosen == {"engine": sys.argv[1], "engine_url": None}
logging.error("KeyboardInterrupt while sending command.")
"""


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_what_libraries_of_spark_log_is_not_shown(engine):
    ran = subprocess.run(
        [sys.executable, "-c", SAYING, engine], capture_output=True, text=True, check=True
    )
    assert ("KeyboardInterrupt" in ran.stderr) is (engine == "duckdb")
