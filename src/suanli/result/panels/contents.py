"""What is kept of a panel: what it was, its rules, and the tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from suanli.framework import Framework
from suanli.intake import InputFile
from suanli.intake.folder import shown
from suanli.intake.panels import COMPARING, Expert, PanelRules
from suanli.language import Text
from suanli.problems import Problem
from suanli.weighting import Influential

LONGEST = 200
"""Characters of a name or an answer that are shown."""


@dataclass(frozen=True, slots=True)
class PanelAbout:
    """What was asked of whom.

    `round` is the number of the round whose answers count, `rounds` how many there were; `level` the share of draws
    inside an interval, None where there are none; `consensus` the mean over the groups and `word` the key of its word,
    None with fewer than two experts; `influential` the expert without whom a weight would change most, None where
    nobody was left out; `version` that of the program.
    """

    title: Text
    simulated: bool
    round: int
    rounds: int
    level: float | None
    consensus: float | None
    word: str | None
    influential: Influential | None
    version: str
    experts: tuple[Expert, ...]
    inputs: tuple[InputFile, ...]

    @property
    def labels(self) -> Mapping[str, str]:
        """Id and name of every expert by id, with whatever a terminal or a sheet might act upon written out."""
        return {expert.id: shown(expert.label, LONGEST) for expert in self.experts}


@dataclass(frozen=True, slots=True, eq=False)
class PanelResult:
    """A panel's weights with everything they rest on, as plain values; `suanli.result.panels.tables` has the columns.

    Rows stand in the order of the framework's tree, then of the experts. Missing numbers are null.
    """

    framework: Framework
    rules: PanelRules
    about: PanelAbout
    weights: pl.DataFrame
    """node, parent, level, local_weight, global_weight, method, consistency_ratio, limit and consensus (of the
    comparison in which it was weighed), local_low, local_high, global_low, global_high: every node below the index."""
    experts: pl.DataFrame
    """expert, name, node, answered, consistency_ratio, gci, lambda_max, missing, influence, excluded, carried, outlier,
    cluster, similarity (to the group), best_worst_ratio (of consistency with the linear model's own measure; only where
    best and worst were asked for): every expert on every group."""
    priorities: pl.DataFrame
    """expert, node, item, weight, best_worst (by the linear model; only where best and worst were asked for): the
    weights each expert's own answers give."""
    judgements: pl.DataFrame
    """round, expert, node, item, other, kind, answer (as written), value (as read), revised (the accepted change),
    used (what counts, after revision and scale; none where a later round replaced it), file, sheet, cell."""
    revisions: pl.DataFrame
    """expert, node, item, other, before, after, reason (as the expert gave it), file, line: every change that an expert
    accepted, item over other."""
    consensus: pl.DataFrame
    """node, items, experts (who count), excluded, above_limit, consistency_ratio and gci (of the group's matrix),
    limit, gci_limit, consensus, word, kendall_w, clusters (none where experts are too many): every judged group."""
    similarity: pl.DataFrame
    """node, expert, other, similarity: every pair of experts on every group; no rows where experts are too many."""
    aggregations: pl.DataFrame
    """node, item, kind (aggregation or method), name, chosen, weight; where best and worst were asked for, the method
    `best-worst-linear` too."""
    repairs: pl.DataFrame
    """expert, node, item, other, before, after, cr_before, cr_after: the smallest changes that reach the limit."""
    repair_weights: pl.DataFrame
    """expert, node, item, before, after: what the proposed changes would do to the expert's own weights."""
    rounds: pl.DataFrame
    """round, answered, consensus, kendall_w, interquartile_range (of the judgements' logarithms), largest_change (of an
    overall weight since the round before), changed (its node), stop (none without a rule), reason_zh, reason_en: every
    round of questions."""
    round_groups: pl.DataFrame
    """round, node, consensus, kendall_w: every judged group in every round."""
    leave_one_out: pl.DataFrame
    """expert, node, global_weight, change: the weights without one expert."""
    problems: tuple[Problem, ...]

    @property
    def tests_consistency(self) -> bool:
        """Whether consistency can be tested: judgements made of scores by the ratio rule have it by construction."""
        return self.rules.elicitation in COMPARING or self.rules.score_rule != "ratio"
