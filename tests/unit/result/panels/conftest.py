import pytest

from suanli.result.panels import PanelResult, save_panel_result
from tests.unit.result.panels import samples


@pytest.fixture(scope="session")
def panel_of_eight() -> PanelResult:
    """Eight experts with hostile names, two rounds, one accepted change."""
    return samples.result()


@pytest.fixture(scope="session")
def saved_panel(panel_of_eight, tmp_path_factory):
    folder = tmp_path_factory.mktemp("panels") / "weights"
    save_panel_result(panel_of_eight, folder)
    return folder
