"""Computing power of the chips in computing centres: the infrastructure caliber, beside the device one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import narwhals as nw

from suanli.indicators.caliber import Caliber, CaliberError, together
from suanli.indicators.families.chips import centre_chips
from suanli.indicators.families.devices import RULES as DEVICE_RULES
from suanli.indicators.families.natives import Stated, native_rules
from suanli.indicators.items import items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records

_UNIT = "EFLOPS(FP32)"
_TABLES = ("facilities", "chips")
_LEVELS = ("stated", "composed")
_INFRASTRUCTURE = Caliber("infrastructure")
_DEFAULTS = CaliberOptions()
_KINDS = ("data_centre", "ai_centre")


def infrastructure_compute(records: Records) -> Frame:
    """Return the items of 基础设施算力: Σ of data centres + Σ of AI centres in use, in FP32 (cpdi-2.0 2.1.2.1)."""
    return added(records, *_OF_KINDS.values())


def compute_in_use(records: Records) -> Frame:
    """Return the items of 在用算力: Σ chips × peak of the centres in use, in FP32 (ccpe-3.0 3.1.1.1)."""
    return _chip_items(_in_use(records))


def compute_under_construction(records: Records) -> Frame:
    """Return the items of 在建算力: Σ chips × peak × the share of the centre's stage, in FP32 (ccpe-3.0 3.1.1.2)."""
    return _chip_items(_under_construction(records))


def added(records: Records, *rules: Rule) -> Frame:
    """Return the items of several rules together.

    Raises
    ------
    CaliberError
        If the rules are not all of one caliber under the study's options.
    """
    shared_caliber(*rules, options=records.options)
    return nw.concat([rule.items(records) for rule in rules], how="vertical")


def shared_caliber(*rules: Rule, options: CaliberOptions = _DEFAULTS) -> Caliber:
    """Return the caliber that all the rules share under a study's options.

    Raises
    ------
    CaliberError
        If they differ, or one has none.
    """
    found = [rule.caliber_under(options) for rule in rules]
    calibers = [caliber for caliber in found if caliber is not None]
    if len(calibers) < len(found):
        message = "only rules of computing power with a caliber add up"
        raise CaliberError(message)
    return together(*calibers)


def _in_use(records: Records) -> Frame:
    return centre_chips(records).filter(nw.col("status") == "in_use")


def _of_kinds(records: Records, *, kinds: tuple[str, ...]) -> Frame:
    return _in_use(records).filter(nw.col("kind").is_in(kinds))


def _of_kind(records: Records, *, kind: str) -> Frame:
    return _chip_items(_of_kinds(records, kinds=(kind,)))


def _under_construction(records: Records) -> Frame:
    """Return the chips of centres under construction, discounted by stage; a stage that is not stated counts whole."""
    share: nw.Expr = nw.lit(1.0)
    for stage, counted in records.options.construction_stages.items():
        share = nw.when(nw.col("stage") == stage).then(nw.lit(float(counted))).otherwise(share)
    building = centre_chips(records).filter(nw.col("status") == "under_construction")
    return building.with_columns(
        (nw.col("fp32") * share).alias("fp32"), (nw.col("native") * share).alias("native")
    )


def _chip_items(frame: Frame, *, amount: str = "fp32") -> Frame:
    """Return an item for each chip of a centre, and one without a number for a centre that states no chips."""
    chip = nw.coalesce(nw.col("chip"), nw.lit(""))
    return items(
        frame,
        record=nw.concat_str([nw.col("facility_id"), chip], separator=" "),
        numerator=nw.col(amount),
        part=nw.coalesce(nw.col("precision"), nw.lit("")),
        weight=nw.col("weight"),
        level=nw.coalesce(nw.col("level"), nw.lit(0)),
    )


Framed = Callable[[Records], Frame]


def _rule(name: str, rule_items: Framed, frame: Framed) -> Rule:
    return Rule(
        name=name,
        items=rule_items,
        reduction="sum",
        unit=_UNIT,
        tables=_TABLES,
        absent="zero",
        caliber=_INFRASTRUCTURE,
        levels=_LEVELS,
        beside=native_rules(Stated(frame, _chip_items, _TABLES, _INFRASTRUCTURE)),
    )


_OF_KINDS = {
    f"{kind}_compute": Rule(
        name=f"{kind}_compute",
        items=partial(_of_kind, kind=kind),
        reduction="sum",
        unit=_UNIT,
        tables=_TABLES,
        absent="zero",
        caliber=_INFRASTRUCTURE,
        levels=_LEVELS,
    )
    for kind in _KINDS
}
_WHOLE = _rule("infrastructure_compute", infrastructure_compute, partial(_of_kinds, kinds=_KINDS))

RULES: tuple[Rule, ...] = (
    *DEVICE_RULES,
    replace(
        _WHOLE, caliber=shared_caliber(*_OF_KINDS.values()), beside={**_OF_KINDS, **_WHOLE.beside}
    ),
    _rule("compute_in_use", compute_in_use, _in_use),
    _rule("compute_under_construction", compute_under_construction, _under_construction),
)
"""Rules of computing power, of both calibers."""
