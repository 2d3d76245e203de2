"""Which files are a table of records: one file, a folder of parts, or what a pattern names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from suanli.framework.findings import nearest
from suanli.intake.folder import contained, leads_out, refused, shown
from suanli.intake.records.parts import matched
from suanli.intake.records.schema import table_schemas
from suanli.problems import Place, Problem, Severity, errors

MOST_FILES = 100_000
"""Most files that are looked at for one table."""
FORMS = (".parquet", ".csv")
"""Endings of files of records."""
_DEEPEST = 12
_PATTERN = re.compile(r"[*?\[]")
_HIDDEN = (".", "_")
_KEY = re.compile(r"^([^=]+)=")


@dataclass(frozen=True, slots=True)
class Located:
    """Files of one table by their paths in the study; `keys` are the columns that the names of folders give each."""

    files: Mapping[str, Path] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def tables_in(root: Path, folder: str) -> tuple[dict[str, Located], list[Problem]]:
    """Return the tables in the folder of records of a study, and what is wrong there.

    A table is `<table>.parquet`, `<table>.csv` or a folder `<table>/`; hidden files are passed over, others are warned
    of.
    """
    home = contained(root, folder)
    if isinstance(home, Problem):
        return {}, [home]
    if not home.is_dir():
        return {}, [refused("records-not-a-folder", folder)]
    found: dict[str, Located] = {}
    problems: list[Problem] = []
    for entry in sorted(home.iterdir()):
        if entry.name.startswith(_HIDDEN):
            continue
        path = f"{folder.rstrip('/')}/{entry.name}"
        name = entry.name if entry.is_dir() else entry.stem
        if trouble := _misnamed(entry, name, path):
            problems.append(trouble)
            continue
        located, more = files_of(root, path)
        problems += more
        if name in found:
            problems.append(_twice(name, path))
        if not errors(more):
            found.setdefault(name, located)
    return found, problems


def files_of(root: Path, path: str) -> tuple[Located, list[Problem]]:
    """Return the files that a path names: a file, a folder with all that is in it, or a pattern with `*` and `**`."""
    if leads_out(path):
        return Located(), [refused("path-outside", path)]
    path = path.removeprefix("./").rstrip("/")
    target = contained(root, path)
    if isinstance(target, Problem) and _PATTERN.search(path):
        return _matching(root, path)
    if isinstance(target, Path) and target.is_dir():
        return _in_folder(root, path)
    return _collected(root, [path], path)


def _misnamed(entry: Path, name: str, path: str) -> Problem | None:
    """Return what is wrong with the name of a file or a folder among the tables, if it is none of a table."""
    known = table_schemas()
    if entry.is_dir() and entry.suffix in FORMS and entry.stem in known:
        return refused("records-folder-ending", path, table=entry.stem)
    if name in known and (entry.is_dir() or entry.suffix in FORMS):
        return None
    place, expected = Place(file=shown(path)), nearest(name, list(known))
    return Problem("records-file-unknown", Severity.WARNING, place, shown(entry.name), expected)


def check_forms(table: str, located: Located) -> list[Problem]:
    """Return what is wrong with the files of a table together: none, two formats, or folders that differ."""
    place = Place(file=shown(next(iter(located.files), "")), code=table)
    if not located.files:
        return [Problem("records-table-empty", Severity.ERROR, place, found=table)]
    endings = {Path(path).suffix for path in located.files}
    if len(endings) > 1:
        found = ", ".join(sorted(endings))
        return [Problem("records-two-formats", Severity.ERROR, place, found, table)]
    named = {name for keys in located.keys.values() for name in keys}
    for column, (*_, name) in matched(sorted(named), table_schemas()[table]).items():
        if name != column:
            return [Problem("records-folder-column", Severity.ERROR, place, shown(name), column)]
    if len(set(located.keys.values())) > 1:
        return [Problem("records-folders-differ", Severity.ERROR, place, found=table)]
    return []


def _matching(root: Path, pattern: str) -> tuple[Located, list[Problem]]:
    steps = pattern.split("/")
    fixed = next(place for place, step in enumerate(steps) if _PATTERN.search(step))
    base = "/".join(steps[:fixed])
    start = contained(root, base or ".")
    if isinstance(start, Problem):
        return Located(), [start]
    unusable = refused("records-pattern-unusable", pattern, limit=_DEEPEST)
    if len(steps) - fixed > _DEEPEST:
        return Located(), [unusable]
    try:
        entries = sorted(start.glob("/".join(steps[fixed:])))
    except (ValueError, OSError):
        return Located(), [unusable]
    prefix = f"{base}/" if base else ""
    paths = [prefix + entry.relative_to(start).as_posix() for entry in entries]
    return _collected(root, (path for path in paths if path.endswith(FORMS)), base)


def _in_folder(root: Path, folder: str) -> tuple[Located, list[Problem]]:
    strange: list[str] = []
    paths = list(_walked(root / folder, folder, strange, 0))
    located, problems = _collected(root, paths, folder)
    problems += [
        Problem(
            *("records-file-unknown", Severity.WARNING, Place(file=shown(path))),
            *(shown(path), ", ".join(f"*{form}" for form in FORMS)),
        )
        for path in strange[:5]
    ]
    return located, problems


def _walked(folder: Path, path: str, strange: list[str], depth: int) -> Iterator[str]:
    """Yield the files below a folder in order of their paths; a link to a folder is not followed."""
    for entry in sorted(folder.iterdir()):
        below = f"{path}/{entry.name}"
        if entry.name.startswith(_HIDDEN):
            continue
        if entry.is_dir() and not entry.is_symlink() and depth < _DEEPEST:
            yield from _walked(entry, below, strange, depth + 1)
        elif entry.suffix in FORMS and not entry.is_dir():
            yield below
        else:
            strange.append(below)


def _collected(
    root: Path, paths: Iterator[str] | list[str], base: str
) -> tuple[Located, list[Problem]]:
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        if len(files) == MOST_FILES:
            problems.append(
                refused("records-too-many-files", base or path, limit=f"{MOST_FILES:,}")
            )
            break
        target = _readable(root, path)
        if isinstance(target, Problem):
            problems.append(target)
        else:
            files[path] = target
    return Located(files, {path: _keys(path, base) for path in files}), problems


def _readable(root: Path, path: str) -> Path | Problem:
    """Return where a file is, or the problem that forbids reading it; engines take paths in UTF-8 only."""
    target = contained(root, path)
    if isinstance(target, Problem):
        return target
    if not target.is_file():
        return refused("file-not-regular", path)
    try:
        target.as_posix().encode()
    except UnicodeEncodeError:
        place = Place(file=shown(path))
        return Problem("path-not-utf8", Severity.ERROR, place, shown(target.as_posix(), 200))
    return target


def _keys(path: str, base: str) -> tuple[str, ...]:
    """Return the columns to which folders between a base and a file give a value by their names, `column=value`."""
    folders = path.removeprefix(base).split("/")[:-1]
    return tuple(named[1] for each in folders if (named := _KEY.match(each)))


def _twice(table: str, path: str) -> Problem:
    place = Place(file=shown(path), code=table)
    return Problem("records-table-twice", Severity.ERROR, place, found=table)
