"""Fitted weights: those under which the most published orders hold in a result; no institution's weights."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from suanli.framework import Mean
from suanli.language import Text, pair
from suanli.problems import Place, Problem, ResultError, Severity
from suanli.result.contents import Contents
from suanli.result.fact_bench import bench_of
from suanli.result.fact_fitting_bound import Limits, limits
from suanli.result.fact_fitting_ground import Flags, Ground, ground_of
from suanli.result.fact_fitting_programs import Allowed
from suanli.result.fact_fitting_rows import patterns, rows
from suanli.result.fact_fitting_search import Standing, Task, searched
from suanli.result.fact_orders import ORDER_KINDS, PublishedOrder, published_orders

FLOOR = 0.001
"""Lowest overall weight of an indicator in fitted weights, unless the result's own is lower."""


@dataclass(frozen=True, slots=True)
class OrderCount:
    """How many of some orders hold: under the result's own weights, the fitted ones, and at most under any.

    `name` is one of `ORDER_KINDS`, or the id of a fact with the `node` that it ranks regions by. `possible` is an upper
    bound, which need not be reached.
    """

    name: str
    node: str
    orders: int
    own: int
    fitted: int
    possible: int


@dataclass(frozen=True, slots=True)
class FittedWeights:
    """Weights found by search so that the most published orders hold; they are nobody's judgement.

    `local` and `overall` are fitted weights by the code of every node below the index, `own_local` and `own_overall`
    the result's own. `kinds` and `facts` count orders by kind and by fact. `possible` is an upper bound of how many
    orders hold under any weights. `simulated` tells that they were fitted to simulated data.
    """

    name: Text
    note: Text
    local: Mapping[str, float]
    overall: Mapping[str, float]
    own_local: Mapping[str, float]
    own_overall: Mapping[str, float]
    orders: int
    own: int
    fitted: int
    possible: int
    kinds: tuple[OrderCount, ...]
    facts: tuple[OrderCount, ...]
    seed: int
    floor: float
    simulated: bool
    remarks: tuple[Text, ...]

    @property
    def summary(self) -> Text:
        """The counts as a sentence."""
        key = "fitted_summary_proved" if self.fitted == self.possible else "fitted_summary"
        counts = {"orders": self.orders, "own": self.own, "fitted": self.fitted}
        return pair("result", key, **counts, possible=self.possible)

    @property
    def table(self) -> pl.DataFrame:
        """A row for each node: node, own_local, own_overall, fitted_local, fitted_overall."""
        return pl.DataFrame(
            {
                "node": list(self.local),
                "own_local": list(self.own_local.values()),
                "own_overall": list(self.own_overall.values()),
                "fitted_local": list(self.local.values()),
                "fitted_overall": list(self.overall.values()),
            }
        )

    @property
    def weights_file(self) -> str:
        """The fitted weights as a file that `weights:` of a study takes; every row says what they are."""
        lines = io.StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("node", "weight", "simulated", "origin", "note_zh", "note_en"))
        simulated = "true" if self.simulated else "false"
        for node, weight in self.local.items():
            row = (node, repr(weight), simulated, "fitted", self.note.zh, self.note.en)
            writer.writerow(row)
        return lines.getvalue()


def fitted_weights(result: Contents, *, seed: int = 0, floor: float = FLOOR) -> FittedWeights:
    """Return the weights under which the most published orders hold, given the result's indicator scores.

    An order is a region before another in a published ranking by the score of the index or of a group, or such a score
    at least as high as stated; each counts the same. The search (linear programs, then exact line searches) does not
    prove its answer best unless it reaches the upper bound. Same result, seed and floor, same weights.

    Parameters
    ----------
    seed
        Of the random starts, 0 or above.
    floor
        Lowest overall weight of an indicator, above 0 and below the equal share of all; an indicator whose own weight
        is lower keeps at least that. What weighs nothing in the result stays without weight.

    Raises
    ------
    ResultError
        If no published order can be held against the result, the floor leaves no room, or a group that orders depend on
        is not an arithmetic mean, which is what weights are fitted for.
    """
    return weights_fitted_to(result, published_orders(bench_of(result)), seed=seed, floor=floor)


def weights_fitted_to(
    result: Contents, orders: Sequence[PublishedOrder], *, seed: int = 0, floor: float = FLOOR
) -> FittedWeights:
    """Return the weights under which the most of the orders given hold, as `fitted_weights` does.

    Raises
    ------
    ResultError
        As for `fitted_weights`.
    """
    if not orders:
        raise _error("fitting-no-orders", framework=result.framework.id)
    ground = ground_of(result, orders)
    _require_room(ground, floor)
    _require_arithmetic(ground)
    allowed = Allowed(np.minimum(floor, ground.own_weights), ground.sums)
    found, matrix = patterns(ground), rows(ground, ground.own_weights)
    bound = limits(ground, matrix, found, allowed.floors)
    task = Task(
        ground=ground,
        allowed=allowed,
        possible=~bound.impossible,
        most=bound.most(np.ones(len(orders), dtype=np.bool_)),
        kinds=np.array([ORDER_KINDS.index(order.kind) for order in orders]),
        constant=matrix if found.complete else None,
    )
    own = task.standing(ground.own_weights)
    best = searched(task, np.random.default_rng(seed))
    counted = _Counted(orders, own, best, bound)
    remarks = _remarks(result, floor, complete=found.complete, better=best.count > own.count)
    return _fitted(result, ground, counted, seed=seed, floor=floor, remarks=remarks)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Orders with which of them hold, and what any weights could reach."""

    orders: Sequence[PublishedOrder]
    own: Standing
    best: Standing
    limits: Limits

    def count(self, name: str, node: str, chosen: Flags) -> OrderCount:
        return OrderCount(
            name=name,
            node=node,
            orders=int(chosen.sum()),
            own=int((self.own.held & chosen).sum()),
            fitted=int((self.best.held & chosen).sum()),
            possible=self.limits.most(chosen),
        )

    @property
    def kinds(self) -> tuple[OrderCount, ...]:
        of = np.array([order.kind for order in self.orders])
        return tuple(self.count(kind, "", of == kind) for kind in ORDER_KINDS if (of == kind).any())

    @property
    def facts(self) -> tuple[OrderCount, ...]:
        of = np.array([order.fact for order in self.orders])
        nodes = {order.fact: order.node for order in self.orders}
        return tuple(self.count(fact, node, of == fact) for fact, node in nodes.items())


def _fitted(
    result: Contents,
    ground: Ground,
    counted: _Counted,
    *,
    seed: int,
    floor: float,
    remarks: tuple[Text, ...],
) -> FittedWeights:
    everything = counted.count("", "", np.ones(len(counted.orders), dtype=np.bool_))
    local = ground.local_by_code(counted.best.weights)
    own = ground.local_by_code(ground.own_weights)
    return FittedWeights(
        name=pair("result", "fitted_name"),
        note=pair("result", "fitted_note"),
        local=MappingProxyType(local),
        overall=MappingProxyType(_overall(result, local)),
        own_local=MappingProxyType(own),
        own_overall=MappingProxyType(_overall(result, own)),
        orders=everything.orders,
        own=everything.own,
        fitted=everything.fitted,
        possible=everything.possible,
        kinds=counted.kinds,
        facts=counted.facts,
        seed=seed,
        floor=floor,
        simulated=result.about.simulated,
        remarks=remarks,
    )


def _overall(result: Contents, local: Mapping[str, float]) -> dict[str, float]:
    overall = {result.framework.code: 1.0}
    for placed in result.framework.walk():
        overall[placed.node.code] = overall[placed.parent] * local[placed.node.code]
    return {code: overall[code] for code in local}


def _remarks(result: Contents, floor: float, *, complete: bool, better: bool) -> tuple[Text, ...]:
    keys = ["fitted_remark_simulated"] if result.about.simulated else []
    keys += [] if better else ["fitted_remark_own"]
    keys += ["fitted_remark_orders", "fitted_remark_possible", "fitted_remark_floor"]
    keys += [] if complete else ["fitted_remark_missing"]
    return tuple(pair("result", key, floor=f"{100 * floor:g}%") for key in keys)


def _require_room(ground: Ground, floor: float) -> None:
    most = 1.0 / len(ground.tree.leaves)
    if not 0 < floor < most:
        raise _error("fitting-floor", found=f"{floor:g}", expected=f"{most:.4g}")


def _require_arithmetic(ground: Ground) -> None:
    """Refuse groups below the nodes that orders speak of whose score is not an arithmetic mean of the scores below."""
    speaking = {int(node) for node in ground.comparisons.node}
    other = [
        ground.tree.codes[group]
        for group in sorted(ground.tree.groups_from_below)
        if _decides(ground, group, speaking) and not _is_arithmetic(ground.tree.mean(group))
    ]
    if other:
        raise _error("fitting-not-arithmetic", found=", ".join(other))


def _is_arithmetic(mean: Mean) -> bool:
    """Whether scores count as they are, none raised to a floor."""
    return mean.method == "arithmetic" and mean.floor is None


def _decides(ground: Ground, group: int, speaking: set[int]) -> bool:
    """Whether the group is one that orders speak of, or counts in one."""
    while group not in speaking:
        if group == 0 or not ground.own.local[group] > 0:
            return False
        group = int(ground.tree.parents[group])
    return True


def _error(code: str, *, found: str = "", expected: str = "", framework: str = "") -> ResultError:
    place = Place(code=framework)
    return ResultError([Problem(code, Severity.ERROR, place, found=found, expected=expected)])
