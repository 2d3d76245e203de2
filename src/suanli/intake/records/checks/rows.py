"""What the columns of one row must be to each other, by table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import narwhals as nw

from suanli.intake.records.checks.columns import FIRST_YEAR, LAST_YEAR, column_conditions
from suanli.intake.records.checks.conditions import (
    Condition,
    counted,
    either,
    met,
    readable,
)
from suanli.intake.records.checks.periods import (
    check_moments,
    in_periods,
    missing_periods,
)
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records
from suanli.intake.records.schema import TableSchema, table_schemas
from suanli.problems import Problem, Severity

_LOW_PRECISIONS = ("FP8", "INT8")
_CLOCKWORK = ("flop_per_cycle", "clock", "cores")


def check_rows(records: Records) -> list[Problem]:
    """Return what is wrong with single rows, by the schema's columns and `ROW_RULES`, and with the years they are of.

    One query a table counts all of it, in the study's periods where rows have a moment; a second one reads the moments.
    """
    return [
        found
        for name, schema in table_schemas().items()
        if records.has(name)
        for found in _check_table(records, schema)
    ]


def _check_table(records: Records, schema: TableSchema) -> list[Problem]:
    frame = readable(records, schema.name)
    rules = ROW_RULES.get(schema.name, ())
    conditions = [*column_conditions(schema), *(rule(records.options) for rule in rules)]
    kinds = {column.kind for column in schema.columns}
    dated = any(column.name == "year" or column.role == "day" for column in schema.columns)
    timed = "moment" in kinds
    beside = in_periods(records.periods) if dated or timed else {}
    counts = counted(records, frame, conditions, beside=beside)
    problems = met(records, frame, conditions, counts)
    if beside:
        problems += missing_periods(records, schema.name, counts)
    if timed:
        problems += check_moments(records, schema.name, counts["rows"])
    return [found for found in problems if not _all_misread(records, schema, found)]


def _all_misread(records: Records, schema: TableSchema, found: Problem) -> bool:
    """Return whether the values that a problem misses are there and were misread, as is told already."""
    if found.code != "required-empty":
        return False
    misread, _ = records.misread(schema.name).get(str(found.details["column"]), (0, ()))
    return found.details["count"] == misread


def racks_used(_: CaliberOptions) -> Condition:
    """Return the rule that racks in use are among those fitted out."""
    return Condition(
        "racks-used-above-built",
        Severity.ERROR,
        nw.col("racks_used") > nw.col("racks_built"),
        "facilities.racks_used",
        ("facility_id", "year"),
        ("racks_used", "racks_built"),
    )


def stage_in_use(_: CaliberOptions) -> Condition:
    """Return the rule that only a centre under construction has a stage of construction."""
    fires = (nw.col("status") == "in_use") & ~nw.col("stage").is_null()
    return Condition(
        *("stage-in-use", Severity.WARNING, fires, "facilities.stage"),
        ("facility_id", "year"),
        ("stage",),
    )


def service_later(_: CaliberOptions) -> Condition:
    """Return the rule that a centre in use entered service by the end of the year: its meters count from that day."""
    year, begun = nw.col("year"), nw.col("in_service").dt.year().cast(nw.Int64)
    # implausible years are told by themselves
    fires = (nw.col("status") == "in_use") & (begun > year)
    fires = fires & (year >= FIRST_YEAR) & (begun <= LAST_YEAR)
    return Condition(
        *("in-use-before-service", Severity.WARNING, fires, "facilities.in_service"),
        ("facility_id", "year"),
        ("in_service",),
    )


def racks_missing(_: CaliberOptions) -> Condition:
    """Return the rule that a centre in use has racks."""
    racks = nw.col("racks_built")
    fires = (nw.col("status") == "in_use") & (racks.is_null() | (racks == 0))
    return Condition(
        *("centre-without-racks", Severity.WARNING, fires, "facilities.racks_built"),
        ("facility_id", "year"),
    )


def place_missing(_: CaliberOptions) -> Condition:
    """Return the rule that a centre names its region or has coordinates."""
    fires = nw.col("region_code").is_null() & ~_with_coordinates()
    return Condition(
        *("facility-without-place", Severity.ERROR, fires, "facilities.region_code"),
        ("facility_id", "year"),
    )


def coordinates_elsewhere(_: CaliberOptions) -> Condition:
    """Return the rule that a centre with coordinates only lies in a region of the study."""
    fires = nw.col("region_code").is_null() & _with_coordinates() & nw.col("region").is_null()
    return Condition(
        *("facility-coordinates-elsewhere", Severity.WARNING, fires, "facilities.longitude"),
        ("facility_id", "year"),
        ("longitude", "latitude"),
    )


def chip_peak(options: CaliberOptions) -> Condition:
    """Return the rule that a chip's peak is stated, or follows from its clock and cores."""
    fires = _without_peak("peak", "peak_fp32", _CLOCKWORK, options)
    key = ("facility_id", "year", "chip", "precision")
    return Condition("peak-missing", Severity.WARNING, fires, "chips.peak", key)


def chip_precision(_: CaliberOptions) -> Condition:
    """Return the rule that AI chips are not stated in FP64, and general ones not in FP8 or INT8."""
    return _unusual_precision("chips", "purpose", ("facility_id", "year", "chip"))


def chip_peak_fp32(_: CaliberOptions) -> Condition:
    """Return the rule that a peak stated in FP32 is the FP32 peak."""
    peak, fp32 = nw.col("peak"), nw.col("peak_fp32")
    fires = (nw.col("precision") == "FP32") & ((peak - fp32).abs() > 1e-6 * peak)
    return Condition(
        *("peak-fp32-differs", Severity.WARNING, fires, "chips.peak_fp32"),
        ("facility_id", "year", "chip"),
        ("peak", "peak_fp32"),
    )


def shipment_peak(options: CaliberOptions) -> Condition:
    """Return the rule that a server's mean capability is stated, or follows from its processors."""
    parts = ("processors", *_CLOCKWORK)
    fires = _without_peak("mean_compute", "compute_fp32", parts, options)
    key = ("region_code", "year", "kind", "model")
    return Condition("peak-missing", Severity.WARNING, fires, "server_shipments.mean_compute", key)


def shipment_precision(_: CaliberOptions) -> Condition:
    """Return the rule that AI servers are not stated in FP64, and general ones not in FP8 or INT8."""
    return _unusual_precision("server_shipments", "kind", ("region_code", "year", "model"))


def measured_performance(_: CaliberOptions) -> Condition:
    """Return the rule that what a machine was measured at is not above its peak."""
    return Condition(
        "rmax-above-rpeak",
        Severity.ERROR,
        nw.col("rmax") > nw.col("rpeak"),
        "supercomputers.rmax",
        ("system_id", "year", "list"),
        ("rmax", "rpeak"),
    )


def microcomputers(_: CaliberOptions) -> Condition:
    """Return the rule that microcomputers are no computing equipment: they are left out."""
    return Condition(
        *("microcomputers-left-out", Severity.NOTE, nw.col("product") == "microcomputer"),
        *("production.product", ("region_code", "year"), ("quantity",)),
    )


def gigabit_households(_: CaliberOptions) -> Condition:
    """Return the rule that households within reach of gigabit fibre are among all households."""
    return Condition(
        "covered-above-households",
        Severity.ERROR,
        nw.col("gigabit_covered") > nw.col("households"),
        "households.gigabit_covered",
        ("region_code", "year"),
        ("gigabit_covered", "households"),
    )


def conditions_of_iops(_: CaliberOptions) -> Condition:
    """Return the rule that IOPS come with the conditions of their test."""
    stated = ("block_size", "read_share")
    fires = ~nw.col("iops").is_null() & either([nw.col(name).is_null() for name in stated])
    return Condition(
        *("iops-without-conditions", Severity.NOTE, fires, "storage_systems.iops"),
        ("system_id", "year"),
        ("iops",),
    )


def lost_packets(_: CaliberOptions) -> Condition:
    """Return the rule that no more packets are lost than were sent."""
    return _probe("probe-lost-above-sent", Severity.ERROR, nw.col("lost") > nw.col("sent"), "lost")


def delay_missing(_: CaliberOptions) -> Condition:
    """Return the rule that there is a delay where a packet was received."""
    fires = (nw.col("lost") < nw.col("sent")) & nw.col("delay").is_null()
    return _probe("probe-delay-missing", Severity.WARNING, fires, "delay")


def delay_of_nothing(_: CaliberOptions) -> Condition:
    """Return the rule that there is no delay, least of all one of 0 ms, where nothing was received."""
    # more lost than sent is told by itself
    fires = (nw.col("lost") == nw.col("sent")) & ~nw.col("delay").is_null()
    return _probe("probe-delay-of-lost", Severity.ERROR, fires, "delay")


def probe_to_itself(_: CaliberOptions) -> Condition:
    """Return the rule that a probe runs between two centres."""
    fires = nw.col("source_id") == nw.col("target_id")
    return _probe("probe-to-itself", Severity.ERROR, fires, "target_id")


ROW_RULES: Mapping[str, tuple[Callable[[CaliberOptions], Condition], ...]] = MappingProxyType(
    {
        "facilities": (
            racks_used,
            stage_in_use,
            service_later,
            racks_missing,
            place_missing,
            coordinates_elsewhere,
        ),
        "chips": (chip_peak, chip_precision, chip_peak_fp32),
        "server_shipments": (shipment_peak, shipment_precision),
        "supercomputers": (measured_performance,),
        "production": (microcomputers,),
        "households": (gigabit_households,),
        "storage_systems": (conditions_of_iops,),
        "probes": (lost_packets, delay_missing, delay_of_nothing, probe_to_itself),
    }
)
"""Rules of single rows by table."""


def _with_coordinates() -> nw.Expr:
    return ~nw.col("longitude").is_null() & ~nw.col("latitude").is_null()


def _without_peak(peak: str, fp32: str, parts: tuple[str, ...], options: CaliberOptions) -> nw.Expr:
    """Return whether nothing gives a figure in FP32: neither a peak, nor what it is made of, nor the machine's own."""
    other = nw.col("precision") != "FP32"
    lacking = either([nw.col(name).is_null() for name in parts])
    if options.precision == "native":  # peaks of other precisions are not converted
        return nw.col(fp32).is_null() & (other | (nw.col(peak).is_null() & lacking))
    return nw.col(peak).is_null() & lacking & (other | nw.col(fp32).is_null())


def _unusual_precision(table: str, purpose: str, key: tuple[str, ...]) -> Condition:
    of_ai = (nw.col(purpose) == "ai") & (nw.col("precision") == "FP64")
    general = (nw.col(purpose) == "general") & nw.col("precision").is_in(_LOW_PRECISIONS)
    values = (purpose, "precision")
    path = f"{table}.precision"
    return Condition("precision-unusual", Severity.WARNING, of_ai | general, path, key, values)


def _probe(code: str, severity: Severity, fires: nw.Expr, column: str) -> Condition:
    key = ("source_id", "target_id", "time")
    return Condition(code, severity, fires, f"probes.{column}", key, ("sent", "lost", "delay"))
