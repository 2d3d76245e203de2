import pytest

from suanli.result import Result
from tests.unit.result import samples


@pytest.fixture(scope="session")
def result() -> Result:
    return samples.result()


@pytest.fixture(scope="session")
def saved(result, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "small"
    result.save(folder)
    return folder
