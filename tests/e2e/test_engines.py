"""The same studies on DuckDB, on Spark in local mode, and on a Spark cluster: the same numbers, all of them."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import yaml

from suanli.indicators import Recorded, recorded
from suanli.intake import bundled_study, read_study
from suanli.intake.records import open_records, split_engine
from suanli.intake.records.spark_engine import SparkEngine
from tests.spark_cluster import cluster
from tests.spark_ready import needs_spark, spark

__all__ = ["spark"]

CLOSE = 1e-12
ROOT = Path(__file__).parents[2]
STUDIES = {"ccpe-3.0": 53, "cpdi-2.0": 16}
"""Bundled studies, and how many indicators each has."""
KEPT = {"ccpe-3.0": ("3.1.2.2", "3.3.2.8")}
"""Meters and probes, sums and quantiles. Everything on Spark takes its time."""
pytestmark = [needs_spark, pytest.mark.xdist_group("spark")]


def computed(folder: str | Path, **engine: str) -> Recorded:
    study = read_study(folder)
    assert study.records is not None
    with open_records(study.records, **engine) as records:
        return recorded(study.framework, records, origin="simulated")


def numbers(made: Recorded) -> Mapping[str, pl.DataFrame]:
    """Return everything that records gave, a table each: values, measures, pairs and overall figures."""
    grid = made.grid
    periods, regions, codes = np.meshgrid(grid.periods, grid.regions, grid.codes, indexing="ij")
    values = {
        "period": periods.ravel(),
        "region_code": regions.ravel(),
        "indicator": codes.ravel(),
        "value": grid.values.ravel(),
        "origin": grid.origins.ravel(),
        "source": np.array(grid.sources)[grid.source_ids].ravel(),
    }
    return {
        "values": pl.DataFrame(values),
        "measures": made.measures,
        "pairs": made.pairs,
        "overall": made.overall,
    }


def check_same(made: Mapping[str, pl.DataFrame], wanted: Mapping[str, pl.DataFrame]) -> None:
    """Check that tables have the same rows in the same order, and numbers that are as good as the same."""
    assert made.keys() == wanted.keys()
    for name, frame in made.items():
        other = wanted[name]
        assert frame.schema == other.schema, name
        figures = [column for column, kind in other.schema.items() if kind.is_float()]
        assert frame.drop(figures).equals(other.drop(figures)), name
        for column in figures:
            # what is missing is missing in both
            assert frame[column].is_null().equals(other[column].is_null()), (name, column)
            own, its = (each[column].to_numpy() for each in (frame, other))
            np.testing.assert_allclose(own, its, rtol=CLOSE, err_msg=f"{name}.{column}")


@pytest.fixture(scope="module")
def on_duckdb() -> Mapping[str, Recorded]:
    return {name: computed(bundled_study(name)) for name in STUDIES}


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("name", STUDIES)
def test_spark_in_local_mode_gives_every_number_of_duckdb(name, on_duckdb):
    made, wanted = computed(bundled_study(name), engine="spark"), on_duckdb[name]
    assert len(made.grid.codes) == STUDIES[name]
    assert made.problems == wanted.problems
    tables = numbers(wanted)
    assert np.isfinite(wanted.grid.values).mean() > 0.9
    assert [frame.is_empty() for frame in tables.values()] == [
        False,
        False,
        name != "ccpe-3.0",
        False,
    ]
    check_same(numbers(made), tables)


def kept_alone(folder: Path, name: str) -> Path:
    """Return a copy of a bundled study whose other indicators have no rules."""
    shutil.copytree(bundled_study(name), folder)
    declared = yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))
    codes = [one.code for one in read_study(folder).framework.indicators()]
    declared["changes"] = {f"nodes/{code}/rule": None for code in codes if code not in KEPT[name]}
    (folder / "study.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    return folder


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("name", list(KEPT))
def test_everything_on_spark_gives_the_numbers_too(name, on_duckdb, tmp_path, monkeypatch):
    folder = kept_alone(tmp_path / "study", name)
    monkeypatch.setattr(split_engine, "NEAR_BYTES", 0)
    study = read_study(folder)
    with open_records(study.records, engine="spark") as records:
        assert type(records.engine) is SparkEngine
        made = recorded(study.framework, records, origin="simulated")
    assert made.grid.codes == KEPT[name]
    wanted = numbers(on_duckdb[name])
    own = pl.col("indicator").is_in(KEPT[name])
    alike = {table: wanted[table].filter(own) for table in ("values", "measures", "overall")}
    check_same(numbers(made), {**wanted, **alike})


ON_CLUSTER = """
import sys
from pathlib import Path
from tests.e2e.test_engines import computed, numbers

for name, frame in numbers(computed(sys.argv[1], engine="spark", engine_url=sys.argv[2])).items():
    frame.write_parquet(Path(sys.argv[3]) / f"{name}.parquet")
"""


def test_a_cluster_of_a_master_and_two_workers_gives_them_too(on_duckdb, tmp_path):
    with cluster(workers=2) as address:
        # a process has one Spark, and this one may have that of local mode
        done = subprocess.run(
            [sys.executable, "-c", ON_CLUSTER, bundled_study("ccpe-3.0"), address, tmp_path],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            cwd=ROOT,
        )
    assert done.returncode == 0, done.stderr
    saved = {path.stem: pl.read_parquet(path) for path in sorted(tmp_path.glob("*.parquet"))}
    wanted = numbers(on_duckdb["ccpe-3.0"])
    check_same({name: saved[name] for name in wanted}, wanted)
