"""Frameworks from YAML: the text parsed, the tree nested, the form and the content checked."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import ValidationError

from suanli.framework.checks import framework_problems
from suanli.framework.document import Document, document
from suanli.framework.findings import MOST_PROBLEMS
from suanli.framework.flat import Nested, nested
from suanli.framework.framework import Framework
from suanli.framework.salvage import salvaged_problems
from suanli.framework.schema_faults import schema_faults
from suanli.problems import FrameworkError, Place, Problem, errors, in_order


def parse(text: str, *, file: str = "framework.yaml") -> Framework:
    """Return the framework that a YAML text declares.

    Parameters
    ----------
    text
        The declaration; its tree nested (`children`) or as a list (`nodes` with `parent`).
    file
        Name of the file, for messages.

    Raises
    ------
    FrameworkError
        With every problem found; each place has the file, the line and the path inside it.
    """
    framework, problems = checked(text, file=file)
    if framework is None:
        raise FrameworkError(problems)
    return framework


def checked(
    text: str, *, file: str = "framework.yaml"
) -> tuple[Framework | None, tuple[Problem, ...]]:
    """Return the framework, or none if it cannot be used, and every problem, gravest first.

    A framework that can be used may come with warnings and notes.
    """
    try:
        read, problems = document(text, file=file)
    except FrameworkError as error:
        return None, error.problems
    tree = nested(read.content, read.spellings)
    framework, found = _validated(tree)
    located = [_located(one, read, tree.origins, file) for one in (*tree.problems, *found)]
    every = in_order([*problems, *located])[:MOST_PROBLEMS]
    return (None if errors(every) else framework), every


def _validated(tree: Nested) -> tuple[Framework | None, tuple[Problem, ...]]:
    try:
        framework = Framework.model_validate(tree.content)
    except ValidationError as error:
        faults = schema_faults(error, Framework, tree.content)
        more = salvaged_problems(tree.content, faults, strays=tree.strays)
        told = {problem.place.path for problem in tree.problems}
        found = [one.problem for one in faults if not _told(one.problem, tree, told)]
        return None, (*found, *_beside(more, tree))
    return framework, _beside(framework_problems(framework, strays=tree.strays), tree)


def _told(problem: Problem, tree: Nested, told: set[str]) -> bool:
    """Return whether the list's own problems say already what a nested path would."""
    if problem.code not in ("framework-group-empty", "framework-indicator-has-children"):
        return False
    path = _original(problem.place.path, tree.origins)
    return _owner(problem.place.path) in tree.strays or any(
        path.partition(".")[0] == one.partition(".")[0] for one in told
    )


def _beside(problems: tuple[Problem, ...], tree: Nested) -> tuple[Problem, ...]:
    """Return the problems that do not merely follow from a faulty list."""
    below = {f"{path}.children" for path in tree.strays}
    return tuple(one for one in problems if one.place.path not in below)


def _owner(path: str) -> str:
    return path.removesuffix(".children")


def _located(problem: Problem, read: Document, origins: Mapping[str, str], file: str) -> Problem:
    """Return a problem with its file, its line and its path as the file has it."""
    path = _original(problem.place.path, origins)
    place = Place(file=file, cell=f"line {read.line(path)}", path=path, code=problem.place.code)
    spelt = read.spellings.get(path)
    unquoted = problem.code == "framework-text-unquoted" and spelt is not None
    found = spelt if unquoted and spelt else problem.found
    expected = problem.expected
    if problem.code == "framework-code-twice":  # names a place too
        expected = _original(expected, origins)
    return replace(problem, place=place, found=found, expected=expected)


def _original(path: str, origins: Mapping[str, str]) -> str:
    """Return a nested path as it stands in the list of nodes, if the tree came as a list."""
    head = path
    while head and head not in origins:
        head = head[: max(head.rfind("."), 0)]
    return origins[head] + path[len(head) :] if head else path
