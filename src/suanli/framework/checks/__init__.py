"""Cross-checks of a declaration, a function each; all are run and reported together."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from suanli.framework.checks.codes import (
    check_aliases,
    check_code_twice,
    check_codes,
    check_names,
    check_variable_codes,
)
from suanli.framework.checks.expressions import (
    check_calibers,
    check_expression_percent,
    check_expression_units,
    check_expression_variables,
    check_expressions,
    check_units,
    check_variables_used,
)
from suanli.framework.checks.lineage import (
    check_correspondence_codes,
    check_correspondence_sides,
    check_correspondence_twice,
    check_predecessor,
)
from suanli.framework.checks.normalisation import (
    check_bounds,
    check_goalposts_cross,
    check_goalposts_fixed,
    check_logarithm,
    check_reference_fixed,
    check_reference_zero,
    check_scale,
    check_target_missing,
    check_target_reversed,
    check_target_unused,
)
from suanli.framework.checks.rules import (
    check_levels,
    check_means,
    check_predictors,
    check_tier_cuts,
    check_tier_order,
    check_tier_range,
)
from suanli.framework.checks.weights import (
    check_disabled,
    check_weights_missing,
    check_weights_sum,
    check_weights_unused,
    check_weights_zero,
)
from suanli.framework.outline import Outline, outline
from suanli.framework.schema import Declaration
from suanli.problems import Problem, in_order

Check = Callable[[Outline], list[Problem]]

CHECKS: Mapping[Check, tuple[str, ...]] = MappingProxyType(
    {
        check_codes: (),
        check_code_twice: (),
        check_variable_codes: ("variables",),
        check_aliases: (),
        check_names: (),
        check_weights_missing: ("weighting",),
        check_weights_zero: (),
        check_weights_sum: ("weighting",),
        check_weights_unused: ("weighting",),
        check_disabled: ("weighting",),
        check_goalposts_cross: (),
        check_goalposts_fixed: ("normalisation",),
        check_reference_fixed: ("normalisation",),
        check_reference_zero: ("normalisation",),
        check_logarithm: ("normalisation",),
        check_scale: ("normalisation",),
        check_target_missing: (),
        check_target_unused: (),
        check_target_reversed: (),
        check_bounds: ("variables",),
        check_units: ("variables",),
        check_expressions: (),
        check_expression_variables: ("variables",),
        check_expression_units: ("variables",),
        check_expression_percent: (),
        check_variables_used: ("variables",),
        check_calibers: (),
        check_levels: ("aggregation",),
        check_means: ("aggregation", "normalisation"),
        check_tier_cuts: ("tiers",),
        check_tier_order: ("tiers",),
        check_tier_range: ("tiers",),
        check_predictors: ("missing",),
        check_correspondence_codes: ("correspondences",),
        check_correspondence_sides: ("correspondences",),
        check_correspondence_twice: ("correspondences",),
        check_predecessor: ("correspondences",),
    }
)
"""Every cross-check, with the sections it reads besides the tree."""


def framework_problems(
    framework: Declaration,
    *,
    without: frozenset[str] = frozenset(),
    strays: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Return everything that contradicts itself in a declaration, gravest first.

    Parameters
    ----------
    framework
        What is declared.
    without
        Sections that could not be read: checks that need them are left out.
    strays
        Paths of nodes that hang where they do only for want of a place: they are checked, but
        count in no family.
    """
    tree = outline(framework, strays=strays)
    return in_order(
        problem
        for check, sections in CHECKS.items()
        if without.isdisjoint(sections)
        for problem in check(tree)
    )
