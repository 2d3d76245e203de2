"""Figures of different calibers do not add up."""

import pytest

from suanli.indicators.caliber import Caliber, CaliberError, ComputingPower, together

DEVICE = Caliber("device")
INFRASTRUCTURE = Caliber("infrastructure")


def test_one_caliber_adds_up():
    both = ComputingPower(120.0, DEVICE) + ComputingPower(178.5, DEVICE)
    assert both == ComputingPower(298.5, DEVICE)


@pytest.mark.parametrize(
    "other",
    [
        INFRASTRUCTURE,
        Caliber("device", precision="FP16"),
        Caliber("device", performance="measured"),
    ],
)
def test_another_side_precision_or_performance_does_not_add_up(other):
    with pytest.raises(CaliberError, match=r"device FP32 peak and .* do not add up"):
        ComputingPower(1.0, DEVICE) + ComputingPower(1.0, other)


def test_the_caliber_that_all_share():
    assert together(DEVICE) == DEVICE
    assert together(DEVICE, Caliber("device"), DEVICE) == DEVICE
    with pytest.raises(CaliberError, match="infrastructure FP32 peak do not add up"):
        together(DEVICE, DEVICE, INFRASTRUCTURE)
