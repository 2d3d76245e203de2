"""The same study on DuckDB, on Spark in local mode, and on a Spark cluster: the same numbers."""

import shutil
import subprocess
import sys

import numpy as np
import polars as pl
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


def test_a_cluster_of_a_master_and_two_workers_gives_them_too(folder, on_duckdb, tmp_path):
    told = ["indicators", str(folder), "--out", str(tmp_path / "values"), "--engine", "spark"]
    with cluster(workers=2) as address:
        done = subprocess.run(
            [sys.executable, "-m", "suanli", *told, "--engine-url", address],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    texts = {"region_code": pl.String, "period": pl.String, "indicator": pl.String}
    table = pl.read_csv(tmp_path / "values" / "indicators.csv", schema_overrides=texts)
    found = {
        (row["period"], row["region_code"], row["indicator"]): row["value"]
        for row in table.drop_nulls("value").iter_rows(named=True)
    }
    grid = on_duckdb.grid
    wanted = {
        (grid.periods[p], grid.regions[r], grid.codes[c]): float(value)
        for (p, r, c), value in np.ndenumerate(grid.values)
        if not np.isnan(value)
    }
    assert found.keys() == wanted.keys()
    ours = [found[place] for place in wanted]
    np.testing.assert_allclose(ours, list(wanted.values()), rtol=CLOSE)
