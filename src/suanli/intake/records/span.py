"""What is evaluated from records: regions, calendar years, the records' clock, and outlines of the regions."""

from dataclasses import dataclass
from datetime import timedelta

from suanli.intake.records.outlines import Outlines
from suanli.regions import Regions


@dataclass(frozen=True, slots=True)
class Span:
    """What is evaluated: the regions, the calendar years, and how far local time is ahead of the moments.

    `outlines` place rows that have coordinates and name no region.
    """

    regions: Regions
    periods: tuple[str, ...]
    ahead: timedelta = timedelta(0)
    outlines: Outlines | None = None
