"""Frameworks of two shapes for the tests of the template: indicators only, and computed from variables."""

from suanli.framework import (
    Aggregation,
    Caliber,
    Framework,
    Group,
    Indicator,
    MissingData,
    Normalisation,
    Tiers,
    Treatment,
    Variable,
    Weighting,
)
from suanli.language import Text


def text(words: str) -> Text:
    return Text(zh=f"{words}（中）", en=words)


def indicator(code: str, **fields: object) -> Indicator:
    given: dict[str, object] = {
        "name": text(f"{code} name"),
        "unit": "亿元",
        "direction": "higher",
        "kind": "extensive",
        "definition": text(f"{code} definition"),
        "formula": text(f"{code} formula"),
        "source": text(f"{code} source"),
    }
    return Indicator(code=code, **(given | fields))


def framework(*children: Group | Indicator, **fields: object) -> Framework:
    given: dict[str, object] = {
        "id": "small-1.0",
        "family": "small",
        "version": "1.0",
        "title": text("small"),
        "description": text("description"),
        "source": text("source"),
        "region_level": "any",
        "name": text("index"),
        "missing": MissingData(),
        "treatment": Treatment(),
        "normalisation": Normalisation(method="min-max", goalposts="annual"),
        "weighting": Weighting(method="equal", renormalise_missing=True),
        "aggregation": Aggregation(),
        "tiers": Tiers(),
    }
    return Framework(children=children, **(given | fields))


def plain_framework() -> Framework:
    """Two dimensions whose names make trouble, one of them with pillars."""
    pillar = Group(
        code="A1",
        name=text("pillar"),
        children=(
            indicator("A1.1", unit="%", bounds=(0, 100)),
            indicator("A1.2", unit="1", bounds=(1, None), direction="lower"),
            indicator(
                "A1.3",
                unit="EFLOPS",
                caliber=Caliber(side="device", precision="FP32"),
                definition=Text(zh="定" * 400, en="d" * 400),
            ),
        ),
    )
    first = Group(code="A", name=Text(zh="算力/质效", en="=Power"), children=(pillar,))
    second = Group(
        code="B",
        name=Text(zh="算力:质效", en="@Home"),
        children=(indicator("B1", name=Text(zh="=1+1", en="-cmd")), indicator("B2")),
    )
    return framework(first, second)


def computed_framework() -> Framework:
    """One indicator computed from variables, one filled in, and a dimension of computed ones only."""
    variables = (
        Variable(code="machines", name=text("machines"), unit="台", bounds=(0, None)),
        Variable(code="ground", name=text("ground"), unit="km²", definition=text("land")),
    )
    density = indicator("C1", unit="台/km²", expression="machines / ground")
    typed = indicator("C2")
    crowding = indicator("D1", unit="km²/台", expression="ground / machines")
    return framework(
        Group(code="C", name=text("mixed"), children=(density, typed)),
        Group(code="D", name=text("computed"), children=(crowding,)),
        variables=variables,
    )
