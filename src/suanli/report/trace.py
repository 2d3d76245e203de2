"""Where one value comes from, for the terminal and for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType

from suanli.language import Language, say
from suanli.problems import Place
from suanli.report.places import place_words
from suanli.report.prose import Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.trace_records import records_shown
from suanli.report.words import amount, figure, listed, origin
from suanli.result import GivenValue, Trace


def trace_shown(found: Trace, language: Language) -> RenderableType:
    """Return the value with its definition, how it came about, and everything behind it."""
    title = say(
        *("tracing", "trace-title", language),
        name=found.indicator.name.said(language),
        code=found.indicator.code,
        region=found.region.zh if language == "zh" else found.region.en,
        period=found.period,
    )
    parts: list[RenderableType] = [Prose(line, hang=2) for line in _head(found, language)]
    if found.given is not None:
        parts += [Prose(line, indent=2, hang=2) for line in _cell(found.given, language)]
    if found.way == "expression" or (found.way == "missing" and found.variables):
        parts += _expression(found, language)
    if found.computation is not None:
        parts += records_shown(found.computation, language, taken=found.way != "given")
    return stamped(titled(title, *parts), simulated=found.simulated)


def trace_json(found: Trace) -> dict[str, Any]:
    """Return the same for programs, in full precision."""
    return {
        "framework": found.framework.id,
        "simulated": found.simulated,
        "indicator": found.indicator.code,
        "name": _both(found.indicator.name),
        "region_code": found.region.code,
        "region": found.region.zh,
        "period": found.period,
        "way": found.way,
        "value": found.value,
        "unit": found.indicator.unit,
        "origin": found.origin,
        "source": found.source,
        "given": None if found.given is None else asdict(found.given),
        "expression": found.indicator.expression,
        "variables": [
            {
                "code": each.code,
                "name": _both(each.name),
                "unit": each.unit,
                "given": None if each.given is None else asdict(each.given),
            }
            for each in found.variables
        ],
        "absent_tables": list(found.absent_tables),
        "records": None if found.computation is None else asdict(found.computation),
    }


def _both(words: Any) -> dict[str, str]:  # noqa: ANN401 - a text of the catalogue or of a framework
    return {"zh": words.zh, "en": words.en}


def _head(found: Trace, language: Language) -> Iterator[str]:
    def line(key: str, **details: object) -> str:
        return say("tracing", f"trace-{key}", language, **details)

    if found.value is None:
        yield line("missing")
    else:
        yield line("value", value=amount(found.value, found.indicator.unit, language))
        yield line("origin", origin=origin(found.origin, language))
    if found.source:
        yield line("source", source=_source(found, language))
    yield line("definition", definition=found.indicator.definition.said(language))
    yield line("declared", formula=found.indicator.formula.said(language))
    yield line("way", way=say("tracing", f"way-{found.way}", language))
    if found.absent_tables:
        yield line("absent", tables=listed(found.absent_tables, language))


def _source(found: Trace, language: Language) -> str:
    """Return the source as it is kept, which names a fallback in Chinese, with that name in the reader's language."""
    steps = found.computation
    if language == "zh" or found.way != "records" or steps is None or not steps.furthest:
        return found.source
    fallback = steps.levels[-1].name
    source = found.source.removesuffix(f"（{fallback.zh}）")
    return fallback.en if source == fallback.zh else f"{source} ({fallback.en})"


def _cell(given: GivenValue, language: Language) -> Iterator[str]:
    """Yield where a given value stands, and what it says there."""
    place = place_words(Place(file=given.file, sheet=given.sheet, cell=given.cell), language)
    yield say("tracing", "given-at", language, place=place)
    raw = say("tracing", "given-raw", language, value=given.raw_value, unit=given.raw_unit)
    yield raw.rstrip()
    if given.date:
        yield say("tracing", "given-date", language, date=given.date)


def _expression(found: Trace, language: Language) -> list[RenderableType]:
    """Return the expression and its variables with their values and where those come from."""
    columns = ("", "-value", "-origin", "-place")
    table = plain_table(
        (say("tracing", f"variable{name}", language), "right" if name == "-value" else "left")
        for name in columns
    )
    for each in found.variables:
        given = each.given
        place = ""
        if given is not None:
            at = Place(file=given.file, sheet=given.sheet, cell=given.cell)
            place = " · ".join(part for part in (place_words(at, language), given.source) if part)
        table.add_row(
            Prose(f"{each.code} {each.name.said(language)}"),
            amount(given.value, each.unit, language) if given else figure(None),
            origin(given.origin if given else None, language),
            Prose(place),
        )
    expression = found.indicator.expression or ""
    return [Prose(say("tracing", "expression-line", language, expression=expression)), table]
