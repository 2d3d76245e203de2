"""Why a score changed: an exact split by factor and indicator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from suanli.framework import Framework, Group, Indicator
from suanli.methods.shapley import shapley_change
from suanli.scoring.aggregate import aggregated
from suanli.scoring.contribute import contributions
from suanli.scoring.normalise import fitted_goalposts, normalised
from suanli.scoring.score import score
from suanli.scoring.scores import Floats, Goalposts, Scores, Weights
from suanli.scoring.tree import Tree, tree_of

FACTORS = ("revision", "data", "goalposts", "weights", "framework")


@dataclass(frozen=True, slots=True)
class Change:
    """The change of the index between two scorings, region by region.

    `amounts` has shape (regions, indicators, factors): points that each indicator moved the index through each
    factor of `FACTORS`. Summed over indicators and factors they are `after - before`; all NaN where a region has no
    index on either side. `indicators` are those of either framework, the earlier one's first.
    """

    period_before: str
    period_after: str
    regions: tuple[str, ...]
    indicators: tuple[str, ...]
    before: Floats
    after: Floats
    amounts: Floats


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the index of one period depends on besides the rules: values (R, I), goalposts (1, I) and weights."""

    values: Floats
    goalposts: Goalposts
    weights: Weights

    def contributions(self, tree: Tree) -> Floats:
        """Return contributions of shape (R, I), 0 for a missing indicator of a region that has an index."""
        scores = aggregated(tree, normalised(tree, self.values[None], self.goalposts), self.weights)
        return _counted(contributions(tree, scores, self.weights)[0], scores[0, :, 0])


def changes(before: Scores, after: Scores, *, period_before: str, period_after: str) -> Change:
    """Return why the index moved from `period_before` in `before` to `period_after` in `after`.

    The path is fixed and every step is exact, so the factors sum to the change:

    1. *revision*: the earlier period's values as the later scoring knows them, under the earlier rules, with the
       goalposts that those rules take from the revised values;
    2. *data*, *goalposts* and *weights* move together from the earlier to the later period; each is credited its
       average effect over all orders of replacing the three (Shapley), so no order is preferred;
    3. *framework*: from the earlier rules to the later ones, on the later data.

    When the two frameworks score by the same rules, step 3 is nothing. When they do not and the later data lack
    indicators of the earlier framework, the earlier scoring's own later period takes their place, and failing that the
    whole change is the framework's. Methods that compare ranks have no goalposts; their whole movement is data.
    """
    regions = tuple(region for region in before.values.regions if region in after.values.regions)
    rows_before = [before.values.regions.index(region) for region in regions]
    rows_after = [after.values.regions.index(region) for region in regions]
    start = before.values.periods.index(period_before)
    end = after.values.periods.index(period_after)
    codes = tuple(dict.fromkeys((*before.values.codes, *after.values.codes)))
    amounts = np.zeros((len(regions), len(codes), len(FACTORS)))
    own = [codes.index(code) for code in before.values.codes]
    theirs = [codes.index(code) for code in after.values.codes]

    first = _stored(before, start, rows_before)
    last = _stored(after, end, rows_after)
    reached = first
    tree = tree_of(before.framework)
    steps = _steps(before, after, (period_before, period_after), (rows_before, rows_after))
    for factor, amount in steps:
        amounts[:, own, FACTORS.index(factor)] += amount
        reached = reached + amount
    if _same_rules(before, after):
        # what the steps leave is the effect of regions outside the comparison on methods that rank
        amounts[:, own, FACTORS.index("data")] += last - reached
    else:
        amounts[:, theirs, FACTORS.index("framework")] += last
        amounts[:, own, FACTORS.index("framework")] -= reached
    index_before = before.scores[start, rows_before, tree.positions[before.framework.code]]
    index_after = after.scores[end, rows_after, 0]
    amounts[np.isnan(index_before) | np.isnan(index_after)] = np.nan
    return Change(
        period_before=period_before,
        period_after=period_after,
        regions=regions,
        indicators=codes,
        before=index_before,
        after=index_after,
        amounts=amounts,
    )


def _steps(
    before: Scores,
    after: Scores,
    periods: tuple[str, str],
    rows: tuple[Sequence[int], Sequence[int]],
) -> list[tuple[str, Floats]]:
    """Return the factors' contributions, shape (R, I of `before`), up to the change of rules."""
    period_before, period_after = periods
    later = after if _same_rules(before, after) else _under_earlier_rules(before, after)
    if later is None:
        if period_after not in before.values.periods:
            return []
        later = before
    rows_later = rows[0] if later is before else rows[1]
    tree = tree_of(before.framework)
    earlier = _setting(before, period_before, rows[0])
    steps: list[tuple[str, Floats]] = []
    if later is not before and period_before in later.values.periods:
        revised = _revised(tree, before, later, period_before, rows_later)
        steps.append(("revision", revised.contributions(tree) - earlier.contributions(tree)))
        earlier = revised
    steps.extend(_moved(tree, earlier, _setting(later, period_after, rows_later)).items())
    return steps


def _moved(tree: Tree, earlier: _Setting, later: _Setting) -> dict[str, Floats]:
    """Return the Shapley effects of data, goalposts and weights between two settings under the same rules."""

    def outcome(values: Floats, goalposts: Goalposts, weights: Weights) -> Floats:
        return _Setting(values, goalposts, weights).contributions(tree)

    effects = shapley_change(
        outcome,
        [earlier.values, earlier.goalposts, earlier.weights],
        [later.values, later.goalposts, later.weights],
    )
    return dict(zip(("data", "goalposts", "weights"), effects, strict=True))


def _setting(scores: Scores, period: str, rows: Sequence[int]) -> _Setting:
    position = scores.values.periods.index(period)
    return _Setting(
        values=scores.treated[position][list(rows)],
        goalposts=Goalposts(
            low=scores.goalposts.low[[position]], high=scores.goalposts.high[[position]]
        ),
        weights=scores.weights,
    )


def _revised(
    tree: Tree, before: Scores, later: Scores, period: str, rows: Sequence[int]
) -> _Setting:
    """Return the earlier period as the later scoring knows it, with the earlier goalposts' rule and weights."""
    position = later.values.periods.index(period)
    fitted = fitted_goalposts(tree, later.treated)
    return _Setting(
        values=later.treated[position][list(rows)],
        goalposts=Goalposts(low=fitted.low[[position]], high=fitted.high[[position]]),
        weights=before.weights,
    )


def _under_earlier_rules(before: Scores, after: Scores) -> Scores | None:
    """Return the later values scored by the earlier framework and weights; nothing if they lack its indicators."""
    grid, codes = after.values, before.values.codes
    if not set(codes) <= set(grid.codes) or not _same_units(before.framework, after.framework):
        return None
    columns = [grid.codes.index(code) for code in codes]
    earlier_indicators = replace(
        grid,
        codes=codes,
        values=grid.values[:, :, columns],
        origins=grid.origins[:, :, columns],
        source_ids=grid.source_ids[:, :, columns],
    )
    local = dict(zip(before.nodes[1:], before.weights.local[1:].tolist(), strict=True))
    return score(before.framework, earlier_indicators, weights=local, mode=before.mode)


def _same_units(earlier: Framework, later: Framework) -> bool:
    units = {indicator.code: indicator.unit for indicator in later.indicators()}
    return all(units[indicator.code] == indicator.unit for indicator in earlier.indicators())


def _stored(scores: Scores, period: int, rows: Sequence[int]) -> Floats:
    return _counted(scores.contributions[period, list(rows)], scores.scores[period, list(rows), 0])


def _counted(found: Floats, index: Floats) -> Floats:
    """Return contributions with 0 for an indicator that is missing where there is an index all the same."""
    counted: Floats = np.where(np.isnan(found) & ~np.isnan(index)[:, None], 0.0, found)
    return counted


def _same_rules(before: Scores, after: Scores) -> bool:
    return before.mode == after.mode and _rules(before.framework) == _rules(after.framework)


def _rules(framework: Framework) -> tuple[object, ...]:
    """Return what makes the same values, goalposts and weights score alike: the tree, and the other rules."""
    nodes = tuple(
        (placed.parent, placed.level, _node_rules(placed.node)) for placed in framework.walk()
    )
    normalisation = framework.normalisation.model_copy(update={"goalposts": "annual"})
    return (
        nodes,
        framework.missing,
        framework.treatment,
        normalisation,
        framework.weighting.renormalise_missing,
        framework.aggregation,
    )


def _node_rules(node: Group | Indicator) -> tuple[object, ...]:
    if isinstance(node, Group):
        return (node.code, node.aggregation)
    own = node.normalisation
    if own is not None:
        own = own.model_copy(update={"goalposts": None})
    return (node.code, node.unit, node.direction, node.target, node.expression, own)
