"""What study.yaml declares: which index, of which regions and periods, from which files."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError

from suanli.framework import Mode
from suanli.intake.records.options import CaliberOptions
from suanli.language import Text


def _as_text(value: object) -> object:
    """Return a year that YAML read as a number as text; leave the rest to be judged."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _as_paths(value: object) -> object:
    return (value,) if isinstance(value, str) else _as_tuple(value)


_DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def _in_calendar(day: str) -> str:
    """Return the day if the calendar has it; a month or a year counts as its first day."""
    try:
        date.fromisoformat(f"{day}-01-01"[:10] if len(day) < 10 else day)
    except ValueError as trouble:
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": _DAY}) from trouble
    return day


Written: TypeAlias = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=200)]
"""Text; years and dates need no quotation marks."""
Day: TypeAlias = Annotated[Written, Field(pattern=_DAY), AfterValidator(_in_calendar)]
"""A day, a month or a year of the calendar: 2024-12-31, 2024-12 or 2024."""
Path: TypeAlias = Annotated[str, Field(strict=True, min_length=1, max_length=500)]
"""A file's path inside the study's folder, with `/` between folders."""
Origin = Literal["official", "reported", "estimated", "imputed", "simulated"]


class Stated(BaseModel):
    """Base of everything a study declares: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class ColumnNames(Stated):
    """Which heading is which, where the usual ones are not used."""

    region: Written | None = None
    """Heading of the column of regions: names in any usual spelling, or codes."""
    region_code: Written | None = None
    """Heading of the column of region codes, where there is one beside the names."""
    period: Written | None = None
    """Heading of the column of periods."""
    code: Written | None = None
    """Long: heading of the column that says which indicator or variable the value is of."""
    name: Written | None = None
    """Long: heading of the column of names of indicators, where there is one beside the codes."""
    value: Written | None = None
    """Long: heading of the column of values."""
    unit: Written | None = None
    """Long: heading of the column of units."""
    origin: Written | None = None
    """Heading of the column that says where a value comes from: official, reported, estimated, imputed, simulated."""
    source: Written | None = None
    """Heading of the column of sources."""
    date: Written | None = None
    """Heading of the column of dates."""


class DataFile(Stated):
    """One file of data."""

    file: Path
    """The file, relative and inside the study's folder: .csv, .tsv, .xlsx, .xlsm or .parquet."""
    sheet: Written | None = None
    """Excel: the sheet to read; every sheet with data when absent."""
    layout: Literal["long", "wide"] | None = None
    """`long`: a value a line; `wide`: a region a line, an indicator a column. Told from the headings when absent."""
    columns: ColumnNames = ColumnNames()
    """Which heading is which, where it cannot be recognised."""
    period: Written | None = None
    """The period of all values, where the file has no column of periods."""
    units: Mapping[str, Written] = Field(default={}, max_length=5_000)
    """Units by code or name of the indicator, where the file does not state them, or to settle `%` against `1`."""
    origin: Origin | None = None
    """Where the values come from, where a line does not say; `reported` when absent (`simulated` in a simulated
    study)."""
    source: Written = ""
    """Who published the values, where a line does not say."""
    date: Day | None = None
    """The date of the values, where a line does not say."""


def _as_choice(value: object) -> object:
    if isinstance(value, str):
        return {"all": value}
    return {"only": value} if isinstance(value, list) else value


class RecordsDeclaration(Stated):
    """Records from which indicators are computed: where their tables are, and how they are written."""

    folder: Path = "records"
    """The folder of the tables: each is `<table>.parquet`, `<table>.csv`, or a folder `<table>/` of such files."""
    files: Mapping[str, Annotated[tuple[Path, ...], BeforeValidator(_as_paths)]] = Field(
        default={}, max_length=100
    )
    """Where a table is, if elsewhere: a path inside the study's folder, or several; `*` and `**` stand for any name."""
    units: Mapping[str, Written] = Field(default={}, max_length=1_000)
    """Units by `table.column`, where they are not the table's own."""
    times: Literal["local", "UTC"] = "local"
    """What the moments in the tables mean where they state no offset: local time, or UTC."""
    utc_offset: Annotated[float, Field(strict=True, ge=-12, le=14, multiple_of=0.25)] = 8
    """How many hours local time is ahead of UTC; a year begins and ends by local time."""
    origin: Literal["official", "reported", "estimated", "simulated"] | None = None
    """Where the records come from; `reported` when absent (`simulated` in a simulated study)."""
    source: Written = ""
    """Who keeps the records."""
    outlines: Path | None = None
    """A GeoJSON file of outlines of the regions, for centres that have coordinates and name no region."""
    calibers: CaliberOptions = CaliberOptions()
    """Choices where the rule of an indicator leaves one."""


class RegionChoice(Stated):
    """The regions that are evaluated: `provinces`, `prefectures`, a list of some of them, or a mapping."""

    all: Literal["provinces", "prefectures"] | None = None
    """Every region of a bundled list."""
    only: (
        Annotated[
            tuple[Written, ...], BeforeValidator(_as_tuple), Field(min_length=1, max_length=10_000)
        ]
        | None
    ) = None
    """Some of the provinces or prefectures, by name or code."""
    file: Path | None = None
    """A CSV file of the study's own list: columns `code` and `name_zh` or `name_en`, and optional ones; with `members`,
    groups of provinces, prefectures and counties, into which records are added up."""
    grouping: Written | None = None
    """The groups of a bundled grouping of provinces, such as economic-belts, into which records are added up; only
    with `records`."""


class Declaration(Stated):
    """A study as declared by its study.yaml."""

    suanli: Literal[1]
    """Version of the format: 1."""
    name: Annotated[Written, Field(pattern=r"^[^/\\\x00-\x1f]+$")] | None = None
    """Name of the study; that of its folder when absent."""
    title: Text | None = None
    """Title in both languages; the framework's when absent."""
    framework: Path
    """The id of a bundled framework, or a framework file in the folder (a name that ends in .yaml or .yml)."""
    regions: Annotated[RegionChoice, BeforeValidator(_as_choice)]
    """The regions that are evaluated: all provinces, all prefectures, some of them by name or code, or a list of the
    study's own in a file."""
    periods: Annotated[
        tuple[Written, ...], BeforeValidator(_as_tuple), Field(min_length=1, max_length=500)
    ]
    """The periods, earliest first."""
    mode: Mode = "official"
    """`official` follows the framework to the letter; `audit` also treats outliers."""
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 0
    """Seed of everything random."""
    as_of: Day | None = None
    """The day the study speaks of."""
    simulated: Annotated[bool, Field(strict=True)] = False
    """Whether the data are made up; every page of the result then says so."""
    data: Annotated[tuple[DataFile, ...], BeforeValidator(_as_tuple), Field(max_length=1_000)] = ()
    """The files of data; there may be none where there are records."""
    records: RecordsDeclaration | None = None
    """Records from which indicators are computed."""
    weights: Path | None = None
    """A CSV file of local weights with the columns `node` and `weight`; the framework's rule when absent."""
    panel: Path | None = None
    """A panel of experts whose judgements give the weights: its folder or panel.yaml inside the study's folder, or
    `demonstration` for the simulated panel that comes with the framework."""
    changes: Mapping[str, object] = Field(default={}, max_length=1_000)
    """Changes to the framework by path, such as `normalisation/method: z-score`."""
