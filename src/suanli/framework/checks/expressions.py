"""Checks of units, and of the expressions that turn variables into indicators."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from suanli.framework.expression_units import result_factor
from suanli.framework.expressions import (
    Expression,
    ExpressionError,
    Number,
    Operation,
    Term,
    parse_expression,
)
from suanli.framework.findings import MOST_PROBLEMS, caution, fault, nearest, remark
from suanli.framework.outline import Entry, Outline
from suanli.framework.schema import Indicator
from suanli.framework.spelling import UnitError, taken_apart
from suanli.framework.units import is_known
from suanli.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class _Computed:
    """An indicator with its expression, read."""

    entry: Entry
    indicator: Indicator
    expression: Expression


def check_units(tree: Outline) -> list[Problem]:
    """Return units that are not known."""
    units = [(entry.at("unit"), node.unit) for entry, node in tree.indicators()]
    units += [
        (Place(path=f"variables[{n}].unit", code=variable.code), variable.unit)
        for n, variable in enumerate(tree.framework.variables)
    ]
    return [
        fault("framework-unit-unknown", place, unit) for place, unit in units if not is_known(unit)
    ]


def check_expressions(tree: Outline) -> list[Problem]:
    """Return expressions that cannot be read, or that read no variable."""
    problems = []
    for entry, indicator in tree.indicators():
        if indicator.expression is None:
            continue
        try:
            names = parse_expression(indicator.expression).names
        except ExpressionError as error:
            problems.append(
                fault("framework-expression-unread", entry.at("expression"), error.found)
            )
            continue
        if not names:
            place = entry.at("expression")
            problems.append(fault("framework-expression-constant", place, indicator.expression))
    return problems


def check_expression_variables(tree: Outline) -> list[Problem]:
    """Return names in expressions that no variable has."""
    known = [variable.code for variable in tree.framework.variables]
    unknown = (
        (computed.entry.at("expression"), name)
        for computed in _computed(tree)
        for name in computed.expression.names
        if name not in known
    )
    return [
        fault("framework-variable-unknown", place, name, nearest(name, known))
        for place, name in islice(unknown, MOST_PROBLEMS)
    ]


def check_expression_units(tree: Outline) -> list[Problem]:
    """Return expressions whose result is not in a unit like the indicator's."""
    units = {variable.code: variable.unit for variable in tree.framework.variables}
    problems = []
    for computed in _computed(tree):
        names = computed.expression.names
        read = [units.get(name, "") for name in names] + [computed.indicator.unit]
        if not all(unit and is_known(unit) for unit in read):
            continue  # told by another check
        try:
            result_factor(computed.expression, units, computed.indicator.unit)
        except UnitError as error:
            problems.append(error.problem(computed.entry.at("expression")))
    return problems


def check_expression_percent(tree: Outline) -> list[Problem]:
    """Return expressions in per cent that multiply by 100 what the unit converts already."""
    return [
        caution("framework-expression-percent", computed.entry.at("expression"), text)
        for computed in _computed(tree)
        if computed.indicator.unit == "%"
        for text in (computed.expression.text,)
        if _has_hundred(computed.expression.tree)
    ]


def check_variables_used(tree: Outline) -> list[Problem]:
    """Return a note for variables that no expression reads."""
    used = {name for computed in _computed(tree) for name in computed.expression.names}
    return [
        remark(
            "framework-variable-unused",
            Place(path=f"variables[{n}]", code=variable.code),
            variable.code,
        )
        for n, variable in enumerate(tree.framework.variables)
        if variable.code not in used
    ]


def check_calibers(tree: Outline) -> list[Problem]:
    """Return computing-power figures without a caliber, or whose unit states another precision."""
    problems = []
    for entry, indicator in tree.indicators():
        precision = _precision(indicator.unit)
        if indicator.caliber is None:
            power = "FLOPS" in indicator.unit.upper() and "/" not in indicator.unit
            if power and indicator.kind == "extensive":
                problems.append(
                    caution("framework-caliber-missing", entry.at("caliber"), indicator.unit)
                )
        elif precision and precision != indicator.caliber.precision:
            stated = indicator.caliber.precision
            problems.append(fault("framework-caliber-differs", entry.at("unit"), precision, stated))
    return problems


def _computed(tree: Outline) -> Iterator[_Computed]:
    """Yield the indicators whose expression can be read."""
    for entry, indicator in tree.indicators():
        if indicator.expression is not None:
            try:
                expression = parse_expression(indicator.expression)
            except ExpressionError:
                continue  # told by `check_expressions`
            yield _Computed(entry, indicator, expression)


def _has_hundred(term: Term) -> bool:
    """Return whether the product at the top of a term has the factor 100."""
    if isinstance(term, Operation) and term.sign in "*/":
        right = _has_hundred(term.right) if term.sign == "*" else False
        return right or _has_hundred(term.left)
    return isinstance(term, Number) and term.value == 100


def _precision(unit: str) -> str:
    try:
        return taken_apart(unit).precision
    except UnitError:
        return ""
