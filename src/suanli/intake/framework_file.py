"""A framework by what a person types: a bundled id, or the path of a file."""

from pathlib import Path

from suanli.framework import Framework, bundled, parse
from suanli.intake.folder import MAX_TEXT_BYTES, file_content
from suanli.intake.reading.textfiles import decoded
from suanli.problems import FrameworkError, Problem

_SUFFIXES = (".yaml", ".yml")


def framework_named(name: str) -> Framework:
    """Return a bundled framework by its id, or the one that a YAML file declares.

    Raises
    ------
    FrameworkError
        If there is no such framework, or the file cannot be read or used, with every problem found.
    """
    if not name.endswith(_SUFFIXES):
        return bundled(name)
    path = Path(name)
    content = file_content(path.parent, path.name, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        raise FrameworkError([content])
    text, problems = decoded(content)
    if text is None:
        raise FrameworkError(problems)
    return parse(text, file=name)
