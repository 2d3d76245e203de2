"""A whole simulated study: its declaration, its records, and what it says of itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from suanli.framework import Framework, bundled
from suanli.intake.records.schema import table_schemas
from suanli.intake.records.writing import FOLDER, StudyPath, new_study_folder
from suanli.intake.yaml_lines import comment, quoted
from suanli.language import Language, Text, pair, say
from suanli.problems import Place, Problem, Severity, StudyError
from suanli.regions import prefectures, provinces
from suanli.simulation.profiles import simulated_ids
from suanli.simulation.sizes import SIZES, SizeName
from suanli.simulation.solving import UnsolvedError
from suanli.simulation.tables import record_tables
from suanli.simulation.targets import Targets, targets

STUDY, SOURCE = "study.yaml", "SOURCE.md"
FIRST_YEAR, LAST_YEAR = 2015, 2035
"""Years that can be simulated; farther from the published facts, assumed movements say nothing any more."""
_EFFORT = {"small": 19, "medium": 3, "large": 1}
_MOST_SEED = 2**32 - 1

Progress = Callable[[str, int], None]
"""What is called after each part, with the table and how many rows of it are written."""


@dataclass(frozen=True, slots=True)
class SimulatedStudy:
    """A study that was written: its folder, and the rows of each table."""

    folder: StudyPath
    title: Text
    rows: Mapping[str, int]


def simulated_study(
    framework_id: str,
    year: int,
    folder: StudyPath,
    *,
    size: SizeName = "small",
    seed: int = 1,
    progress: Progress | None = None,
) -> SimulatedStudy:
    """Write a study with simulated records of a year and the year before, and return what was written.

    The folder holds study.yaml, SOURCE.md and the tables in Parquet; it appears when all of it is there. The same
    version, command and kind of machine give the same bytes; another processor may turn the linear programme to
    another vertex.

    Parameters
    ----------
    framework_id
        A bundled framework that values can be simulated for.
    year
        The last period.
    folder
        Must be absent or empty.
    size
        `small` (some hundred centres), `medium` or `large` (about 10⁸ meter readings).
    seed
        Of all random numbers, from 0 to 2³² - 1.
    progress
        Called after each part that is written.

    Raises
    ------
    FrameworkError
        If there is no such framework.
    StudyError
        If values cannot be simulated for the framework, the year or the seed, or the folder cannot be written.
    """
    framework = bundled(framework_id)
    if problems := check_simulation(framework_id, year, seed):
        raise StudyError(problems)
    command = f"suanli simulate {framework_id} --year {year} --size {size} --seed {seed}"
    title = _title(framework, year)
    with new_study_folder(folder, effort=_EFFORT[size]) as written:
        aimed = _targets(framework_id, year, seed)
        for table, part, frame in record_tables(aimed, SIZES[size], seed=seed):
            written.write_part(table, part, frame)
            if progress is not None:
                progress(table, written.rows[table])
        written.write_text(STUDY, "\n".join(_study_lines(aimed, title, seed)) + "\n")
        written.write_text(SOURCE, _source(framework, command, written.rows))
        rows = written.rows
    return SimulatedStudy(folder, title, rows)


def check_simulation(framework_id: str, year: int, seed: int) -> list[Problem]:
    """Return an error for a framework without simulated values, a year out of reach, or a seed that is not one."""
    problems = []
    if framework_id not in simulated_ids():
        known = ", ".join(simulated_ids())
        problems.append(_error("simulation-framework", framework_id, known))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append(_error("simulation-year", str(year), f"{FIRST_YEAR}–{LAST_YEAR}"))
    if not 0 <= seed <= _MOST_SEED:
        problems.append(_error("simulation-seed", str(seed), f"0–{_MOST_SEED}"))
    return problems


def _targets(framework_id: str, year: int, seed: int) -> Targets:
    try:
        return targets(framework_id, year, seed=seed)
    except UnsolvedError as trouble:
        place = Place(code=framework_id)
        details = {"reason": str(trouble)}
        problem = Problem("simulation-unsolved", Severity.ERROR, place, str(seed), details=details)
        raise StudyError([problem]) from trouble


def _error(code: str, found: str, expected: str) -> Problem:
    return Problem(code, Severity.ERROR, Place(), found=found, expected=expected)


def _title(framework: Framework, year: int) -> Text:
    zh, en = framework.title.zh, framework.title.en
    return Text(
        say("simulation", "title", "zh", framework=zh, before=year - 1, year=year),
        say("simulation", "title", "en", framework=en, before=year - 1, year=year),
    )


def _region_lines(aimed: Targets) -> Iterator[str]:
    """Yield all regions of the level by its name, or the codes of those that are evaluated."""
    bundled_list = {"province": provinces, "prefecture": prefectures}[aimed.regions.level]()
    if aimed.regions.codes == bundled_list.codes:
        yield f"regions: {aimed.regions.level}s"
        return
    yield "regions:"
    for region in aimed.regions.members:
        yield f"  - {quoted(region.code)}   # {region.name.zh}"


def _study_lines(aimed: Targets, title: Text, seed: int) -> Iterator[str]:
    framework = aimed.framework
    yield from comment("simulation", "study-head", "zh")
    yield "suanli: 1"
    yield f"name: {quoted(f'{framework.id}-simulated-{aimed.periods[-1]}')}"
    yield "title:"
    yield f"  zh: {quoted(title.zh)}"
    yield f"  en: {quoted(title.en)}"
    yield f"framework: {quoted(framework.id)}"
    yield from _region_lines(aimed)
    yield f"periods: [{', '.join(quoted(period) for period in aimed.periods)}]"
    yield "mode: official"
    yield f"seed: {seed}"
    yield f"as_of: {quoted(f'{aimed.periods[-1]}-12-31')}"
    yield from comment("simulation", "study-simulated", "zh")
    yield "simulated: true"
    yield from comment("simulation", "study-records", "zh")
    yield "records:"
    yield f"  folder: {FOLDER}"
    yield "  times: local"
    yield "  utc_offset: 8"
    yield "  origin: simulated"
    source = pair("simulation", "source")
    yield f"  source: {quoted(f'{source.zh} / {source.en}')}"


def _source(framework: Framework, command: str, rows: Mapping[str, int]) -> str:
    """Return what the study says of itself, in Chinese and in English."""
    parts = [f"# {say('simulation', 'note-title', 'zh')} / {say('simulation', 'note-title', 'en')}"]
    languages: tuple[Language, Language] = ("zh", "en")
    for language in languages:
        name = framework.title.said(language)
        parts += ["", say("simulation", "note", language, framework=name).strip()]
        parts += [
            "",
            say("simulation", "asked", language, command=command),
            "",
            say("simulation", "note-rows", language),
            "|---|---|---:|",
        ]
        parts += [
            f"| `{table}` | {table_schemas()[table].title.said(language)} | {count:,} |"
            for table, count in rows.items()
        ]
    return "\n".join(parts) + "\n"
