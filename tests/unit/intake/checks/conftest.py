"""A small framework, and evidence built from plain nested lists."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

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
from suanli.intake.checks import Evidence, evidence_of
from suanli.intake.grid import ValueGrid, grid_of
from suanli.language import Text
from suanli.regions import Regions, provinces

PERIODS = ("2018", "2019", "2020", "2021", "2022", "2023")


def text(words: str) -> Text:
    return Text(zh=f"{words}（中）", en=words)


def indicator(code: str, **fields: object) -> Indicator:
    given: dict[str, object] = {
        "unit": "亿元",
        "direction": "higher",
        "kind": "extensive",
        "definition": text("definition"),
        "formula": text("formula"),
        "source": text("source"),
        "bounds": (0, None),
    }
    return Indicator(code=code, name=text(code), **(given | fields))


@pytest.fixture
def framework() -> Framework:
    children = (
        indicator("revenue"),
        indicator("sales"),
        indicator("pue", unit="1", kind="intensive", direction="lower", bounds=(1, 5)),
        indicator("share", unit="%", kind="intensive", bounds=(0, 100)),
        indicator("warmth", unit="°C", kind="intensive", bounds=(-20, 40)),
        indicator("free", unit="件", bounds=(None, None)),
        indicator(
            "compute", unit="EFLOPS", caliber=Caliber(side="infrastructure", precision="FP32")
        ),
        indicator("flops", unit="EFLOPS(FP16)"),
        indicator("density", unit="台/km²", kind="intensive", expression="machines / area"),
    )
    variables = (
        Variable(code="machines", name=text("machines"), unit="台", bounds=(0, None)),
        Variable(code="area", name=text("area"), unit="km²", bounds=(0, None)),
    )
    return Framework(
        id="small-1.0",
        family="small",
        version="1.0",
        title=text("small"),
        description=text("description"),
        source=text("source"),
        region_level="province",
        name=text("index"),
        variables=variables,
        missing=MissingData(),
        treatment=Treatment(),
        normalisation=Normalisation(method="min-max", goalposts="annual"),
        weighting=Weighting(method="equal", renormalise_missing=True),
        aggregation=Aggregation(),
        tiers=Tiers(),
        children=(Group(code="all", name=text("all"), children=children),),
    )


@pytest.fixture
def regions() -> Regions:
    """Ten provinces, 北京 to 上海 and on."""
    every = provinces()
    return Regions(level=every.level, members=every.members[:10])


Observed = Callable[..., pl.DataFrame]


@pytest.fixture
def observed(regions: Regions) -> Observed:
    """Return a maker of observations: values by code as (periods, regions) lists, NaN left out."""

    def make(raw_unit: str = "", source: str = "yearbook", **columns: object) -> pl.DataFrame:
        rows = []
        for code, given in columns.items():
            values = np.atleast_2d(np.asarray(given, dtype=float))
            for (period, region), value in np.ndenumerate(values):
                if not np.isnan(value):
                    rows.append(
                        {
                            "region_code": regions.codes[region],
                            "period": PERIODS[period],
                            "code": code,
                            "value": float(value),
                            "origin": "official",
                            "source": source,
                            "date": "",
                            "file": "data.xlsx",
                            "sheet": code,
                            "cell": f"C{5 + len(rows)}",
                            "raw_value": str(value),
                            "raw_unit": raw_unit,
                        }
                    )
        return pl.DataFrame(rows)

    return make


@pytest.fixture
def gridded(regions: Regions) -> Callable[[pl.DataFrame], ValueGrid]:
    """Return a maker of the grid over the regions and as many periods as the observations have."""

    def make(observations: pl.DataFrame) -> ValueGrid:
        periods = sorted(observations["period"].unique())
        codes = observations["code"].unique(maintain_order=True).to_list()
        return grid_of(observations, regions.codes, periods, codes)

    return make


@pytest.fixture
def evidence(
    framework: Framework,
    regions: Regions,
    observed: Observed,
    gridded: Callable[[pl.DataFrame], ValueGrid],
) -> Callable[..., Evidence]:
    """Return a maker of evidence from values by code."""

    def make(raw_unit: str = "", source: str = "yearbook", **columns: object) -> Evidence:
        observations = observed(raw_unit, source, **columns)
        return evidence_of(framework, gridded(observations), regions, observations=observations)

    return make
