"""The records of a study before they are opened: the files of each table, contained in its folder and hashed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal, cast

from suanli.framework.findings import nearest
from suanli.framework.units import UnitError, converted, label
from suanli.intake.folder import STUDY_FILE, InputFile, refused, shown
from suanli.intake.records.digest import digest
from suanli.intake.records.engine import CHINA, TableFiles
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.schema import table_schemas
from suanli.intake.records.span import Span
from suanli.intake.records.table_files import Located, check_forms, files_of, tables_in
from suanli.language import LANGUAGES, Text, system_reason
from suanli.problems import Place, Problem, Severity, errors

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a study says that its records are, and how they are written.

    `folder` holds the tables, `files` says where one is if elsewhere, `units` is the unit of a `table.column` where it
    is not the schema's, and `clock` how far the moments are ahead of UTC.
    """

    folder: str = "records"
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    clock: timedelta = CHINA


@dataclass(frozen=True, slots=True)
class RecordSources:
    """The records of a study, ready to be opened.

    `tables` is where each table lies, `span` what is evaluated, `options` the choices within the calibers. `origin` and
    `source` are those of the values that follow from the records, `simulated` whether they are made up. `inputs` is
    every file.
    """

    tables: Mapping[str, TableFiles]
    span: Span
    options: CaliberOptions
    origin: str
    source: str
    inputs: tuple[InputFile, ...]

    @property
    def simulated(self) -> bool:
        """Whether the records are made up."""
        return self.origin == "simulated"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a study's records and the files that they were found in."""

    tables: Mapping[str, TableFiles]
    inputs: tuple[InputFile, ...]


def read_tables(root: Path, wanted: Wanted) -> tuple[Tables | None, list[Problem]]:
    """Return the tables of a study's records, or None if something stands against them, and everything to be said.

    Every file is read once from end to end for its SHA-256; what is in it is looked at when the records are opened.
    """
    try:
        located, problems = _located(root, wanted)
    except OSError as trouble:
        located, problems = {}, [_unreadable(wanted.folder, trouble)]
    units, more = _units(wanted.units)
    problems += more
    if not located and not errors(problems):
        place = Place(file=STUDY_FILE, path="records")
        problems.append(Problem("records-without-tables", Severity.ERROR, place, wanted.folder))
    tables: dict[str, TableFiles] = {}
    inputs: list[InputFile] = []
    for name in (name for name in table_schemas() if name in located):
        more = check_forms(name, located[name])
        problems += more
        if errors(more):
            continue
        files, encodings, more = _digests(located[name])
        problems += more
        inputs += files
        tables[name] = _table(name, located[name], encodings, units.get(name, {}), wanted.clock)
    problems += [
        Problem("records-unit-idle", Severity.WARNING, _unit_place(f"{name}.{column}"), name)
        for name, columns in units.items()
        for column in columns
        if name not in located
    ]
    return (None if errors(problems) else Tables(tables, tuple(inputs))), problems


def _located(root: Path, wanted: Wanted) -> tuple[dict[str, Located], list[Problem]]:
    found: dict[str, Located] = {}
    problems: list[Problem] = []
    if (root / wanted.folder).exists() or not wanted.files:
        found, problems = tables_in(root, wanted.folder)
    for name, paths in wanted.files.items():
        place = Place(file=STUDY_FILE, path=f"records.files.{shown(name)}")
        if name not in table_schemas():
            expected = nearest(name, list(table_schemas()))
            code = "records-table-unknown"
            problems.append(Problem(code, Severity.WARNING, place, shown(name), expected))
            continue
        if name in found:
            problems.append(Problem("records-table-twice", Severity.ERROR, place, name))
            continue
        listed, more = _listed(root, paths)
        problems += more
        if not errors(more):
            found[name] = listed
    return found, problems


def _listed(root: Path, paths: tuple[str, ...]) -> tuple[Located, list[Problem]]:
    problems: list[Problem] = []
    files: dict[str, Path] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for path in paths:
        try:
            located, more = files_of(root, path)
        except OSError as trouble:
            located, more = Located(), [_unreadable(path, trouble)]
        problems += more
        files |= located.files
        keys |= located.keys
    return Located(files, keys), problems


def _unreadable(path: str, trouble: OSError) -> Problem:
    return refused("file-unreadable", path, reason=system_reason(trouble))


def _digests(
    located: Located,
) -> tuple[list[InputFile], dict[str, str], list[Problem]]:
    files: list[InputFile] = []
    encodings: dict[str, str] = {}
    problems: list[Problem] = []
    for path, target in located.files.items():
        found, more = digest(target, path)
        problems += more[: max(_MOST_TOLD - len(problems), 0)]
        if found is not None:
            files.append(found.file)
            if found.encoding != "utf-8":
                encodings[target.as_posix()] = found.encoding
    return files, encodings, problems


def _table(
    name: str,
    located: Located,
    encodings: Mapping[str, str],
    units: Mapping[str, str],
    clock: timedelta,
) -> TableFiles:
    schema = table_schemas()[name]
    known = {column.name for column in schema.columns}
    keys = next(iter(located.keys.values()), ())
    return TableFiles(
        schema=schema,
        paths=tuple(target.as_posix() for target in located.files.values()),
        form=cast("Literal['parquet', 'csv']", Path(next(iter(located.files))).suffix[1:]),
        units=units,
        clock=clock,
        partitions=tuple(dict.fromkeys(key for key in keys if key in known)),
        encodings=encodings,
    )


def _units(stated: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    units: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for name, unit in stated.items():
        table, _, column = name.partition(".")
        trouble = _unit_trouble(name, unit)
        if trouble:
            problems.append(trouble)
        else:
            units.setdefault(table, {})[column] = unit
    return units, problems


def _unit_trouble(name: str, unit: str) -> Problem | None:
    table, _, column = name.partition(".")
    place = _unit_place(name)
    known = [
        f"{schema.name}.{each.name}"
        for schema in table_schemas().values()
        for each in schema.columns
        if each.kind == "number" and each.unit
    ]
    if name not in known:
        expected = nearest(name, known)
        return Problem("records-unit-column", Severity.ERROR, place, shown(name), expected)
    own = table_schemas()[table].column(column).unit
    try:
        converted(1.0, unit, own)
    except UnitError:
        named = {"expected": Text(*(label(own, language) for language in LANGUAGES))}
        return Problem("records-unit-unusable", Severity.ERROR, place, shown(unit), own, named)
    return None


def _unit_place(name: str) -> Place:
    return Place(file=STUDY_FILE, path=f"records.units.{shown(name)}")
