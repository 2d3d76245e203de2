"""Checks of codes and names: each node can be told from every other."""

from collections.abc import Iterator

from suanli.framework.expressions import is_name
from suanli.framework.findings import fault
from suanli.framework.outline import Outline
from suanli.problems import Place, Problem


def check_codes(tree: Outline) -> list[Problem]:
    """Return codes that are blank, padded, or hold a slash or control characters."""
    return [
        fault("framework-code-unusable", place, ascii(code) if _hidden(code) else code)
        for code, place in _codes(tree)
        if code != code.strip() or not code or "/" in code or _hidden(code)
    ]


def check_code_twice(tree: Outline) -> list[Problem]:
    """Return codes that a second node, the index or a variable carries."""
    first: dict[str, str] = {}
    problems = []
    for code, place in _codes(tree):
        if code in first:
            problems.append(fault("framework-code-twice", place, code, first[code]))
        first.setdefault(code, place.path)
    return problems


def check_variable_codes(tree: Outline) -> list[Problem]:
    """Return codes of variables that an expression could not name."""
    return [
        fault("framework-variable-code", Place(path=f"variables[{n}].code"), variable.code)
        for n, variable in enumerate(tree.framework.variables)
        if not is_name(variable.code)
    ]


def check_aliases(tree: Outline) -> list[Problem]:
    """Return other names that are blank, or that belong to more than one indicator."""
    owners = {code: code for code, _ in _codes(tree)}
    problems = []
    for entry, indicator in tree.indicators():
        for n, alias in enumerate(indicator.aliases):
            place = entry.at(f"aliases[{n}]")
            if not alias.strip():
                problems.append(fault("framework-text-empty", place))
            elif owners.setdefault(alias, indicator.code) != indicator.code:
                problems.append(fault("framework-alias-twice", place, alias, owners[alias]))
    return problems


def check_names(tree: Outline) -> list[Problem]:
    """Return names that are blank in a language."""
    framework = tree.framework
    named = [("name", framework.name, ""), ("title", framework.title, "")]
    named += [(f"{entry.path}.name", entry.node.name, entry.node.code) for entry in tree.entries]
    named += [(f"variables[{n}].name", v.name, v.code) for n, v in enumerate(framework.variables)]
    return [
        fault("framework-text-empty", Place(path=f"{path}.{language}", code=code))
        for path, name, code in named
        for language in ("zh", "en")
        if not getattr(name, language).strip()
    ]


def _codes(tree: Outline) -> Iterator[tuple[str, Place]]:
    yield tree.framework.code, Place(path="code", code=tree.framework.code)
    for entry in tree.entries:
        yield entry.node.code, entry.at("code")
    for n, variable in enumerate(tree.framework.variables):
        yield variable.code, Place(path=f"variables[{n}].code", code=variable.code)


def _hidden(code: str) -> bool:
    """Return whether a code holds characters that cannot be seen, such as a zero-width space."""
    return not code.isprintable()
