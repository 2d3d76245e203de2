"""Units of the sums behind every ratio."""

import pytest

from suanli.framework.units import is_known
from suanli.indicators.native_units import native_units
from suanli.indicators.rules import RULES
from suanli.intake.records.options import CaliberOptions

EVERY = {name: rule for name, rule in RULES.items() if rule.reduction == "ratio"}
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


def test_a_simple_mean_of_pues_adds_up_pues_and_counts_centres():
    rule = RULES["pue"]
    assert rule.levels == ("metered", "designed", "by_racks", "plain_mean")
    units = [native_units(rule, level=level) for level in range(len(rule.levels))]
    assert units == [*[("kWh", "kWh")] * 3, ("1", "个")]


@pytest.mark.parametrize(
    ("name", "choice", "by_centre", "by_racks"),
    [
        ("fast_network_use", "network_weight", ("个", "个"), ("标准机架", "标准机架")),
        ("smart_network_use", "network_weight", ("个", "个"), ("标准机架", "标准机架")),
        ("industries_served", "industries_weight", ("个", "个"), ("个·标准机架", "标准机架")),
    ],
)
def test_a_weight_that_the_study_chooses_is_in_the_units_of_the_sums(
    name, choice, by_centre, by_racks
):
    other = {"network_weight", "industries_weight"} - {choice}
    rule = RULES[name]
    assert native_units(rule) == native_units(rule, CaliberOptions()) == by_centre
    assert native_units(rule, CaliberOptions(**dict.fromkeys(other, "racks"))) == by_centre
    units = native_units(rule, CaliberOptions(**{choice: "racks"}))
    assert units == by_racks
    assert all(map(is_known, units))


def test_a_fallback_stands_before_a_weight_that_the_study_chooses(monkeypatch):
    by_racks = {"pue": ("network_weight", ("标准机架", "标准机架"))}
    monkeypatch.setattr("suanli.indicators.native_units._BY_RACKS", by_racks)
    racks = CaliberOptions(network_weight="racks")
    assert native_units(RULES["pue"], racks, level=0) == ("标准机架", "标准机架")
    assert native_units(RULES["pue"], racks, level=3) == ("1", "个")
