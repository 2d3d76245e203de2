"""Units of the two sums that a rule's value comes from: what the unit of the value tells, and what it does not."""

from collections.abc import Mapping
from types import MappingProxyType

from suanli.indicators.rule import Rule
from suanli.intake.records.options import CaliberOptions

_DEFAULTS = CaliberOptions()


def native_units(
    rule: Rule, options: CaliberOptions = _DEFAULTS, level: int = 0
) -> tuple[str, str]:
    """Return the units of Σ numerator and Σ denominator; empty where neither the rule's unit nor its name tells.

    `options` are the study's: some of its choices weigh centres by racks, so that racks are in both sums. `level` is
    the furthest fallback among the items: a simple mean of what was reported adds up other things than the caliber.

    >>> native_units(Rule("price", lambda records: None, "ratio", "元/kWh", ()))
    ('元', 'kWh')
    >>> native_units(Rule("pue", lambda records: None, "ratio", "1", ()))
    ('kWh', 'kWh')
    >>> native_units(Rule("centres", lambda records: None, "sum", "个", ()))
    ('个', '')
    >>> shares = Rule("fast_network_use", lambda records: None, "ratio", "1", ())
    >>> native_units(shares, CaliberOptions(network_weight="racks"))
    ('标准机架', '标准机架')
    """
    if rule.reduction == "sum":
        return rule.unit, ""
    if (rule.name, rule.levels[level]) in _FALLBACKS:
        return _FALLBACKS[rule.name, rule.levels[level]]
    if weighed_by_racks(rule, options):
        _, units = _BY_RACKS[rule.name]
        return units
    if rule.name in _OF_RATIOS:
        return _OF_RATIOS[rule.name]
    above, slash, below = rule.unit.rpartition("/")
    return (above, below) if slash and above else ("", "")


def weighed_by_racks(rule: Rule, options: CaliberOptions) -> bool:
    """Return whether the study has centres count by their racks in use where the rule leaves the choice."""
    choice, _ = _BY_RACKS.get(rule.name, ("", ()))
    return bool(choice) and getattr(options, choice) == "racks"


_SAME: Mapping[str, tuple[str, ...]] = {
    "标准机架": ("rack_utilisation",),
    "kWh": ("pue", "clean_energy_share"),
    "TiB": ("advanced_storage_share",),
    "户": ("gigabit_coverage",),
    "个": (
        *("coverage_5g", "otn_coverage", "ip_line_coverage", "oxc_deployment", "leading_firms"),
        *("loss_between_regions", "loss_within_region"),
        *("route_reliability", "fast_network_use", "smart_network_use"),
    ),
}
"""Shares by the unit of both sums."""

_MEANS: Mapping[str, tuple[str, str]] = {
    "industries_served": ("个", "个"),
    "mean_temperature": ("°C", "个"),
    "fixed_download_rate": ("户·Mbit/s", "户"),
    "mobile_download_rate": ("户·Mbit/s", "户"),
    "delay_between_regions": ("ms", "个"),
    "delay_within_region": ("ms", "个"),
}
"""Means, whose unit is that of the numerator alone or times the weight's."""

_OF_RATIOS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {name: (unit, unit) for unit, names in _SAME.items() for name in names} | dict(_MEANS)
)

_RACKS = "标准机架"
_BY_RACKS: Mapping[str, tuple[str, tuple[str, str]]] = MappingProxyType(
    {
        "fast_network_use": ("network_weight", (_RACKS, _RACKS)),
        "smart_network_use": ("network_weight", (_RACKS, _RACKS)),
        "industries_served": ("industries_weight", (f"个·{_RACKS}", _RACKS)),
    }
)
"""By rule, the option that may weigh its centres by racks in use, and the units that the sums then have."""

_FALLBACKS: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {("pue", "plain_mean"): ("1", "个")}
)
"""By rule and level, where a fallback adds up other things: PUEs, divided by how many centres report them."""
