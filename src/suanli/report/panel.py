"""A panel's result for the terminal and for programs."""

from typing import Any

from rich.console import RenderableType

from suanli.language import Language, say
from suanli.report.panel_groups import excluded_lines, experts_table, groups_table
from suanli.report.panel_head import panel_head
from suanli.report.panel_linear import linear_table
from suanli.report.panel_repairs import repairs_summary
from suanli.report.panel_rounds import rounds_table
from suanli.report.stamp import stamped
from suanli.report.tables import titled
from suanli.report.trouble import problem_json
from suanli.report.weights_tree import WeightedTree, heaviest, weights_tree
from suanli.report.words import node_names
from suanli.result.panels import PanelResult, influential_entry

_TABLES = (
    "weights",
    "consensus",
    "experts",
    "priorities",
    "aggregations",
    "revisions",
    "repairs",
    "repair_weights",
    "rounds",
    "round_groups",
    "leave_one_out",
)
"""Tables that the JSON has in full; the original judgements and similarities are in the folder."""


def panel_view(result: PanelResult, language: Language) -> RenderableType:
    """Return what was asked of whom, consistency and consensus, the weights, proposed repairs, and the rounds."""
    tree = panel_tree(result, language)
    title = say("panel_report", "panel-title", language, title=result.about.title.said(language))
    sections: list[RenderableType | None] = [
        groups_table(result, language),
        experts_table(result, language),
        excluded_lines(result, language),
        weights_tree(tree, language),
        heaviest(tree, language),
        linear_table(result, language),
        repairs_summary(result, language),
        rounds_table(result, language),
    ]
    spaced = [part for section in sections if section is not None for part in ("", section)]
    whole = titled(title, *panel_head(result, language), *spaced)
    return stamped(whole, simulated=result.about.simulated)


def panel_json(result: PanelResult) -> dict[str, Any]:
    """Return a panel's result for programs, in full precision."""
    about, rules = result.about, result.rules
    return {
        "framework": result.framework.id,
        "title": {"zh": about.title.zh, "en": about.title.en},
        "simulated": about.simulated,
        "experts_count": len(about.experts),
        "round": about.round,
        "rounds_count": about.rounds,
        **{
            name: getattr(rules, name)
            for name in (
                "elicitation",
                "scale",
                "score_rule",
                "method",
                "random_index",
                "aggregation",
                "expert_weights",
                "trim",
                "seed",
            )
        },
        "exclude": rules.exclude.consistency_ratio if rules.exclude else None,
        "consensus_overall": about.consensus,
        "consensus_word": about.word,
        "most_influential": influential_entry(about.influential),
        "interval": about.level,
        **{table: getattr(result, table).to_dicts() for table in _TABLES},
        "problems": [problem_json(problem) for problem in result.problems],
    }


def _told(method: str | None) -> str | None:
    return method if method == "disabled" else None


def panel_tree(result: PanelResult, language: Language) -> WeightedTree:
    """Return the weights of a panel as a tree to be shown, the index on top."""
    names = node_names(result.framework, language)
    code = result.framework.code
    top = dict.fromkeys(result.weights.columns) | {"node": code, "parent": "", "level": 0}
    rows = [top | {"local_weight": 1.0, "global_weight": 1.0}, *result.weights.to_dicts()]
    return WeightedTree(
        # the head names the method of all; only what is disabled has to be told apart
        rows=[row | {"method": _told(row["method"])} for row in rows],
        names=names,
    )
