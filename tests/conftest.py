"""What tests of several rooms share: the bundled study scored once, and a small made result."""

from pathlib import Path

import pytest

from suanli.intake import bundled_study
from suanli.pipeline import run
from suanli.result import Result


@pytest.fixture(scope="session")
def open_result() -> Result:
    """The bundled study of public data, scored under annual goalposts."""
    return run(bundled_study("open-1.0"))


@pytest.fixture(scope="session")
def open_fixed() -> Result:
    """The same study under fixed goalposts."""
    return run(bundled_study("open-1.0"), with_changes={"normalisation/goalposts": "fixed"})


@pytest.fixture(scope="session")
def open_saved(open_result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open") / "annual"
    open_result.save(folder)
    return folder


@pytest.fixture(scope="session")
def fixed_saved(open_fixed: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open") / "fixed"
    open_fixed.save(folder)
    return folder
