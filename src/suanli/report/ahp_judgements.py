"""Judgements of one matrix to look at again: circular ones, those far from the weights, missing ones."""

from collections.abc import Sequence

from rich.console import RenderableType

from suanli.language import Language, ratio_text, say
from suanli.report.assessed import Assessed, Strayed
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled
from suanli.report.words import number
from suanli.result.grades import grade_of

_LISTED = 10
_EXACT = 1e-9
_SMALL = 0.1


def cycles(found: Assessed, language: Language) -> list[RenderableType]:
    """Return the circular preferences, with `=` where two items of one are judged equal."""
    if len(found.labels) < 3:
        return []
    if not found.cycles:
        return [Prose(say("ahp", "cycles-none", language))]
    judged = [list(row) for row in found.judgements]
    lines: list[RenderableType] = []
    for cycle in found.cycles[:_LISTED]:
        words = found.labels[cycle[0]]
        for one, other in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            sign = ">" if judged[one][other] > 1 + _EXACT else "="
            words += f" {sign} {found.labels[other]}"
        lines.append(Prose(words, indent=2, hang=2))
    count = len(found.cycles)
    title = say("ahp", "cycles-title", language, count=count)
    return [titled(title, *lines, *_more(count, language))]


def worst(found: Assessed, scale: str | None, language: Language) -> list[RenderableType]:
    """Return the judgements farthest from the weights, each the way round in which it is at least 1.

    Under a scale the grade that was written stands beside the ratio that it was read as.
    """
    if len(found.labels) < 3:
        return []
    if not found.worst:
        return [Prose(say("ahp", "worst-none", language))]
    graded = ("grade",) if scale is not None else ()
    table = plain_table(
        (say("ahp", f"worst-{name}", language), "left" if name == "pair" else "right")
        for name in ("pair", *graded, "judgement", "consistent", "times")
    )
    for each in found.worst:
        item, other, judged, consistent = _upright(each)
        times = max(judged / consistent, consistent / judged)
        table.add_row(
            Prose(_pair(found.labels, item, other, language)),
            *(
                [ratio_text(grade_of(judged, scale, len(found.labels)))]
                if scale is not None
                else []
            ),
            ratio_text(judged),
            plain(consistent),
            number(times, 2),
        )
    return [titled(say("ahp", "worst-title", language), table)]


def missing(found: Assessed, language: Language) -> list[RenderableType]:
    """Return what the chosen method puts in place of missing judgements."""
    if not found.missing:
        return []
    lines = [
        Prose(
            f"{_pair(found.labels, each.row, each.column, language)} ≈ {plain(each.value)}",
            indent=2,
            hang=2,
        )
        for each in found.missing[:_LISTED]
    ]
    method = say("result", f"panel_method_{found.method}", language)
    title = say("ahp", "missing-title", language, method=method)
    return [titled(title, *lines, *_more(len(found.missing), language))]


def plain(value: float) -> str:
    """Return a computed ratio at two decimals, a small one at two digits.

    >>> plain(1.1275), plain(0.0546)
    ('1.13', '0.055')
    """
    return number(value, 2) if value >= _SMALL else f"{value:.2g}"


def _upright(each: Strayed) -> tuple[int, int, float, float]:
    if each.judgement >= 1:
        return each.row, each.column, each.judgement, each.consistent
    return each.column, each.row, 1 / each.judgement, 1 / each.consistent


def _pair(labels: Sequence[str], item: int, other: int, language: Language) -> str:
    return say("ahp", "pair", language, item=labels[item], other=labels[other])


def _more(count: int, language: Language) -> list[Prose]:
    if count <= _LISTED:
        return []
    return [Prose(say("ahp", "more", language, count=count - _LISTED), indent=2, style="dim")]
