"""Small results with known weights, and orders that follow from weights, for the tests of fitted weights."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from suanli.framework import Framework
from suanli.regions import provinces
from suanli.result import Result
from suanli.result.fact_fitting_ground import ground_of
from suanli.result.fact_orders import PublishedOrder
from tests import made
from tests.unit.result import samples

SHORT = ("北京", "天津", "河北", "上海", "江苏", "浙江", "广东", "贵州", "四川", "山东")
PLAIN = {"normalisation": {"method": "min-max", "goalposts": "annual"}}
TRUE = {"3.1": 0.7, "3.2": 0.3, "a": 0.2, "b": 0.8, "c": 0.1, "d": 0.3, "e": 0.6}
"""Local weights that orders are made from."""


def framework(**other: object) -> Framework:
    """Two groups of five indicators, under the id of a framework that facts speak of."""
    fields = {
        "id": "ccpe-3.0",
        "region_level": "province",
        "weighting": {"method": "equal", "renormalise_missing": True},
        **PLAIN,
        **other,
    }
    return made.framework(
        made.group("3.1", made.indicator("a"), made.indicator("b")),
        made.group("3.2", made.indicator("c"), made.indicator("d"), made.indicator("e")),
        **fields,
    )


def result(
    seed: int = 1,
    *,
    used: Framework | None = None,
    values: Sequence[Sequence[float]] | None = None,
    short: Sequence[str] = SHORT,
    lacking: float = 0.0,
    **other: object,
) -> Result:
    """Return a result of 2023 whose values are given or drawn, a share of them lacking."""
    own = used if used is not None else framework()
    regions = provinces().only(list(short))
    grid = samples.grid(own, regions, periods=("2023",))
    random = np.random.default_rng(seed)
    drawn = random.uniform(1, 100, grid.values.shape)
    drawn[random.uniform(size=drawn.shape) < lacking] = np.nan
    grid.values[:] = drawn if values is None else np.array(values, dtype=float)[None]
    grid.origins[:] = np.where(np.isnan(grid.values), 0, 1)
    return samples.result(framework=own, regions=regions, grid=grid, **other)


def codes(found: Result) -> list[str]:
    return [region.code for region in found.regions]


def orders_by(
    found: Result, local: Mapping[str, float] = TRUE, nodes: Sequence[str] = ("index", "3.1", "3.2")
) -> tuple[PublishedOrder, ...]:
    """Return the whole order of the regions on each node, as these local weights give it."""
    one = PublishedOrder("B-012", "order", "index", "2023", codes(found)[0], codes(found)[1])
    ground = ground_of(found, [one])
    scores = ground.scores_by(local)[0]
    orders: list[PublishedOrder] = []
    for node in nodes:
        column = scores[:, ground.tree.positions[node]]
        ranked = [at for at in np.argsort(-column) if np.isfinite(column[at])]
        orders += [
            PublishedOrder("B-012", "order", node, "2023", codes(found)[a], codes(found)[b])
            for a, b in combinations(ranked, 2)
        ]
    return tuple(orders)
