"""All returned files of all rounds: every answer, every form once, every expert under one spelling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from suanli.intake.folder import InputFile
from suanli.intake.panels.answers import Answer, Key
from suanli.intake.panels.files import source_content
from suanli.intake.panels.forms import Form
from suanli.intake.panels.returned import Questions, read_returned
from suanli.intake.panels.round_folders import Rounds
from suanli.intake.reading.headers import normal
from suanli.problems import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers of a panel as given, the forms they came on, and the files."""

    answers: tuple[Answer, ...] = ()
    spoilt: frozenset[Key] = frozenset()
    forms: tuple[Form, ...] = ()
    inputs: tuple[InputFile, ...] = ()

    @property
    def experts(self) -> frozenset[str]:
        """Everyone who returned something, be it empty."""
        return frozenset(
            (*(each.expert for each in self.answers), *(form.expert for form in self.forms))
        )


def gathered_answers(rounds: Rounds, questions: Questions) -> tuple[Gathered, list[Problem]]:
    """Return the answers in the files of every round, and everything that is wrong with any file."""
    answers: list[Answer] = []
    spoilt: set[Key] = set()
    forms: list[Form] = []
    inputs: dict[str, InputFile] = {}
    problems: list[Problem] = []
    for number, sources in enumerate(rounds, start=1):
        here = replace(questions, round=number, only_round=len(rounds) == 1)
        for source in sources:
            content = source_content(source)
            if isinstance(content, Problem):
                problems.append(content)
                continue
            inputs[source.name] = content.file
            read, more = read_returned(source, content, here)
            problems += more
            again = check_form_once(read.form, forms) if read.form else []
            problems += again
            if again:
                continue
            forms += [read.form] if read.form else []
            answers += read.answers.given
            spoilt |= read.answers.spoilt
    named = [each.expert for each in answers] + [form.expert for form in forms]
    spelt = _spelling([*named, *(expert for _, expert, _ in spoilt)])
    return (
        Gathered(
            tuple(replace(each, expert=spelt[each.expert]) for each in answers),
            frozenset((number, spelt[expert], node) for number, expert, node in spoilt),
            tuple(replace(form, expert=spelt[form.expert]) for form in forms),
            tuple(inputs.values()),
        ),
        problems,
    )


def check_form_once(form: Form, earlier: Sequence[Form]) -> list[Problem]:
    """Return an error if an expert's form of a round was returned before, answered otherwise; a note if answered so."""
    for other in earlier:
        if (normal(other.expert), other.round) != (normal(form.expert), form.round):
            continue
        place = Place(file=form.file)
        details = {"expert": form.expert}
        if form.content == other.content:
            code, severity = "questionnaire-returned-twice", Severity.NOTE
        else:
            code, severity = "questionnaire-returned-differently", Severity.ERROR
            details["count"] = str(len(form.content ^ other.content))
        return [Problem(code, severity, place, other.file, details=details)]
    return []


def _spelling(experts: Iterable[str]) -> dict[str, str]:
    """Return one spelling for all that differ in letter case, width or spaces only: the first in order."""
    names = sorted(set(experts))
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(normal(name), name)
    return {name: first[normal(name)] for name in names}
