"""Arithmetic over variables, read by a small parser of its own: nothing is ever executed."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


LONGEST = 4000
"""Characters in the longest expression that is read."""
MOST_PARTS = 400
"""Numbers, names and signs in it: the tree is walked by recursion."""
DEEPEST = 40
"""Levels of parentheses and signs in the deepest expression that is read."""

Values = TypeVar("Values", "float", "NDArray[np.float64]")


class ExpressionError(ValueError):
    """An expression that cannot be read; `found` is the part where reading stopped."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"expected arithmetic over variables (+ - * / and parentheses): {found}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is written in the expression."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    code: str


@dataclass(frozen=True, slots=True)
class Negation:
    """A term with its sign turned."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms joined by one of `+ - * /`."""

    sign: str
    left: "Term"
    right: "Term"


Term: TypeAlias = Number | Name | Negation | Operation

_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read: its text, its tree, and the variables it names."""

    text: str
    tree: Term
    names: tuple[str, ...]

    def evaluate(self, values: Mapping[str, Values]) -> Values:
        """Return the value of the expression.

        Parameters
        ----------
        values
            A number, or an array of one shape, for every name; NaN stays NaN.

        Raises
        ------
        KeyError
            If a variable has no value.

        Notes
        -----
        Division by zero gives an infinity, or NaN for 0/0, as in IEEE 754; nothing is replaced.

        >>> parse_expression("a / (b - 1)").evaluate({"a": 6.0, "b": 3.0})
        3.0
        """
        import numpy as np  # here, so that reading frameworks does not wait for it

        arrays = {name: np.asarray(values[name], dtype=float)[()] for name in self.names}
        with np.errstate(all="ignore"):
            result: Any = _evaluated(self.tree, arrays, np.float64)
        return result if isinstance(result, np.ndarray) else float(result)  # type: ignore[return-value]


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Expression:
    """Return an expression: numbers, names, `+ - * /`, a leading sign, and parentheses.

    The signs `×`, `÷` and full-width forms are read as what they mean.

    Raises
    ------
    ExpressionError
        If the text is anything else, or too long or too deep.

    >>> parse_expression("(a + b) / 2").names
    ('a', 'b')
    """
    if len(text) > LONGEST:
        raise ExpressionError(text[:20] + "…")
    tokens = _tokens(text)
    if len(tokens) > MOST_PARTS:
        raise ExpressionError(text[:20] + "…")
    tree, end = _sum(tokens, 0, depth=0)
    if end != len(tokens):
        raise ExpressionError(tokens[end])
    return Expression(text, tree, tuple(dict.fromkeys(t for t in tokens if is_name(t))))


_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?(?![\w.]))"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/()]))",
)
_SIGNS = str.maketrans("×÷（）＋－−＊／", "*/()+--*/")


def _tokens(text: str) -> tuple[str, ...]:
    plain, position, tokens = text.translate(_SIGNS).rstrip(), 0, []
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            raise ExpressionError(plain[position : position + 20].strip())
        tokens.append(match.group().strip())
        position = match.end()
    return tuple(tokens)


def is_name(text: str) -> bool:
    """Return whether an expression can name a variable so: letters, digits and underscores.

    >>> is_name("gdp"), is_name("5g")
    (True, False)
    """
    return re.fullmatch(r"[^\W\d]\w*", text) is not None


def _sum(tokens: tuple[str, ...], start: int, depth: int) -> tuple[Term, int]:
    left, here = _product(tokens, start, depth)
    while here < len(tokens) and tokens[here] in ("+", "-"):
        right, after = _product(tokens, here + 1, depth)
        left, here = Operation(tokens[here], left, right), after
    return left, here


def _product(tokens: tuple[str, ...], start: int, depth: int) -> tuple[Term, int]:
    left, here = _single(tokens, start, depth)
    while here < len(tokens) and tokens[here] in ("*", "/"):
        right, after = _single(tokens, here + 1, depth)
        left, here = Operation(tokens[here], left, right), after
    return left, here


def _single(tokens: tuple[str, ...], start: int, depth: int) -> tuple[Term, int]:
    if start >= len(tokens) or depth > DEEPEST:
        raise ExpressionError("…" if start >= len(tokens) else tokens[start])
    token = tokens[start]
    if token == "-":  # noqa: S105
        term, after = _single(tokens, start + 1, depth + 1)
        return Negation(term), after
    if token == "+":  # noqa: S105
        return _single(tokens, start + 1, depth + 1)
    if token == "(":  # noqa: S105
        term, after = _sum(tokens, start + 1, depth + 1)
        if after >= len(tokens) or tokens[after] != ")":
            raise ExpressionError("( …")
        return term, after + 1
    if is_name(token):
        return Name(token), start + 1
    if token[0].isdigit() or token[0] == ".":
        return Number(float(token)), start + 1
    raise ExpressionError(token)


def _evaluated(term: Term, values: Mapping[str, Any], number: Callable[[float], Any]) -> Any:  # noqa: ANN401
    """Return a term's value. Recursion is as deep as the tree, which `MOST_PARTS` bounds."""
    match term:
        case Number(value):
            return number(value)
        case Name(code):
            return values[code]
        case Negation(inner):
            return -_evaluated(inner, values, number)
        case Operation(sign, left, right):
            before = _evaluated(left, values, number)
            return _OPERATIONS[sign](before, _evaluated(right, values, number))
