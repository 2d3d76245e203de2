"""A published fact as a sentence in either language, built from its fields."""

from functools import cache

from suanli.framework.units import label
from suanli.language import Language, Text, entries, say
from suanli.regions import prefectures, provinces
from suanli.result.fact_catalogue import Fact, FactCatalogue, numbers_of

_TOPIC = "result"
_EXTRAS = ("growth", "growth_gt", "growth_ai", "growth_ai_gt", "share", "advanced_share_gt")


def statement(fact: Fact, catalogue: FactCatalogue) -> Text:
    """Return what the fact states; all wording is ours, the figures and orders are the report's."""
    return Text(zh=_sentence(fact, catalogue, "zh"), en=_sentence(fact, catalogue, "en"))


def _sentence(fact: Fact, catalogue: FactCatalogue, language: Language) -> str:
    metric, when = catalogue.metrics[fact.metric].name.said(language), _when(fact, language)
    own = f"fact_own_{fact.id}"
    if own in entries(_TOPIC):
        figures = {f"v{at}": f"{value:.10g}" for at, value in enumerate(fact.values)}
        regions = _said("fact_between", language).join(_named(fact, language))
        details = {**fact.more, **figures, "when": when, "metric": metric, "regions": regions}
        return _said(own, language, **details)
    amounts = _figures(fact, metric, language)
    clauses = [_ranking(fact, language), amounts, _extras(fact, metric, language)]
    ranked = _is_ranked(fact) or _parallel(fact)
    plain = "" if ranked or not fact.regions else clauses.pop(0)
    return _said(
        "fact_ranked" if ranked else "fact_of_regions" if plain else "fact_plain",
        language,
        when=when,
        metric=metric,
        regions=plain,
        scope=_scope(fact, metric, catalogue, language),
        statement=_said("fact_comma", language).join(clause for clause in clauses if clause),
    )


def _when(fact: Fact, language: Language) -> str:
    year = fact.year
    if not year:
        return ""
    if year.endswith(("H1", "H2")):
        return _said(f"fact_when_{year[-2:].lower()}", language, year=year[:4])
    first, dash, last = year.partition("-")
    if dash and len(last) == 2:
        return _said("fact_when_month", language, year=first, month=int(last))
    if dash:
        return _said("fact_when_span", language, first=first, last=last)
    return _said("fact_when_year" if year.isdigit() else "fact_when_recent", language, year=year)


def _scope(fact: Fact, metric: str, catalogue: FactCatalogue, language: Language) -> str:
    """Return the scope, unless the name of the metric or the regions say it already."""
    scope = catalogue.scopes[fact.scope].said(language)
    if fact.scope in ("CN", "World", "CN-中西部"):
        named = ("我国", "全球", "国内", "中国", "China", "World", "world")
        return "" if metric.startswith(named) else _said("fact_scope", language, scope=scope)
    return ""


def _is_ranked(fact: Fact) -> bool:
    listed = fact.order in ("explicit", "listed") and len(fact.regions) > 1
    members = fact.order == "set" and not fact.values
    return listed or members or (fact.statement == "ranking" and bool(fact.regions))


def _parallel(fact: Fact) -> bool:
    """Whether each region has a figure of its own."""
    return len(fact.values) == len(fact.regions) > 1 and len(fact.units) <= 1


def _ranking(fact: Fact, language: Language) -> str:
    if not fact.regions:
        return ""
    named = _named(fact, language)
    if _parallel(fact):
        unit = fact.units[0] if fact.units else ""
        figures = [_figure(value, unit, language) for value in fact.values]
        named = [f"{name} {figure}" for name, figure in zip(named, figures, strict=True)]
    regions = _said("fact_between", language).join(named)
    if not _is_ranked(fact):
        return regions
    key = {"explicit": "order", "listed": "listed", "set": "set"}.get(fact.order, "order")
    placed = _said(f"fact_{key}", language, regions=regions)
    if fact.first is None:
        return placed
    last = fact.first + len(named) - 1
    if last == fact.first:
        return _said("fact_place", language, regions=regions, first=fact.first)
    return _said("fact_places", language, first=fact.first, last=last, placed=placed)


def _named(fact: Fact, language: Language) -> list[str]:
    return [_name(name, language) for name in fact.regions]


def _figures(fact: Fact, metric: str, language: Language) -> str:
    if not fact.values or _parallel(fact):
        return ""
    if fact.op == "range":
        first, last = (f"{value:.10g}" for value in fact.values)
        unit = _unit(fact.units[0], language)
        return _said("fact_range", language, first=first, last=last, unit=unit)
    units = fact.units if len(fact.units) == len(fact.values) else fact.units * len(fact.values)
    figures = [
        _figure(value, unit, language) for value, unit in zip(fact.values, units, strict=True)
    ]
    amount = _said("fact_between", language).join(figures)
    phrase = _said(_operation(fact, metric), language, amount=amount)
    if fact.applies_to:
        return _said("fact_first_few", language, count=fact.applies_to, phrase=phrase)
    if len(fact.regions) > 1 and fact.statement in ("ranking", "threshold"):
        return _said("fact_each", language, phrase=phrase)
    return phrase


def _operation(fact: Fact, metric: str) -> str:
    names = {"=": "is", "≈": "about", ">": "above", ">=": "least", "≈>=": "about_least"}
    said_already = any(word in metric.lower() for word in ("增", "growth"))
    if fact.statement == "growth" and not said_already and set(fact.units) <= {"%", "%/yr"}:
        return f"fact_grew_{names[fact.op]}"
    if fact.statement == "share" and fact.units == ("%",) and not _says_share(metric):
        return f"fact_share_{names[fact.op]}"
    if len(fact.values) > 1 and fact.op == "=":
        return "fact_respectively"
    return f"fact_{names[fact.op]}"


def _says_share(metric: str) -> bool:
    return any(word in metric.lower() for word in ("份额", "占", "share"))


def _extras(fact: Fact, metric: str, language: Language) -> str:
    said = []
    for key in _EXTRAS:
        rates = numbers_of(fact.more.get(key))
        if rates:
            amount = _said("fact_between", language).join(f"{abs(rate):.10g}%" for rate in rates)
            fell = key == "growth" and all(rate < 0 for rate in rates)
            said.append(_said(f"fact_more_{'fall' if fell else key}", language, amount=amount))
    if fact.first == 1 and len(fact.regions) == 1 and not _is_ranked(fact):
        said.append(_said("fact_more_first", language))
    if "global_rank" in fact.more:
        said.append(_said("fact_more_global_rank", language, rank=fact.more["global_rank"]))
    if "tier" in fact.more and not any(word in metric for word in ("梯队", "tier")):
        said.append(_said(f"fact_tier_{fact.more['tier']}", language))
    if fact.forecast:
        said.append(_said("fact_target" if fact.more.get("target") else "fact_forecast", language))
    return _said("fact_comma", language).join(said)


def _figure(value: float, unit: str, language: Language) -> str:
    number, named = f"{value:.10g}", _unit(unit, language)
    if not named or named.startswith("%") or (language == "zh" and not named[0].isascii()):
        return f"{number}{named}"
    return f"{number} × {named}" if named[0].isdigit() else f"{number} {named}"


def _unit(unit: str, language: Language) -> str:
    own = entries(_TOPIC).get(f"fact_unit_{unit}")
    return own[language] if own else label(unit, language) if unit else ""


def _name(name: str, language: Language) -> str:
    own = entries(_TOPIC).get(f"fact_name_{name}")
    if own:
        return own[language]
    return name if language == "zh" else _english().get(name, name)


@cache
def _english() -> dict[str, str]:
    """Return English short names by Chinese short names; a province comes before a city of the same name."""
    return {
        region.short.zh: region.short.en
        for regions in (prefectures(), provinces())
        for region in regions.members
    }


def _said(key: str, language: Language, **details: object) -> str:
    return say(_TOPIC, key, language, **details)
