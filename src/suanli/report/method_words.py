"""The names of methods and rules as people know them, with the word that framework files use."""

from collections.abc import Mapping
from types import MappingProxyType

from suanli.framework import Caliber, Framework, NormalisationOverride
from suanli.language import Language, Text, entries, say
from suanli.report.words import figure, listed

# last part of a rule's path, or two -> family of names in the catalogue
_FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "normalisation/method": "normalisation",
        "normalisation/goalposts": "goalposts",
        "normalisation/outside": "outside",
        "normalisation/constant": "constant",
        "normalisation/transform": "transform",
        "missing/method": "missing",
        "treatment/method": "treatment",
        "treatment/modes": "mode",
        "weighting/method": "weighting",
        "tiers/method": "tiers",
        "direction": "direction",
    }
)


def method_name(family: str, method: str, language: Language) -> str:
    """Return a method's name with its identifier, such as 极差标准化（min-max）.

    >>> method_name("mean", "arithmetic", "en")
    'weighted arithmetic mean (arithmetic)'
    """
    name = say("report", f"{family}-{method}", language)
    return say("report", "method-name", language, name=name, id=method)


def rule_name(path: str, language: Language) -> str:
    """Return what a rule of a framework is called, with its path.

    >>> rule_name("normalisation/goalposts", "zh")
    '阈值（normalisation/goalposts）'
    """
    parts = path.split("/")
    if parts[0] == "aggregation" and parts[1] == "levels" and len(parts) > 3:
        name = say(
            "report",
            "rule-aggregation-level",
            language,
            level=parts[2],
            rule=say("report", f"rule-mean-{parts[3]}", language),
        )
    elif parts[0] == "aggregation" and len(parts) > 2:
        name = say("report", f"rule-mean-{parts[2]}", language)
    else:
        key = f"rule-{'-'.join(parts)}"
        name = say("report", key, language) if key in entries("report") else path
    return name if name == path else say("report", "method-name", language, name=name, id=path)


def rule_value(path: str, value: object, language: Language) -> str:
    """Return the value of a rule or an attribute in words; a dash where there is none."""
    if isinstance(value, Text):
        return value.said(language)
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        return str(value[language])
    if isinstance(value, str):
        return _word(path, value, language)
    if isinstance(value, list | tuple):
        shown = [rule_value(path, item, language) for item in value]
        return listed(shown, language) or "–"
    if isinstance(value, bool):
        return say("report", "switch-on" if value else "switch-off", language)
    if isinstance(value, int | float):
        return figure(float(value))
    return _declared(value, language)


def caliber(value: Caliber, language: Language) -> str:
    """Return what a computing-power figure counts, and at which precision."""
    side = say("report", f"side-{value.side}", language)
    return listed([side, value.precision], language)


def _declared(value: object, language: Language) -> str:
    if isinstance(value, Caliber):
        return caliber(value, language)
    if isinstance(value, NormalisationOverride):
        return _override(value, language)
    return "–" if not value else str(value)


def _override(rule: NormalisationOverride, language: Language) -> str:
    """Return the parts of the normalisation rule that an indicator sets for itself."""
    declared = rule.model_dump(exclude_none=True)
    words = [
        rule_value(f"normalisation/{part}", value, language) for part, value in declared.items()
    ]
    return listed(words, language) or "–"


def rules(framework: Framework, language: Language) -> list[tuple[str, str]]:
    """Return the rules of a framework, a label and a sentence each; those that do nothing are left out."""
    normalisation, tiers = framework.normalisation, framework.tiers
    means = [framework.aggregation.default, *framework.aggregation.levels.values()]
    shown = {
        "normalisation": [
            method_name("normalisation", normalisation.method, language),
            method_name("goalposts", normalisation.goalposts, language),
        ],
        "weighting": [method_name("weighting", framework.weighting.method, language)],
        "mean": list(dict.fromkeys(method_name("mean", mean.method, language) for mean in means)),
        "missing": [method_name("missing", framework.missing.method, language)],
        "treatment": _treatment(framework, language),
        "tiers": [method_name("tiers", tiers.method, language)] if tiers.method != "none" else [],
    }
    if tiers.cuts:
        shown["tiers"].append(rule_value("tiers/cuts", tiers.cuts, language))
    between = say("report", "rule-between", language)
    notes = {"weighting": framework.weighting.note, "tiers": tiers.note}
    return [
        (
            say("report", f"framework-{key}", language),
            _noted(between.join(words), notes.get(key), language),
        )
        for key, words in shown.items()
        if words
    ]


def _treatment(framework: Framework, language: Language) -> list[str]:
    rule = framework.treatment
    if rule.method == "none":
        return []
    modes = [say("report", f"mode-{mode}", language) for mode in rule.modes]
    return [
        method_name("treatment", rule.method, language),
        say("report", "framework-modes", language, modes=listed(modes, language)),
    ]


def _noted(sentence: str, note: Text | None, language: Language) -> str:
    stop = say("report", "stop", language)
    return f"{sentence}{stop}{note.said(language)}" if note else sentence


def _word(path: str, value: str, language: Language) -> str:
    parts = path.split("/")
    if parts[0] == "aggregation" and parts[-1] == "method":
        return method_name("mean", value, language)
    family = _FAMILIES.get(path)
    if family is None or f"{family}-{value}" not in entries("report"):
        return value
    return method_name(family, value, language)
