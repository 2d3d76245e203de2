import dataclasses

import pytest

from suanli.regions import provinces
from suanli.regions.region import depth


def test_depth():
    assert [
        depth(level) for level in ("province", "prefecture", "everything", "custom", "park")
    ] == [
        0,
        1,
        1,
        2,
        2,
    ]


def test_a_region_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError, match="code"):
        provinces().members[0].code = "1"
