"""The passes over tables of very many rows: begun before everything else, so that the rest is computed meanwhile."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from suanli.indicators.families.metered import begin_meters
from suanli.indicators.families.probe_pairs import begin_probes
from suanli.indicators.rule import Pass, Rule
from suanli.intake.records.records import Records

_BEGIN: Mapping[Pass, Callable[[Records], None]] = MappingProxyType(
    {"none": lambda _: None, "probes": begin_probes, "meters": begin_meters}
)
"""How to begin each pass, in the order in which they are begun."""


def in_turn(records: Records, rules: Mapping[str, Rule]) -> Iterator[Mapping[str, Rule]]:
    """Yield the rules in groups: those that wait for no pass, then those of each pass, which has been begun by then."""
    groups = {
        which: {key: rule for key, rule in rules.items() if rule.awaits == which}
        for which in _BEGIN
    }
    held = {which: group for which, group in groups.items() if group}
    for which in held:
        _BEGIN[which](records)
    yield from held.values()
