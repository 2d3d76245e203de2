"""What a returned workbook says of itself, and whether that is a questionnaire of this panel and round."""

from collections.abc import Mapping
from dataclasses import dataclass

from suanli.framework import Framework
from suanli.intake.folder import shown
from suanli.intake.panels.answers import Asked
from suanli.intake.panels.form_cells import FormBook
from suanli.intake.panels.groups import with_all_enabled
from suanli.intake.panels.wording import words
from suanli.intake.questionnaires.asked import asked_pairs
from suanli.intake.questionnaires.groups import codes_digest
from suanli.intake.questionnaires.layout import (
    ELICITATIONS,
    FORMAT,
    HIDDEN_SHEET,
    KIND,
    Elicitation,
    GroupSheet,
    group_sheets,
)
from suanli.language import LANGUAGES, Language
from suanli.problems import Place, Problem, Severity

_MOST_FACTS = 2_000


@dataclass(frozen=True, slots=True)
class Identity:
    """A questionnaire of this panel: whose it is, and the sheets that it must have."""

    expert: str
    elicitation: Elicitation
    language: Language
    sheets: tuple[GroupSheet, ...]


def form_facts(book: FormBook) -> tuple[Mapping[str, str], list[Problem]]:
    """Return what the hidden sheet of a form says, by key, and why it cannot be read."""
    sheet, problems = book.sheet(HIDDEN_SHEET)
    if sheet is None:
        return {}, problems
    lines = range(1, min(len(sheet.rows), _MOST_FACTS) + 1)
    facts = {sheet.text(f"A{line}"): sheet.text(f"B{line}") for line in lines}
    return {key: value for key, value in facts.items() if key}, problems


def form_identity(
    facts: Mapping[str, str], asked: Asked, framework: Framework, file: str, number: int
) -> tuple[Identity | None, list[Problem]]:
    """Return whose form it is and what its sheets are, or every reason why it is not of this panel and round."""
    place = Place(file=file, sheet=HIDDEN_SHEET)
    problems = check_kind(facts, place)
    if problems:
        return None, problems
    problems = check_origin(facts, asked, place, number)
    expert = asked.experts.find(facts.get("expert", ""), place)
    if isinstance(expert, Problem):
        problems.append(expert)
    asked_framework = _asked_framework(facts, framework)
    if asked_framework is None:
        found = shown(facts.get("framework", "")) or "–"
        problems.append(
            Problem("questionnaire-other-framework", Severity.ERROR, place, found, framework.id)
        )
    if asked_framework is None or isinstance(expert, Problem) or problems:
        return None, problems
    return _identity(facts, asked_framework, expert, place)


def check_kind(facts: Mapping[str, str], place: Place) -> list[Problem]:
    """Return an error if a form is no questionnaire, or of a format that is not known."""
    kind, version = facts.get("kind", ""), facts.get("format", "")
    if kind != KIND:
        found = shown(kind) or "–"
        return [Problem("questionnaire-other-form", Severity.ERROR, place, found, KIND)]
    if version != FORMAT:
        found = shown(version) or "–"
        return [Problem("questionnaire-format-unknown", Severity.ERROR, place, found, FORMAT)]
    for key, known in (("elicitation", ELICITATIONS), ("language", LANGUAGES)):
        if facts.get(key) not in known:
            return [_damaged(place, key)]
    return []


def check_origin(
    facts: Mapping[str, str], asked: Asked, place: Place, number: int
) -> list[Problem]:
    """Return errors if a questionnaire was made for another round, or asked in another way."""
    problems: list[Problem] = []
    asks, wanted = facts["elicitation"], asked.rules.elicitation
    # all pairs answer a part of them; a part of them does not answer all
    if asks != wanted and (asks, wanted) != ("pairwise", "incomplete"):
        problems.append(
            Problem(
                "questionnaire-other-elicitation",
                Severity.ERROR,
                place,
                asks,
                wanted,
                {**words("found", [asks]), **words("expected", [wanted])},
            )
        )
    if facts.get("round") != str(number):
        found = shown(facts.get("round", "")) or "–"
        problems.append(
            Problem("questionnaire-other-round", Severity.ERROR, place, found, str(number))
        )
    return problems


def _asked_framework(facts: Mapping[str, str], framework: Framework) -> Framework | None:
    """Return the framework that a form was made for: this one, or this one before anything was disabled."""
    for candidate in (framework, with_all_enabled(framework)):
        if facts.get("codes") == codes_digest(candidate):
            return candidate
    return None


def _identity(
    facts: Mapping[str, str], framework: Framework, expert: str, place: Place
) -> tuple[Identity | None, list[Problem]]:
    elicitation: Elicitation = next(each for each in ELICITATIONS if each == facts["elicitation"])
    language: Language = next(each for each in LANGUAGES if each == facts["language"])
    try:
        pairs = asked_pairs(facts)
        if pairs and elicitation != "incomplete":
            return None, [_damaged(place, "asked")]
        sheets = group_sheets(framework, elicitation, language=language, asked=pairs)
    except (ValueError, IndexError):
        return None, [_damaged(place, "asked")]
    return Identity(expert, elicitation, language, sheets), []


def _damaged(place: Place, key: str) -> Problem:
    return Problem("questionnaire-identity-damaged", Severity.ERROR, place, key)
