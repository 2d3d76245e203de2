"""What a computing-power figure counts; figures of different calibers are never added."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["device", "infrastructure"]
"""Machines shipped to a region, or machines standing in its computing centres; the same servers may be in both."""

Performance = Literal["peak", "measured"]
"""What machines can do in theory (Rpeak of a supercomputer, peak of a chip), or did in a test (Rmax)."""


class CaliberError(ValueError):
    """Two figures of different calibers were put together."""


@dataclass(frozen=True, slots=True)
class Caliber:
    """What a figure of computing power counts: which machines, in which precision, at their peak or as measured."""

    side: Side
    precision: str = "FP32"
    performance: Performance = "peak"


@dataclass(frozen=True, slots=True)
class ComputingPower:
    """An amount of computing power in EFLOPS (10¹⁸ per second) with its caliber.

    Amounts add up only within one caliber.

    >>> device = ComputingPower(302.4, Caliber("device"))
    >>> device + ComputingPower(180.0, Caliber("infrastructure"))
    Traceback (most recent call last):
        ...
    suanli.indicators.caliber.CaliberError: device FP32 peak and infrastructure FP32 peak do not add up
    """

    eflops: float
    caliber: Caliber

    def __add__(self, other: "ComputingPower") -> "ComputingPower":
        """Return the sum of two amounts of one caliber.

        Raises
        ------
        CaliberError
            If the calibers differ.
        """
        return ComputingPower(self.eflops + other.eflops, together(self.caliber, other.caliber))


def together(*calibers: Caliber) -> Caliber:
    """Return the caliber that all share.

    Raises
    ------
    CaliberError
        If they differ.
    """
    first, *others = calibers
    for other in others:
        if other != first:
            message = f"{_said(first)} and {_said(other)} do not add up"
            raise CaliberError(message)
    return first


def _said(caliber: Caliber) -> str:
    return f"{caliber.side} {caliber.precision} {caliber.performance}"
