import pytest

from suanli.result import Result
from tests.unit.result import samples


@pytest.fixture(scope="session")
def small() -> Result:
    """Eight provinces, three periods, five indicators in two groups."""
    return samples.result()


@pytest.fixture(scope="session")
def made_up() -> Result:
    """The same, declared to be simulated."""
    return samples.result(simulated=True)
