"""A framework by what a person types: a bundled id, the path of a file, or a study's folder."""

from pathlib import Path

from suanli.framework import Framework, bundled, parse
from suanli.intake.declared import read_declaration
from suanli.intake.folder import MAX_TEXT_BYTES, file_content
from suanli.intake.foundations import read_framework
from suanli.intake.reading.textfiles import decoded
from suanli.problems import FrameworkError, Problem, StudyError, errors

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


def study_framework(folder: Path | str) -> Framework:
    """Return the framework of a study, its changes made; the study's data need not be there.

    Raises
    ------
    StudyError
        If study.yaml or the framework cannot be used, with every problem found.
    """
    root = Path(folder)
    declared, problems = read_declaration(root)
    if declared is None:
        raise StudyError(problems)
    found, more = read_framework(root, declared.declaration)
    problems += more
    if found.framework is None or errors(problems):
        raise StudyError(problems)
    return found.framework
