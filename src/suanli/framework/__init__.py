"""The index as declared: frameworks read, checked, compared; imports problems and language only."""

from suanli.framework.catalogue import bundled, bundled_ids
from suanli.framework.checks import framework_problems
from suanli.framework.dumping import dump
from suanli.framework.expression_units import result_factor
from suanli.framework.expressions import Expression, ExpressionError, parse_expression
from suanli.framework.format import json_schema
from suanli.framework.framework import Framework
from suanli.framework.lineage import (
    AttributeChange,
    FrameworkDifference,
    IndicatorDifference,
    RuleChange,
    difference,
)
from suanli.framework.reading import checked, parse
from suanli.framework.rules import (
    Aggregation,
    Mean,
    MissingData,
    Mode,
    Normalisation,
    NormalisationOverride,
    Tiers,
    Treatment,
    Weighting,
)
from suanli.framework.schema import (
    Caliber,
    Correspondence,
    Direction,
    Group,
    Indicator,
    Placed,
    Variable,
)
from suanli.framework.spelling import UnitError

__all__ = [
    "Aggregation",
    "AttributeChange",
    "Caliber",
    "Correspondence",
    "Direction",
    "Expression",
    "ExpressionError",
    "Framework",
    "FrameworkDifference",
    "Group",
    "Indicator",
    "IndicatorDifference",
    "Mean",
    "MissingData",
    "Mode",
    "Normalisation",
    "NormalisationOverride",
    "Placed",
    "RuleChange",
    "Tiers",
    "Treatment",
    "UnitError",
    "Variable",
    "Weighting",
    "bundled",
    "bundled_ids",
    "checked",
    "difference",
    "dump",
    "framework_problems",
    "json_schema",
    "parse",
    "parse_expression",
    "result_factor",
]
