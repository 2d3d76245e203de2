"""Scoring from indicator values to ranks: the steps in order."""

from collections.abc import Mapping

from suanli.framework import Framework, Mode
from suanli.intake.grid import ValueGrid
from suanli.scoring.aggregate import aggregated
from suanli.scoring.contribute import contributions
from suanli.scoring.domain import require_goalposts_in_domain, require_values_in_domain
from suanli.scoring.impute import imputed
from suanli.scoring.inputs import require_inputs
from suanli.scoring.normalise import fitted_goalposts, normalised
from suanli.scoring.notes import notes
from suanli.scoring.rank import ranked, tiered
from suanli.scoring.scores import Scores
from suanli.scoring.treat import treated
from suanli.scoring.tree import tree_of
from suanli.scoring.weigh import weights_of


def score(
    framework: Framework,
    grid: ValueGrid,
    *,
    weights: Mapping[str, float] | None = None,
    mode: Mode = "official",
    region_groups: Mapping[str, str] | None = None,
) -> Scores:
    """Return scores, ranks and contributions of every region and period of `grid` under `framework`.

    Pure and in memory: nothing is read, drawn or changed.

    Parameters
    ----------
    framework
        The index as declared.
    grid
        Values of exactly the framework's indicators, in tree order.
    weights
        Local weights by node code that come before the framework's own; whole groups of siblings that sum to 1.
    mode
        Outlier treatment is on in the modes that the framework's rule names.
    region_groups
        Group label by region code, for imputation by group.

    Raises
    ------
    ScoringError
        If the grid or the weights do not fit the framework, or values lie outside the domain of a declared method, with
        every such cell.
    """
    tree = tree_of(framework)
    require_inputs(tree, grid, weights, mode)
    complete = imputed(tree, grid, region_groups)
    outcome = treated(tree, complete.grid.values, mode)
    require_values_in_domain(tree, outcome.values, grid)
    goalposts = fitted_goalposts(tree, outcome.values)
    require_goalposts_in_domain(tree, goalposts, grid.periods)
    normal = normalised(tree, outcome.values, goalposts)
    shares = weights_of(tree, weights)
    scores = aggregated(tree, normal, shares)
    places = ranked(scores)
    return Scores(
        framework=framework,
        mode=mode,
        values=complete.grid,
        treated=outcome.values,
        normalised=normal,
        goalposts=goalposts,
        weights=shares,
        nodes=tree.codes,
        parents=("", *(tree.codes[parent] for parent in tree.parents[1:])),
        levels=tree.levels,
        scores=scores,
        ranks=places,
        tiers=tiered(tree, scores, places),
        contributions=contributions(tree, scores, shares),
        problems=notes(tree, complete, outcome, goalposts, scores),
    )
