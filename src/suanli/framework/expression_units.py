"""Units of expressions: what an expression measures, and the factor that brings it to a unit."""

from collections.abc import Mapping
from fractions import Fraction

from suanli.framework.expressions import Expression, Name, Negation, Number, Operation, Term
from suanli.framework.units import Measure, UnitError, measure

_PLAIN = Measure(Fraction(1))


def result_factor(expression: Expression, units: Mapping[str, str], to: str) -> float:
    """Return what the evaluated number is multiplied by to be in the unit `to`.

    Parameters
    ----------
    expression
        Numbers in it are pure numbers.
    units
        The unit in which each of its variables is read.
    to
        The unit wanted.

    Raises
    ------
    UnitError
        If a unit is unknown; if terms that are added or subtracted have different units (also of
        one kind: 万元 and 亿元 cannot be added as they stand); or if the result is of another kind
        than `to`. A temperature keeps its scale: °C gives °C, and nothing else.

    >>> from suanli.framework.expressions import parse_expression
    >>> result_factor(parse_expression("a / b"), {"a": "万户", "b": "万人"}, "户/百人")
    100.0
    """
    found = _measured(expression.tree, units)
    wanted = _bare(to)
    precisions = {found.precision, wanted.precision} - {""}
    if found.powers != wanted.powers or len(precisions) > 1:
        raise UnitError("framework-expression-unit", expression.text, to)
    return float(found.factor / wanted.factor)


def _measured(term: Term, units: Mapping[str, str]) -> Measure:
    match term:
        case Number():
            return _PLAIN
        case Name(code):
            return _bare(units[code])
        case Negation(inner):
            return _measured(inner, units)
        case Operation(_, left, right):
            return _joined(term, _measured(left, units), _measured(right, units))


def _joined(term: Operation, left: Measure, right: Measure) -> Measure:
    precisions = {left.precision, right.precision} - {""}
    unlike = left.powers != right.powers or left.factor != right.factor
    if len(precisions) > 1 or (term.sign in "+-" and unlike):
        raise UnitError("framework-expression-terms", written(term.left), written(term.right))
    if term.sign in "+-":
        return left if left.precision else right
    return left.times(right, 1 if term.sign == "*" else -1)


def _bare(unit: str) -> Measure:
    """Return a unit's measure; one with an offset counts as a dimension of its own."""
    found = measure(unit)
    return found if not found.offset else Measure(Fraction(1), ((f"offset {found.offset}", 1),))


def written(term: Term) -> str:
    """Return a term as text, with the parentheses that it needs.

    >>> from suanli.framework.expressions import parse_expression
    >>> written(parse_expression("(a+b)/2").tree)
    '(a + b) / 2'
    """
    match term:
        case Number(value):
            return f"{value:g}"
        case Name(code):
            return code
        case Negation(inner):
            return f"-{_grouped(inner)}"
        case Operation(sign, left, right):
            return f"{_grouped(left)} {sign} {_grouped(right)}"


def _grouped(term: Term) -> str:
    return f"({written(term)})" if isinstance(term, Operation) else written(term)
