"""What a rule is: how records become the items of an indicator, and how items become a region's value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from suanli.indicators.caliber import Caliber, Performance

if TYPE_CHECKING:
    from suanli.intake.records.engine import Frame
    from suanli.intake.records.options import CaliberOptions
    from suanli.intake.records.records import Records

Pass = Literal["none", "probes", "meters"]
"""The pass over a table of very many rows that items rest on, by that table."""

Reduction = Literal["sum", "ratio"]
"""How items become a value: Σ numerator, or Σ numerator / Σ denominator (a mean where denominators are 1)."""

ITEM_COLUMNS = (
    *("region", "period", "record", "part"),
    *("numerator", "denominator", "weight", "level"),
)
"""Columns of the items that a rule returns, in order.

`region` and `period` are those of the study (text); `record` names the row or centre; `part` the component it belongs
to, or is empty. `numerator` and `denominator` (null where it is not known; 1 where the rule sums) are numbers in the
rule's units. `weight` is what coverage is measured by; `level` is 0 for what the caliber asks for and counts up with
each fallback.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to compute an indicator from records.

    Attributes
    ----------
    name
        By which a framework's indicator asks for it; texts are in the catalogue under `rules`.
    items
        Records to items: lazy in, lazy out, with the columns `ITEM_COLUMNS`.
    reduction
        How items become a region's value.
    unit
        Of the value.
    tables
        Tables it cannot do without; without one of them, or without rows of the period, the value is missing.
    absent
        What a region without items has in a period in which the tables have rows: `zero` where a complete list says
        that there is nothing, `missing` where nothing is known.
    lasting
        Whether what the tables list stays listed: such a list speaks for every period from its first year on.
    caliber
        Of a computing-power figure, under the default options.
    performance
        Which performance a study's options choose, where they do; see `caliber_under`.
    levels
        Name of each level of `level`, the first being what the caliber asks for.
    beside
        Further figures shown beside the value: rules by name, whose values are kept as measures.
    counted_in
        In how many regions an item of all regions together counts: one; both of a pair; or every region, of which each
        has a share in it.
    years
        Of how many years a period's items are, its own included; where more than one, an item's `part` is its year, and
        a period has no value if the list lacks one.
    awaits
        What its items wait for: it is computed after the rules that do not.
    """

    name: str
    items: "Callable[[Records], Frame]"
    reduction: Reduction
    unit: str
    tables: tuple[str, ...]
    absent: Literal["zero", "missing"] = "missing"
    lasting: bool = False
    caliber: Caliber | None = None
    performance: "Callable[[CaliberOptions], Performance] | None" = None
    levels: tuple[str, ...] = ("stated",)
    beside: Mapping[str, "Rule"] = field(default_factory=dict)
    counted_in: Literal["one", "both", "every"] = "one"
    years: int = 1
    awaits: Pass = "none"

    def caliber_under(self, options: "CaliberOptions") -> Caliber | None:
        """Return the caliber of a computing-power figure under a study's options.

        It guards additions. What a framework's indicator declares is compared with `caliber` when rules are planned,
        by side and precision: indicators declare no performance.
        """
        if self.caliber is None or self.performance is None:
            return self.caliber
        return replace(self.caliber, performance=self.performance(options))
