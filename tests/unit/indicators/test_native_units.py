"""Units of the sums behind every ratio."""

import pytest

from suanli.framework.units import is_known
from suanli.indicators.native_units import native_units
from suanli.indicators.rules import RULES

EVERY = {
    rule.name: rule
    for one in RULES.values()
    for rule in (one, *one.beside.values())
    if rule.reduction == "ratio"
}
WITHOUT = {"open_data_index"}
"""Ready-made scores have no unit."""


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_ratio_has_the_units_of_its_sums(name):
    above, below = native_units(EVERY[name])
    assert bool(above) is (name not in WITHOUT)
    if name in WITHOUT or EVERY[name].unit not in ("1", "%"):
        return
    assert above == below
    assert is_known(above)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("wue", ("L", "kWh")),
        ("bandwidth_per_rack", ("Mbit/s", "标准机架")),
        ("fixed_download_rate", ("户·Mbit/s", "户")),
        ("storage_per_rack", ("TiB", "标准机架")),
    ],
)
def test_examples(name, expected):
    assert native_units(RULES[name]) == expected
