"""Weights of one matrix by every method, and how consistent its judgements are."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.assessed import Assessed
from suanli.report.prose import Prose
from suanli.report.tables import plain_table
from suanli.report.words import BAR_WIDTH, bar, number
from suanli.report.wrapping import width

_DECIMALS = 4
_SHORTEST_BAR = 6
_GAP = 2


def weights(found: Assessed, language: Language, columns: int) -> RenderableType:
    """Return a row an item: weight and bar by the chosen method, then the other methods; the bar takes what is left."""
    heads = [say("ahp", f"head-{name}", language) for name in (found.method, *found.other_methods)]
    chosen = [float(weight) for weight in found.weights]
    beside = [[float(weight) for weight in each] for each in found.other_methods.values()]
    taken = _widest(found.labels) + sum(_widest(head.split("\n")) + _GAP for head in heads) + _GAP
    room = max(_SHORTEST_BAR, min(BAR_WIDTH, columns - taken))
    table = plain_table(
        [
            (say("ahp", "item", language), "left"),
            (heads[0], "right"),
            ("", "left"),
            *((head, "right") for head in heads[1:]),
        ]
    )
    for place, label in enumerate(found.labels):
        table.add_row(
            Prose(label),
            Styled(number(chosen[place], _DECIMALS), style="bold"),
            _bar(chosen[place], max(chosen), room),
            *(number(each[place], _DECIMALS) for each in beside),
        )
    return table


def consistency(found: Assessed, language: Language) -> list[RenderableType]:
    """Return what the indices say: the eigenvalue, the random index used, CR and GCI with their limits."""
    n = len(found.labels)
    if n < 3:
        return [Prose(say("ahp", "ratio-small", language))]
    shown = {
        name: number(getattr(found, name), _DECIMALS)
        for name in ("lambda_max", "ci", "ri", "cr", "gci", "gci_limit")
    }
    lines: list[RenderableType] = [Prose(say("ahp", "eigenvalue", language, **shown))]
    if found.missing and not found.ri:
        return [*lines, Prose(say("ahp", "ratio-tree", language), style="yellow")]
    table = say("result", f"panel_table_{found.ri_table}", language)
    key = "index-missing" if found.missing else "index"
    details = {"table": table, "n": n, "missing": len(found.missing)}
    lines.append(Prose(say("ahp", key, language, ri=shown["ri"], **details)))
    lines.append(
        _verdict(
            ("ratio-within", "ratio-beyond"),
            language,
            beyond=found.cr > found.cr_limit,
            **shown,
            limit=f"{found.cr_limit:.2f}",
        )
    )
    lines.append(
        _verdict(
            ("geometric-within", "geometric-beyond"),
            language,
            beyond=found.gci > found.gci_limit,
            **shown,
            limit=shown["gci_limit"],
        )
    )
    if found.method != "eigenvector":
        words = {
            "method": say("result", f"panel_method_{found.method}", language),
            "estimate": number(found.lambda_estimate, _DECIMALS),
            "cr": number(found.cr_estimate, _DECIMALS),
        }
        lines.append(Prose(say("ahp", "estimate", language, **words), style="dim"))
    return lines


def _verdict(keys: tuple[str, str], language: Language, *, beyond: bool, **words: str) -> Prose:
    """Return what is said of an index within or beyond its limit."""
    within, above = keys
    words_key, style = (above, "yellow") if beyond else (within, "green")
    return Prose(say("ahp", words_key, language, **words), style=style)


def _bar(weight: float, highest: float, room: int) -> Styled:
    """Return a bar whose longest is `room` columns."""
    return bar(weight, highest * BAR_WIDTH / room)[:room]


def _widest(texts: Sequence[str]) -> int:
    return max(map(width, texts))
