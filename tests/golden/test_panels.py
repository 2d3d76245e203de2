"""The demonstration panels are what their seeds give, and say that they are simulated."""

import pytest

import suanli
from suanli.intake.panels import bundled_panels, read_panel
from tests.golden.panels import EXPERTS, FOLDER, SEEDS, files


def test_every_demonstration_panel_is_made_here():
    assert sorted(bundled_panels()) == sorted(SEEDS)


@pytest.mark.parametrize("framework_id", SEEDS)
def test_the_files_are_what_the_seed_gives(framework_id):
    found = {path.name: path.read_bytes() for path in (FOLDER / framework_id).iterdir()}
    assert found == files(framework_id)


@pytest.mark.parametrize("framework_id", SEEDS)
def test_the_panel_is_whole_and_simulated(framework_id):
    panel = read_panel(FOLDER / framework_id)
    assert panel.simulated
    assert len(panel.experts) == EXPERTS
    assert panel.framework == suanli.bundled(framework_id)
    assert panel.problems == ()
