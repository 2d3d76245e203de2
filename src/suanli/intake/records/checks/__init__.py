"""What is wrong with a study's records, a function a rule, computed in the engine; imports records and below."""

from collections.abc import Callable

from suanli.intake.records.checks.areas import check_areas
from suanli.intake.records.checks.computing import (
    check_ai_centres,
    check_chip_counts,
    check_machines,
)
from suanli.intake.records.checks.doubled import check_doubled
from suanli.intake.records.checks.energy import check_claims, check_clean_energy, check_pue
from suanli.intake.records.checks.keys import check_keys
from suanli.intake.records.checks.members import check_members
from suanli.intake.records.checks.meters import (
    check_meter_coverage,
    check_meter_spans,
    check_meter_units,
    check_register_resets,
)
from suanli.intake.records.checks.periods import (
    check_components,
    check_shipment_years,
)
from suanli.intake.records.checks.placing import check_moves, check_outlines, check_places
from suanli.intake.records.checks.probes import check_probe_delays, check_probe_directions
from suanli.intake.records.checks.references import check_references
from suanli.intake.records.checks.rows import check_rows
from suanli.intake.records.records import Records
from suanli.problems import Problem, in_order

CHECKS: tuple[Callable[[Records], list[Problem]], ...] = (
    check_rows,
    check_keys,
    check_references,
    check_places,
    check_doubled,
    check_members,
    check_moves,
    check_outlines,
    check_ai_centres,
    check_chip_counts,
    check_machines,
    check_meter_units,
    check_meter_coverage,
    check_meter_spans,
    check_register_resets,
    check_pue,
    check_clean_energy,
    check_claims,
    check_probe_directions,
    check_probe_delays,
    check_shipment_years,
    check_components,
    check_areas,
)
"""Every rule, in the order its problems are told within one severity."""


def check_records(records: Records) -> list[Problem]:
    """Return what is wrong with a study's records, gravest first.

    Each problem stands for all rows of one kind in one table: its details hold how many there are (`count`) of how many
    (`rows`), and `found` shows at most five. Tables stay in the engine.
    """
    return list(in_order(problem for check in CHECKS for problem in check(records)))


__all__ = [
    "CHECKS",
    "check_ai_centres",
    "check_areas",
    "check_chip_counts",
    "check_claims",
    "check_clean_energy",
    "check_components",
    "check_doubled",
    "check_keys",
    "check_machines",
    "check_members",
    "check_meter_coverage",
    "check_meter_spans",
    "check_meter_units",
    "check_moves",
    "check_outlines",
    "check_places",
    "check_probe_delays",
    "check_probe_directions",
    "check_pue",
    "check_records",
    "check_references",
    "check_register_resets",
    "check_rows",
    "check_shipment_years",
]
