"""The vocabulary of trouble: what is wrong, where, how grave, and what to do; imports only the language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from suanli.language import Language, Text, entries, say


class Severity(StrEnum):
    """How grave a problem is: an error stops the run, a warning needs a look, a note is for the record."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is; every part is empty when it does not apply.

    `path` is a path inside a YAML file such as `children[0].weight`; `cell` is a spreadsheet address such as `C7`,
    or `line 7` in a text file.

    >>> str(Place(file="data.xlsx", sheet="算力", cell="C7"))
    'data.xlsx · 算力 · C7'
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    path: str = ""
    region: str = ""
    period: str = ""
    code: str = ""

    def __str__(self) -> str:
        """Join the parts that apply."""
        parts = (self.file, self.sheet, self.cell, self.path, self.region, self.period, self.code)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code of the `problems` catalogue, its place, and the details its text needs.

    `found` and `expected` are literal evidence (a value, a unit, a list of names), shown beside the message in
    either language.
    """

    code: str
    severity: Severity
    place: Place = Place()
    found: str = ""
    expected: str = ""
    details: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def message(self, language: Language) -> str:
        """Return what is wrong, as a sentence."""
        return say("problems", self.code, language, **self.words(language))

    def action(self, language: Language) -> str:
        """Return what to do about it, as a sentence."""
        return entries("problems")[self.code][f"action_{language}"].format_map(self.words(language))

    def words(self, language: Language) -> dict[str, object]:
        """Return what the sentences quote; a detail in both languages is said in theirs."""
        details = {
            name: detail.said(language) if isinstance(detail, Text) else detail
            for name, detail in self.details.items()
        }
        return {"found": self.found, "expected": self.expected, **details}


class SuanliError(Exception):
    """Work that cannot go on, with every problem that was found before stopping."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__("\n".join(_line(problem) for problem in self.problems))


class FrameworkError(SuanliError):
    """A framework that cannot be used."""


class RegionError(SuanliError):
    """A region that is unknown, ambiguous or not covered."""


class StudyError(SuanliError):
    """A study folder or its data that cannot be used."""


class ScoringError(SuanliError):
    """Data that a framework's rules cannot score."""


class ResultError(SuanliError):
    """A result folder that cannot be read, written or compared."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems, gravest first, otherwise in the order they were found."""
    return tuple(sorted(problems, key=lambda problem: _GRAVITY[problem.severity]))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a run."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _line(problem: Problem) -> str:
    place = f"{problem.place}: " if str(problem.place) else ""
    return f"{place}{problem.message('en')} {problem.action('en')}".rstrip()
