"""All data files of a study to observations: files, tables and provenance put together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from suanli.intake.declaration import DataFile, Declaration
from suanli.intake.folder import MAX_DATA_BYTES, STUDY_FILE, InputFile, file_content
from suanli.intake.reading.duplicates import without_duplicates
from suanli.intake.reading.files import Contents, read_contents
from suanli.intake.reading.form import check_form, check_form_lines
from suanli.intake.reading.layout import Wishes, read_headings
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.observed import Defaults, Subject, nothing, observations_of
from suanli.intake.reading.provenance import SCHEMA, provenance_of, with_provenance
from suanli.problems import Place, Problem, Severity, errors


@dataclass(frozen=True, slots=True)
class Data:
    """What the data files hold: observations in the order of regions, periods and codes, and the files."""

    observations: pl.DataFrame
    inputs: tuple[InputFile, ...]


def read_data(
    folder: Path, declaration: Declaration, subject: Subject
) -> tuple[Data, list[Problem]]:
    """Return the observations of every data file of a study, and everything that is wrong with them."""
    problems: list[Problem] = []
    inputs: dict[str, InputFile] = {}
    frames: list[pl.DataFrame] = []
    for position, entry in enumerate(declaration.data):
        defaults, more = _defaults(position, entry, subject)
        problems += more
        content = file_content(folder, entry.file, limit=MAX_DATA_BYTES)
        if isinstance(content, Problem):
            problems.append(replace(content, place=_entry_place(position, entry)))
            continue
        inputs[content.file.path] = content.file
        contents, more = read_contents(content, entry.sheet, defaults.wishes)
        problems += more
        frame, more = _file_observations(contents, subject, defaults)
        problems += more
        origin = entry.origin or ("simulated" if declaration.simulated else "reported")
        said = {"origin": origin, "source": entry.source, "date": entry.date or ""}
        filled, more = _with_sources(contents, frame, subject, said)
        problems += more
        frames.append(filled)
    observations = pl.concat(frames) if frames else nothing()
    distinct, more = without_duplicates(observations)
    return Data(_in_order(distinct, subject), tuple(inputs.values())), problems + more


def _defaults(position: int, entry: DataFile, subject: Subject) -> tuple[Defaults, list[Problem]]:
    columns = entry.columns.model_dump(exclude_none=True)
    wishes = Wishes(entry.layout, columns)
    units, problems = _units_by_code(entry.units, subject.index, f"data[{position}].units")
    if entry.period is not None and entry.period not in subject.periods:
        place = Place(file=STUDY_FILE, path=f"data[{position}].period")
        expected = ", ".join(subject.periods[:10])
        problems.append(
            Problem("period-unknown", Severity.ERROR, place, found=entry.period, expected=expected)
        )
    return Defaults(wishes, entry.period, units), problems


def _units_by_code(
    stated: Mapping[str, str], index: CodeIndex, path: str
) -> tuple[dict[str, str], list[Problem]]:
    units: dict[str, str] = {}
    problems: list[Problem] = []
    for name, unit in stated.items():
        place = Place(file=STUDY_FILE, path=f"{path}.{name}")
        code = index.find(name, place)
        if isinstance(code, Problem):
            problems.append(code)
        elif units.setdefault(code, unit) != unit:
            found = f"{units[code]}, {unit}"
            problems.append(Problem("unit-stated-twice", Severity.ERROR, place, found=found))
    return units, problems


def _file_observations(
    contents: Contents, subject: Subject, defaults: Defaults
) -> tuple[pl.DataFrame, list[Problem]]:
    problems: list[Problem] = []
    frames: list[pl.DataFrame] = []
    if contents.form and contents.tables:
        problems = check_form(contents.form, contents.tables, subject.index)
        if errors(problems):
            return nothing(), problems
    for table in contents.tables:
        if contents.form:
            headings, _ = read_headings(table, defaults.wishes)
            moved = check_form_lines(table, headings, subject.index) if headings else []
            problems += moved
            if errors(moved):
                continue
        frame, more = observations_of(table, subject, defaults)
        frames.append(frame)
        problems += more
    return pl.concat(frames) if frames else nothing(), problems


def _with_sources(
    contents: Contents, frame: pl.DataFrame, subject: Subject, said: Mapping[str, str]
) -> tuple[pl.DataFrame, list[Problem]]:
    page = contents.form.provenance if contents.form else None
    if page is None:
        return with_provenance(frame, pl.DataFrame(schema=dict(SCHEMA)), said), []
    stated, problems = provenance_of(page, subject.index, subject.periods)
    return with_provenance(frame, stated, said), problems


def _in_order(observations: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """Return the observations by period, region and code, in the order of the study and of the framework."""
    axes = {
        "period": subject.periods,
        "region_code": subject.regions.codes,
        "code": tuple(subject.index.units),
    }
    return observations.sort(
        [pl.col(column).cast(pl.Enum(list(axis))) for column, axis in axes.items()],
        maintain_order=True,
    )


def _entry_place(position: int, entry: DataFile) -> Place:
    return Place(file=STUDY_FILE, path=f"data[{position}].file", sheet=entry.sheet or "")
