"""Every rule by the name under which a framework's indicator asks for it."""

from collections.abc import Mapping
from types import MappingProxyType

from suanli.indicators.families import (
    access_network,
    application,
    centre_network,
    centres,
    computing,
    energy,
    environment,
    industry,
    inter_network,
    market,
    storage,
    technology,
)
from suanli.indicators.rule import Rule

_FAMILIES = (
    *(computing, centres, energy, storage),
    *(industry, technology, application, environment, market),
    *(access_network, inter_network, centre_network),
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.name: rule for family in _FAMILIES for rule in family.RULES}
)
"""All rules; a rule that is only shown beside another is found in that one's `beside`."""
