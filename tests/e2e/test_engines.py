"""The same study on DuckDB, on Spark in local mode, and on a Spark cluster: the same numbers."""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from suanli.indicators import recorded
from suanli.intake import bundled_study, read_study
from suanli.intake.records import open_records
from tests.spark_cluster import cluster
from tests.spark_ready import needs_spark

CLOSE = 1e-12
pytestmark = [needs_spark, pytest.mark.xdist_group("spark")]


@pytest.fixture(scope="module")
def study():
    return read_study(bundled_study("ccpe-3.0"))


@pytest.fixture(scope="module")
def on_duckdb(study):
    return computed(study, engine="duckdb")


def computed(study, **engine):
    with open_records(study.records, **engine) as records:
        return recorded(study.framework, records, origin="simulated")


def assert_same(one, other):
    assert one.grid.codes == other.grid.codes
    np.testing.assert_allclose(one.grid.values, other.grid.values, rtol=CLOSE)
    for mine, theirs in ((one.measures, other.measures), (one.pairs, other.pairs)):
        assert mine.columns == theirs.columns
        numbers = [name for name, kind in mine.schema.items() if kind == pl.Float64]
        assert mine.drop(numbers).equals(theirs.drop(numbers))
        for name in numbers:
            np.testing.assert_allclose(mine[name].to_numpy(), theirs[name].to_numpy(), rtol=CLOSE)


def test_spark_in_local_mode_gives_the_numbers_of_duckdb(study, on_duckdb):
    assert_same(computed(study, engine="spark", engine_url="local[2]"), on_duckdb)


def test_a_cluster_of_a_master_and_two_workers_gives_them_too(on_duckdb, tmp_path):
    told = ["indicators", str(bundled_study("ccpe-3.0")), "--out", str(tmp_path / "values")]
    with cluster(workers=2) as address:
        done = subprocess.run(
            [sys.executable, "-m", "suanli", *told, "--engine", "spark", "--engine-url", address],
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    codes = {"region_code": pl.String, "period": pl.String, "indicator": pl.String}
    table = pl.read_csv(tmp_path / "values" / "indicators.csv", schema_overrides=codes)
    grid = on_duckdb.grid
    axes = (grid.periods, grid.regions, grid.codes)
    wanted = {
        (period, region, code): grid.values[p, r, c]
        for p, period in enumerate(axes[0])
        for r, region in enumerate(axes[1])
        for c, code in enumerate(axes[2])
        if not np.isnan(grid.values[p, r, c])
    }
    found = {
        (row["period"], row["region_code"], row["indicator"]): row["value"]
        for row in table.drop_nulls("value").iter_rows(named=True)
    }
    assert found.keys() == wanted.keys()
    np.testing.assert_allclose([found[key] for key in wanted], list(wanted.values()), rtol=CLOSE)
