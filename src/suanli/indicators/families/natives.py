"""Figures as they were stated, by precision, beside what they are in single precision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import narwhals as nw

from suanli.indicators.caliber import Caliber, Performance
from suanli.indicators.families.precision import PRECISIONS
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records

# TF32 is a format of one maker that units do not name; INT8 counts operations on whole numbers
_UNITS = {"TF32": "EFLOPS", "INT8": "EOPS"}


class AsItems(Protocol):
    """Rows with computing power to items, by the column that holds the amount."""

    def __call__(self, frame: Frame, *, amount: str) -> Frame:
        """Return the items."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Rows that state computing power: `precision`, and `native` in EFLOPS of that precision."""

    frame: Callable[[Records], Frame]
    as_items: AsItems
    tables: tuple[str, ...]
    caliber: Caliber
    performance: Callable[[CaliberOptions], Performance] | None = None


def native_rules(stated: Stated, precisions: Sequence[str] = PRECISIONS) -> Mapping[str, Rule]:
    """Return a rule `native_<precision>` for each precision: Σ of what is stated in it, before conversion."""
    return {rule.name: rule for rule in (_rule(stated, precision) for precision in precisions)}


def _rule(stated: Stated, precision: str) -> Rule:
    return Rule(
        name=f"native_{precision.lower()}",
        items=partial(_native, stated=stated, precision=precision),
        reduction="sum",
        unit=_UNITS.get(precision, f"EFLOPS({precision})"),
        tables=stated.tables,
        caliber=replace(stated.caliber, precision=precision),
        performance=stated.performance,
    )


def _native(records: Records, *, stated: Stated, precision: str) -> Frame:
    rows = stated.frame(records).filter(nw.col("precision") == precision)
    return stated.as_items(rows, amount="native")
