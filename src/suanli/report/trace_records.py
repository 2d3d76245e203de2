"""How a value follows from records, for the terminal: sums, coverage, fallbacks, components and the heaviest."""

from collections.abc import Iterator, Sequence

from rich.console import JustifyMethod, RenderableType

from suanli.framework import units
from suanli.language import Language, say, share_text
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled
from suanli.report.words import amount, figure, listed
from suanli.result import Computation, ItemLine

_LEFT = ("record", "part", "level", "name")


def records_shown(found: Computation, language: Language, *, taken: bool) -> list[RenderableType]:
    """Return the sums and everything under them; `taken` is whether the value is the one that counts."""
    heading = say("tracing", "records-title" if taken else "records-besides", language)
    parts: list[RenderableType] = [
        Prose(heading, style="bold"),
        *(Prose(line, indent=2, hang=2) for line in _sums(found, language)),
    ]
    if found.levels:
        lines = [Prose(line, indent=2, hang=2) for line in _levels(found, language)]
        parts.append(titled(say("tracing", "records-levels", language), *lines))
    if found.parts:
        title = say("tracing", "records-parts", language)
        parts.append(titled(title, _parts(found, language)))
    if found.beside:
        lines = [Prose(line, indent=2, hang=2) for line in _beside(found, language)]
        parts.append(titled(say("tracing", "records-beside", language), *lines))
    if found.heaviest:
        title = say(
            *("tracing", "records-heaviest", language),
            shown=len(found.heaviest),
            count=found.used,
        )
        parts.append(titled(title, _items(found, found.heaviest, language)))
    if found.lacking:
        title = say(
            *("tracing", "records-withheld" if found.missing_years else "records-lacking"),
            language,
            shown=len(found.lacking),
            count=found.eligible - found.used,
        )
        parts.append(titled(title, _lacking(found, language)))
    return parts


def _sums(found: Computation, language: Language) -> Iterator[str]:
    def line(key: str, **details: object) -> str:
        return say("tracing", f"records-{key}", language, **details).rstrip()

    yield line("formula", rule=found.rule, formula=found.formula.said(language))
    if found.missing_years:
        yield line("window", count=found.years, years=listed(found.missing_years, language))
    elif found.zero or found.numerator is None:
        yield line("zero" if found.zero else "nothing")
    else:
        yield from _arithmetic(found, language)
    if found.eligible:
        record = (
            found.record_name.said(language)
            if found.record_name
            else say("tracing", "item", language)
        )
        covered = line("coverage", used=found.used, eligible=found.eligible, record=record)
        if found.weight_share is not None:
            covered += line("share", share=share_text(found.weight_share))
        yield covered


def _arithmetic(found: Computation, language: Language) -> Iterator[str]:
    def line(key: str, **details: object) -> str:
        return say("tracing", f"records-{key}", language, **details).rstrip()

    unnamed = say("tracing", "records-amount", language)
    above, below = (
        name.said(language) if name else unnamed
        for name in (found.numerator_name, found.denominator_name)
    )
    numerator = amount(found.numerator, found.numerator_unit, language)
    raw = amount(found.raw, found.raw_unit, language)
    if found.reduction == "sum":
        yield line("sum", name=above, value=numerator)
    else:
        denominator = amount(found.denominator, found.denominator_unit, language)
        yield line("numerator", name=above, value=numerator)
        yield line("denominator", name=below, value=denominator)
        terms = {"above": figure(found.numerator), "below": figure(found.denominator)}
        yield line("quotient", value=raw, **terms)
    value = amount(found.value, found.unit, language)
    if value != raw:  # units may be two spellings of one
        yield line("converted", value=value)


def _levels(found: Computation, language: Language) -> Iterator[str]:
    for each in found.levels:
        share = ""
        if each.share is not None:
            share = say("tracing", "level-share", language, share=share_text(each.share))
        name = each.name.said(language)
        yield say("tracing", "level-line", language, name=name, used=each.used, share=share)


def _beside(found: Computation, language: Language) -> Iterator[str]:
    for each in found.beside:
        yield say(
            *("tracing", "beside-line", language),
            name=each.name.said(language).rstrip("。."),
            value=_beside_value(each.value, each.unit, found.unit, language),
        )


def _beside_value(value: float | None, unit: str, beside: str, language: Language) -> str:
    """Return a figure in its unit; a share that stands beside a percentage is one too."""
    if value is not None and (unit, beside) == ("1", "%"):
        return amount(units.converted(value, unit, beside), beside, language)
    return amount(value, unit, language)


def _parts(found: Computation, language: Language) -> RenderableType:
    sums = "total" if found.reduction == "sum" else "sum"
    table = plain_table(_heads("part", ("name", sums, "share", "items"), language))
    for each in found.parts:
        share = each.numerator / found.numerator if found.numerator else None
        name = each.name.said(language)
        table.add_row(Prose(name), figure(each.numerator), share_text(share), f"{each.used:,}")
    return table


def _items(found: Computation, items: Sequence[ItemLine], language: Language) -> RenderableType:
    sums: tuple[str, ...] = ("amount", "share")
    if found.reduction == "ratio":
        sums = ("numerator", "denominator", "ratio", "share-ratio")
    part = ("part",) if any(each.part for each in items) else ()
    level = ("level",) if found.levels else ()
    columns = ("record", *part, *sums, *level)
    table = plain_table(_heads("item", columns, language))
    levels = {each.level: each.name.said(language) for each in found.levels}
    names = {each.part: each.name.said(language) for each in found.parts}
    for each in items:
        cells: dict[str, RenderableType] = {
            "record": Prose(each.record),
            "part": Prose(names.get(each.part, each.part)),
            "amount": figure(each.numerator),
            "numerator": figure(each.numerator),
            "denominator": figure(each.denominator),
            "ratio": figure(each.ratio),
            "share": share_text(each.share),
            "share-ratio": share_text(each.share),
            "level": Prose(levels.get(each.level, each.level)),
        }
        table.add_row(*(cells[name] for name in columns))
    return table


def _lacking(found: Computation, language: Language) -> RenderableType:
    ratio = found.reduction == "ratio"
    sums = ("numerator", "denominator") if ratio else ("amount",)
    table = plain_table(_heads("item", ("record", *sums, "weight"), language))
    for each in found.lacking:
        amounts = (each.numerator, each.denominator) if ratio else (each.numerator,)
        table.add_row(Prose(each.record), *map(figure, (*amounts, each.weight)))
    return table


def _heads(
    kind: str, columns: Sequence[str], language: Language
) -> Iterator[tuple[str, JustifyMethod]]:
    for name in columns:
        justify: JustifyMethod = "left" if name in _LEFT else "right"
        yield say("tracing", f"{kind}-{name}", language), justify
