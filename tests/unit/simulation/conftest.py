from collections.abc import Callable, Mapping
from functools import cache

import polars as pl
import pytest

from suanli.simulation.sizes import SIZES
from suanli.simulation.tables import record_tables
from tests.unit.simulation.fake_targets import fake_targets

Tables = Mapping[str, pl.DataFrame]


@cache
def made(framework_id: str, size: str = "small", year: int = 2023, seed: int = 1) -> Tables:
    """Return whole tables for the fake targets of a framework."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for name, part, frame in record_tables(
        fake_targets(framework_id, year), SIZES[size], seed=seed
    ):
        assert part == len(parts.setdefault(name, []))
        parts[name].append(frame)
    return {name: pl.concat(frames) for name, frames in parts.items()}


@pytest.fixture(scope="session")
def tables() -> Callable[..., Tables]:
    return made
