"""The same study on DuckDB, on Spark in local mode, and on a Spark cluster: the same numbers."""

import shutil
import subprocess
import sys

import numpy as np
import pytest
import yaml

from suanli.indicators import recorded
from suanli.intake import bundled_study, read_study
from suanli.intake.records import open_records
from tests.spark_cluster import cluster
from tests.spark_ready import needs_spark

CLOSE = 1e-12
KEPT = ("2.1.1.2", "2.2.3.1", "2.4.1.2")
"""Of the bundled study: a window of years, a sum of parts, a ratio. Every job of Spark takes its time."""
pytestmark = [needs_spark, pytest.mark.xdist_group("spark")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("engines") / "study"
    shutil.copytree(bundled_study("cpdi-2.0"), folder)
    declared = yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))
    codes = [one.code for one in read_study(folder).framework.indicators()]
    declared["changes"] = {f"nodes/{code}/rule": None for code in codes if code not in KEPT}
    (folder / "study.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    return folder


@pytest.fixture(scope="module")
def on_duckdb(folder):
    return computed(folder, engine="duckdb")


def computed(folder, **engine):
    study = read_study(folder)
    with open_records(study.records, **engine) as records:
        return recorded(study.framework, records, origin="simulated")


def test_spark_in_local_mode_gives_the_numbers_of_duckdb(folder, on_duckdb):
    other = computed(folder, engine="spark", engine_url="local[2]")
    assert other.grid.codes == on_duckdb.grid.codes == KEPT
    np.testing.assert_allclose(other.grid.values, on_duckdb.grid.values, rtol=CLOSE)
    assert other.measures.drop("value").equals(on_duckdb.measures.drop("value"))
    values = (one.measures["value"].to_numpy() for one in (other, on_duckdb))
    np.testing.assert_allclose(*values, rtol=CLOSE)


ON_CLUSTER = """
import sys
import numpy as np
from suanli.indicators import recorded
from suanli.intake import read_study
from suanli.intake.records import open_records

study = read_study(sys.argv[1])
with open_records(study.records, engine="spark", engine_url=sys.argv[2]) as records:
    np.save(sys.argv[3], recorded(study.framework, records, origin="simulated").grid.values)
"""


def test_a_cluster_of_a_master_and_two_workers_gives_them_too(folder, on_duckdb, tmp_path):
    saved = tmp_path / "values.npy"
    with cluster(workers=2) as address:
        # a process has one Spark, and this one may have that of local mode
        done = subprocess.run(
            [sys.executable, "-c", ON_CLUSTER, str(folder), address, str(saved)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(np.load(saved), on_duckdb.grid.values, rtol=CLOSE)
