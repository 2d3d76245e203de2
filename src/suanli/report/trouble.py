"""Problems as a person reads them: what, where, what was found, what to do."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.problems import Problem, Severity, in_order

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_INDENT = "    "


def trouble(problems: Sequence[Problem], language: Language) -> RenderableType:
    """Return every problem, gravest first, and their counts; a sentence when there is none."""
    if not problems:
        return Styled(say("report", "trouble-none", language))
    blocks = trouble_lines(in_order(problems), language)
    return Group(*blocks, Styled(counts(problems, language), style="bold"))


def trouble_lines(problems: Sequence[Problem], language: Language) -> list[Styled]:
    """Return problems in the order given, a block each."""
    return [_block(problem, language) for problem in problems]


def counts(problems: Sequence[Problem], language: Language) -> str:
    """Return how many problems of each severity there are, as a sentence."""
    counted = Counter(problem.severity.value for problem in problems)
    return say(
        "report", "trouble-counts", language, **{name.value: counted[name.value] for name in Severity}
    )


def as_json(problem: Problem) -> dict[str, Any]:
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


def _block(problem: Problem, language: Language) -> Styled:
    text = Styled()
    word = say("report", f"severity-{problem.severity.value}", language)
    text.append(word, style=_STYLES[problem.severity])
    if place := str(problem.place):
        text.append(f"  {place}", style="bold")
    text.append(f"\n{_INDENT}{problem.message(language)}")
    evidence = [
        say("report", f"trouble-{name}", language, **{name: shown})
        for name in ("found", "expected")
        if (shown := getattr(problem, name)) and shown not in problem.message(language)
    ]
    if evidence:
        text.append(f"\n{_INDENT}{'  '.join(evidence)}", style="dim")
    text.append(f"\n{_INDENT}→ {problem.action(language)}", style="cyan")
    return text
