"""A study folder to a study: everything read, checked and put together, or every reason why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import polars as pl

from suanli.framework import Framework, Mode
from suanli.intake.checks import plausibility
from suanli.intake.completeness import completeness
from suanli.intake.data import Data, read_data
from suanli.intake.declaration import Declaration
from suanli.intake.declared import Declared, read_declaration
from suanli.intake.folder import STUDY_FILE, InputFile, check_file
from suanli.intake.foundations import check_region_level, read_framework, read_regions
from suanli.intake.grid import ValueGrid, grid_of
from suanli.intake.panels import Panel
from suanli.intake.reading.names import code_index
from suanli.intake.reading.observed import Subject
from suanli.intake.records.sources import RecordSources
from suanli.intake.study_panel import read_study_panel
from suanli.intake.study_records import read_study_records
from suanli.intake.weights import OwnWeights, read_weights
from suanli.language import Text
from suanli.problems import Problem, Severity, StudyError, errors, in_order
from suanli.regions import Regions

_COVERAGE = ("check-coverage-region", "check-coverage-indicator")


@dataclass(frozen=True, slots=True)
class Study:
    """A study that can be scored: what is evaluated, by what, from which data.

    `observations` has a row a value, ordered by period, region and code, with the columns `region_code`, `period`,
    `code`, `value` (in the framework's unit), `origin`, `source`, `date`, `file`, `sheet`, `cell`, `raw_value` and
    `raw_unit` (both as the file has them); `grid` is its dense view over all regions and periods of the study and the
    codes that occur. `weights` are local weights by node from the study's own file, or None; `panel` is the panel of
    experts whose judgements give them, or None. `framework` has the study's `changes` made. `simulated` is whether the
    study declares itself, or any value, the panel or the records are, made up. `problems` are warnings and notes;
    `inputs` every file that was read. `records` are the tables of records from which indicators are computed, or None.
    `simulated_weights` and `fitted` are whether the file of weights says that they are made up, or were fitted to
    published orders.
    """

    name: str
    title: Text
    framework: Framework
    regions: Regions
    periods: tuple[str, ...]
    observations: pl.DataFrame
    grid: ValueGrid
    weights: Mapping[str, float] | None
    panel: Panel | None
    mode: Mode
    seed: int
    as_of: str | None
    simulated: bool
    changes: Mapping[str, object]
    problems: tuple[Problem, ...]
    inputs: tuple[InputFile, ...]
    records: RecordSources | None = None
    simulated_weights: bool = False
    fitted: bool = False


@dataclass(frozen=True, slots=True)
class _Basis:
    """All that a study is made of once nothing stands against it."""

    declared: Declared
    framework: Framework
    regions: Regions
    inputs: tuple[InputFile, ...]

    @property
    def declaration(self) -> Declaration:
        return self.declared.declaration


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a study brings besides data, if anything: weights of its own from a file or a panel, and records."""

    own: OwnWeights | None
    panel: Panel | None
    records: RecordSources | None

    @property
    def simulated(self) -> bool:
        parts = (self.own, self.panel, self.records)
        return any(part is not None and part.simulated for part in parts)

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        files = (self.own.file,) if self.own else ()
        parts = (self.panel, self.records)
        return (*files, *(file for part in parts if part is not None for file in part.inputs))


def read_study(folder: Path | str) -> Study:
    """Return the study in a folder.

    Raises
    ------
    StudyError
        If anything stands against it; the error has every problem found, warnings and notes included.
    """
    study, problems = check_study(folder)
    if study is None:
        raise StudyError(problems)
    return study


def check_study(folder: Path | str) -> tuple[Study | None, tuple[Problem, ...]]:
    """Return the study in a folder, or None if it has errors, and everything that is to be said of it."""
    root = Path(folder)
    declared, problems = read_declaration(root)
    if declared is None:
        return None, in_order(problems)
    basis, more = _basis(root, declared)
    problems += more
    if basis is None:
        return None, in_order([*problems, *_absent(root, declared.declaration)])
    brought, more = _brought(root, basis)
    problems += more
    subject = Subject(basis.regions, basis.declaration.periods, code_index(basis.framework))
    data, more = read_data(root, basis.declaration, subject)
    problems += more
    # an error of reading leaves values out, and what is missing for that reason is not worth a word
    grid = _grid(data, subject)
    if not errors(problems):
        problems += _checks(basis, data, grid)
    if errors(problems):
        return None, in_order(problems)
    return _study(root, basis, data, grid, brought, in_order(problems)), in_order(problems)


def bundled_study(name: str) -> Path:
    """Return the folder of a study that comes with the program.

    Raises
    ------
    KeyError
        If there is none of that name; the message lists those there are.

    >>> bundled_study("open-1.0").name
    'open-1.0'
    """
    names = bundled_studies()
    if name not in names:
        message = f"no bundled study {name!r}; there are: {', '.join(names)}"
        raise KeyError(message)
    return _bundled() / name


def bundled_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with the program.

    >>> bundled_studies()
    ('ccpe-3.0', 'ccpe-3.0-city', 'cpdi-2.0', 'open-1.0')
    """
    folders = (folder for folder in _bundled().iterdir() if (folder / STUDY_FILE).is_file())
    return tuple(sorted(folder.name for folder in folders))


def _bundled() -> Path:
    return Path(str(files("suanli.intake").joinpath("studies")))


def _basis(folder: Path, declared: Declared) -> tuple[_Basis | None, list[Problem]]:
    framework, problems = read_framework(folder, declared.declaration)
    regions, more = read_regions(folder, declared.declaration)
    problems += more
    if framework.framework is None or regions.regions is None or errors(problems):
        return None, problems
    problems += check_region_level(framework.framework, regions.regions)
    inputs = (*framework.inputs, *regions.inputs)
    return _Basis(declared, framework.framework, regions.regions, inputs), problems


def _absent(folder: Path, declaration: Declaration) -> Iterator[Problem]:
    """Yield an error for each file of data or weights that could not be read anyway."""
    named = (*(entry.file for entry in declaration.data), declaration.weights)
    for path in dict.fromkeys(path for path in named if path):
        if trouble := check_file(folder, path):
            yield trouble


def _brought(folder: Path, basis: _Basis) -> tuple[_Brought, list[Problem]]:
    own, problems = _weights(folder, basis)
    panel, more = read_study_panel(folder, basis.declaration, basis.framework)
    problems += more
    records, more = read_study_records(folder, basis.declaration, basis.regions)
    return _Brought(own, panel, records), problems + more


def _weights(folder: Path, basis: _Basis) -> tuple[OwnWeights | None, list[Problem]]:
    path = basis.declaration.weights
    return read_weights(folder, path, basis.framework) if path else (None, [])


def _grid(data: Data, subject: Subject) -> ValueGrid:
    present = set(data.observations["code"].unique())
    codes = tuple(code for code in subject.index.units if code in present)
    return grid_of(data.observations, subject.regions.codes, subject.periods, codes)


def _checks(basis: _Basis, data: Data, grid: ValueGrid) -> list[Problem]:
    regions, periods = basis.regions, basis.declaration.periods
    recorded = basis.declaration.records is not None
    problems = completeness(basis.framework, data.observations, regions, periods, recorded=recorded)
    if errors(problems) or data.observations.is_empty():
        return problems
    found = plausibility(basis.framework, data.observations, grid, regions, periods)
    # what is given covers less than what the records may complete
    return problems + [each for each in found if not (recorded and each.code in _COVERAGE)]


def _study(
    folder: Path,
    basis: _Basis,
    data: Data,
    grid: ValueGrid,
    brought: _Brought,
    problems: tuple[Problem, ...],
) -> Study:
    declaration = basis.declaration
    inputs = (basis.declared.file, *basis.inputs, *data.inputs, *brought.inputs)
    made_up = "simulated" in set(data.observations["origin"].unique())
    return Study(
        name=declaration.name or folder.resolve().name,
        title=declaration.title or basis.framework.title,
        framework=basis.framework,
        regions=basis.regions,
        periods=declaration.periods,
        observations=data.observations,
        grid=grid,
        weights=brought.own.local if brought.own else None,
        panel=brought.panel,
        mode=declaration.mode,
        seed=declaration.seed,
        as_of=declaration.as_of,
        simulated=(
            declaration.simulated or basis.framework.simulated or made_up or brought.simulated
        ),
        changes=declaration.changes,
        problems=tuple(each for each in problems if each.severity is not Severity.ERROR),
        inputs=inputs,
        records=brought.records,
        simulated_weights=brought.own is not None and brought.own.simulated,
        fitted=brought.own is not None and brought.own.fitted,
    )
