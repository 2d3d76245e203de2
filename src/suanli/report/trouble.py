"""Problems as a person reads them: what, where, what was found, what to do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.problems import Problem, Severity, in_order
from suanli.report.places import place_words
from suanli.report.prose import Prose

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_INDENT = 4
_REMAINDERS = frozenset({"check-more", "more-of-the-same"})
"""Codes of problems that count those of a kind which are not listed."""


def trouble(problems: Sequence[Problem], language: Language) -> RenderableType:
    """Return every problem, gravest first, and their counts where there are several; a sentence when there is none."""
    if not problems:
        return Styled(say("report", "trouble-none", language))
    blocks = trouble_blocks(in_order(problems), language)
    if len(problems) == 1:
        return blocks[0]
    return Group(*blocks, Styled(counts(problems, language), style="bold"))


def findings(problems: Sequence[Problem], language: Language) -> RenderableType:
    """Return every problem that a check found, gravest first, and always their counts."""
    if not problems:
        return trouble(problems, language)
    blocks = trouble_blocks(in_order(problems), language)
    return Group(*blocks, Styled(counts(problems, language), style="bold"))


def trouble_blocks(problems: Sequence[Problem], language: Language) -> list[RenderableType]:
    """Return problems in the order given, a block each."""
    return [Group(*_block(problem, language)) for problem in problems]


def counts(problems: Sequence[Problem], language: Language) -> str:
    """Return how many problems of each severity there are, as a sentence.

    A problem that stands for more of the same kind counts as many as it stands for.
    """
    counted: Counter[str] = Counter()
    for problem in problems:
        counted[problem.severity.value] += occurrences(problem)
    return say(
        "report",
        "trouble-counts",
        language,
        **{name.value: counted[name.value] for name in Severity},
    )


def occurrences(problem: Problem) -> int:
    """Return how many problems one stands for: those left out of a list are told as one.

    >>> occurrences(Problem("check-more", Severity.WARNING, found="52"))
    52
    """
    if problem.code in _REMAINDERS and problem.found.isdecimal():
        return int(problem.found)
    return 1


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem for programs, in both languages."""
    place = problem.place
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        **{
            name: getattr(place, name)
            for name in ("file", "sheet", "cell", "path", "region", "period")
        },
        "indicator": place.code,
        "found": problem.found,
        "expected": problem.expected,
        "message": {"zh": problem.message("zh"), "en": problem.message("en")},
        "action": {"zh": problem.action("zh"), "en": problem.action("en")},
    }


def _block(problem: Problem, language: Language) -> Iterator[Prose]:
    head = Styled(
        say("report", f"severity-{problem.severity.value}", language),
        style=_STYLES[problem.severity],
    )
    if place := place_words(problem.place, language):
        head = Styled.assemble(head, "  ", (place, "bold"))
    yield Prose(head, hang=_INDENT)
    message, action = problem.message(language), problem.action(language)
    yield Prose(message, indent=_INDENT)
    evidence = [
        say("report", f"trouble-{name}", language, **{name: shown})
        for name in ("found", "expected")
        # what is quoted in the language of the sentences is not repeated in another
        if name not in problem.details
        and (shown := getattr(problem, name))
        and shown not in message + action
    ]
    if evidence:
        yield Prose("  ".join(evidence), indent=_INDENT, style="dim")
    if action:
        yield Prose(f"→ {action}", indent=_INDENT, hang=2, style="cyan")
