"""Studies of records written down once more with something changed, computed, and compared to the last bit."""

import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml
from numpy.typing import NDArray

from suanli.indicators import Recorded, recorded
from suanli.indicators.rules import RULES
from suanli.intake import bundled_study, read_study
from suanli.intake.records import open_records

CLOSE = 1e-12
GAPS = 11
"""One in so many centres of `with_gaps` leaves something unsaid."""

Tables = Mapping[str, pl.DataFrame]
Layout = Callable[[Path, pl.DataFrame], None]
"""What writes a table, given the path of the table without an ending."""


def bundled_tables(study: str) -> Tables:
    """Return the tables of a bundled study, by name."""
    found = {}
    for path in sorted((bundled_study(study) / "records").iterdir()):
        parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        found[path.stem] = pl.concat([pl.read_parquet(part) for part in parts])
    return found


def with_gaps(tables: Tables) -> Tables:
    """Return tables in which some centres do not state their racks, revenue or flags, and some have no meters."""
    place = pl.col("facility_id").str.slice(2).cast(pl.Int64)

    def unless(rest: int, *columns: str) -> list[pl.Expr]:
        silent = place % GAPS == rest
        return [pl.when(silent).then(None).otherwise(pl.col(name)).alias(name) for name in columns]

    register = tables["facilities"].with_columns(
        *unless(3, "racks_built", "racks_used"),
        *unless(5, "revenue", "industries_served"),
        *unless(7, "fast_network", "smart_network"),
    )
    metered = tables["meters"].filter(place % GAPS != 1)
    linked = tables["egress_links"].filter(place % GAPS != 2)
    return {**tables, "facilities": register, "meters": metered, "egress_links": linked}


@cache
def base(study: str) -> tuple[Tables, Recorded]:
    """Return the tables of a bundled study, that of ccpe-3.0 with gaps, and what they give."""
    tables = bundled_tables(study)
    if study == "ccpe-3.0":
        tables = with_gaps(tables)
    with tempfile.TemporaryDirectory() as folder:
        return tables, computed(written(Path(folder) / "base", study, tables))


def one_parquet(path: Path, frame: pl.DataFrame) -> None:
    """Write a table as one Parquet file."""
    frame.write_parquet(path.with_suffix(".parquet"))


def written(
    folder: Path,
    study: str,
    tables: Tables,
    layout: Layout = one_parquet,
    **declared: Any,
) -> Path:
    """Write a study as the bundled one declares it, and return its folder.

    What is `declared` is put into its `records`, but `regions` beside them.
    """
    whole = yaml.safe_load((bundled_study(study) / "study.yaml").read_text(encoding="utf-8"))
    whole["regions"] = declared.pop("regions", whole["regions"])
    whole["records"] |= declared
    (folder / "records").mkdir(parents=True)
    text = yaml.safe_dump(whole, allow_unicode=True)
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    for name, frame in tables.items():
        layout(folder / "records" / name, frame)
    return folder


def computed(folder: Path, *names: str) -> Recorded:
    """Return what the records of a study give, by the rules named or by all."""
    study = read_study(folder)
    rules = {name: RULES[name] for name in names} or RULES
    with open_records(study) as records:
        return recorded(study.framework, records, origin="simulated", rules=rules)


def rule_names(made: Recorded, study: str) -> Mapping[str, str]:
    """Return the name of the rule behind each indicator that was computed."""
    indicators = read_study(bundled_study(study)).framework.indicators()
    named = {one.code: one.rule for one in indicators}
    return {code: str(named[code]) for code in made.grid.codes}


def column(made: Recorded, code: str) -> NDArray[np.float64]:
    """Return the values of an indicator, periods × regions."""
    values: NDArray[np.float64] = made.grid.values[:, :, made.grid.codes.index(code)]
    return values


def check_same(made: Recorded, before: Recorded) -> None:
    """Check that everything is the same to the last bit."""
    assert made.grid.codes == before.grid.codes
    assert made.grid.regions == before.grid.regions
    assert made.grid.sources == before.grid.sources
    np.testing.assert_array_equal(made.grid.origins, before.grid.origins)
    np.testing.assert_array_equal(made.grid.source_ids, before.grid.source_ids)
    for code in before.grid.codes:
        assert column(made, code).tobytes() == column(before, code).tobytes(), code
    for name in ("measures", "overall", "pairs"):
        assert getattr(made, name).equals(getattr(before, name)), name
    assert made.problems == before.problems
