"""What tests of several rooms share: the bundled study scored once, and a small made result."""

from pathlib import Path

import pytest

from suanli.intake import bundled_study
from suanli.pipeline import indicators, run
from suanli.result import IndicatorValues, Result
from tests.made_record_study import write_study


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


@pytest.fixture(scope="session")
def record_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small study with records."""
    return write_study(tmp_path_factory.mktemp("records") / "study")


@pytest.fixture(scope="session")
def record_result(record_study: Path) -> Result:
    """The result of the small study with records."""
    return run(record_study)


@pytest.fixture(scope="session")
def record_values(record_study: Path) -> IndicatorValues:
    """The indicator values of the small study with records."""
    return indicators(record_study)
