"""How a value follows from records, for the terminal: sums, coverage, fallbacks, components and the heaviest."""

from collections.abc import Iterator, Sequence

from rich.console import JustifyMethod, RenderableType

from suanli.framework import units
from suanli.language import Language, say, share_text
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled
from suanli.report.words import figure, listed
from suanli.result import Computation, ItemLine

_RIGHT = ("numerator", "denominator", "ratio", "share", "weight", "sum", "items")


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
        parts.append(titled(title, _lacking(found.lacking, language)))
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

    def label(unit: str) -> str:
        return "" if unit in ("", "1") else units.label(unit, language)

    amount = say("tracing", "records-amount", language)
    above, below = (
        name.said(language) if name else amount
        for name in (found.numerator_name, found.denominator_name)
    )
    numerator, denominator = figure(found.numerator), figure(found.denominator)
    if found.reduction == "sum":
        yield line("sum", name=above, value=numerator, unit=label(found.numerator_unit))
    else:
        yield line("numerator", name=above, value=numerator, unit=label(found.numerator_unit))
        yield line("denominator", name=below, value=denominator, unit=label(found.denominator_unit))
        yield line(
            "quotient",
            above=numerator,
            below=denominator,
            value=figure(found.raw),
            unit=label(found.raw_unit),
        )
    if found.raw_unit != found.unit:
        yield line("converted", value=figure(found.value), unit=label(found.unit))


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
            value=figure(each.value),
            unit="" if each.unit == "1" else units.label(each.unit, language),
        ).rstrip()


def _parts(found: Computation, language: Language) -> RenderableType:
    table = plain_table(_heads("part", ("name", "sum", "share", "items"), language))
    for each in found.parts:
        share = each.numerator / found.numerator if found.numerator else None
        name = each.name.said(language)
        table.add_row(Prose(name), figure(each.numerator), share_text(share), f"{each.used}")
    return table


def _items(found: Computation, items: Sequence[ItemLine], language: Language) -> RenderableType:
    ratio = ("denominator", "ratio") if found.reduction == "ratio" else ()
    part = ("part",) if any(each.part for each in items) else ()
    level = ("level",) if found.levels else ()
    columns = ("record", *part, "numerator", *ratio, "share", *level)
    table = plain_table(_heads("item", columns, language))
    levels = {each.level: each.name.said(language) for each in found.levels}
    names = {each.part: each.name.said(language) for each in found.parts}
    for each in items:
        cells: dict[str, RenderableType] = {
            "record": Prose(each.record),
            "part": Prose(names.get(each.part, each.part)),
            "numerator": figure(each.numerator),
            "denominator": figure(each.denominator),
            "ratio": figure(each.ratio),
            "share": share_text(each.share),
            "level": Prose(levels.get(each.level, each.level)),
        }
        table.add_row(*(cells[name] for name in columns))
    return table


def _lacking(items: Sequence[ItemLine], language: Language) -> RenderableType:
    columns = ("record", "numerator", "denominator", "weight")
    table = plain_table(_heads("item", columns, language))
    for each in items:
        table.add_row(
            Prose(each.record),
            figure(each.numerator),
            figure(each.denominator),
            figure(each.weight),
        )
    return table


def _heads(
    kind: str, columns: Sequence[str], language: Language
) -> Iterator[tuple[str, JustifyMethod]]:
    for name in columns:
        justify: JustifyMethod = "right" if name in _RIGHT else "left"
        yield say("tracing", f"{kind}-{name}", language), justify
