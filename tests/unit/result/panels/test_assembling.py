"""The tables say what the weights and the panel say."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from suanli.intake.panels import Revision
from suanli.methods.pairwise import similarity
from suanli.result.judged import shown_local
from suanli.result.panels import panel_result
from suanli.result.panels.tables import SCHEMAS, TABLES
from suanli.weighting import panel_weights, repairs
from suanli.weighting.groups import MOST_COMPARED
from tests.unit.result.panels import samples


@pytest.fixture(scope="module")
def weights():
    return panel_weights(samples.panel())


def test_tables_have_the_declared_columns(panel_of_eight):
    for table in TABLES:
        assert getattr(panel_of_eight, table).schema == pl.Schema(SCHEMAS[table])


def test_numbers_that_are_not_there_are_null_not_nan(panel_of_eight):
    for table in TABLES:
        frame = getattr(panel_of_eight, table)
        numbers = frame.select(pl.col(pl.Float64).is_nan().any())
        assert not any(numbers.row(0)), table


def test_weights_are_those_of_the_panel_and_sum_to_one(panel_of_eight, weights):
    table = panel_of_eight.weights
    assert dict(table.select("node", "local_weight").iter_rows()) == dict(weights.local)
    assert dict(table.select("node", "global_weight").iter_rows()) == dict(weights.overall)
    sums = table.group_by("parent").agg(pl.col("local_weight").sum())["local_weight"].to_numpy()
    assert np.abs(sums - 1).max() < 1e-15
    low, high = table["local_low"], table["local_high"]
    judged = table["method"] == "eigenvector"
    assert (low.filter(judged) < high.filter(judged)).all()


def test_a_node_has_the_consistency_and_consensus_of_its_comparison(panel_of_eight, weights):
    rows = {row["node"]: row for row in panel_of_eight.weights.to_dicts()}
    top = weights.group("index")
    assert rows["2.1"]["consistency_ratio"] == top.group_consistency_ratio
    assert (rows["2.1"]["limit"], rows["2.1.1.1"]["limit"]) == (0.1, 0.05)
    assert rows["2.1.2.1"]["limit"] is None
    assert rows["2.1.1"]["consensus"] == weights.group("2.1").consensus
    assert rows["2.1.2.1"]["method"] == "only-child"
    assert rows["2.1.2.1"]["consistency_ratio"] is None


def test_experts_stand_on_every_group(panel_of_eight, weights):
    table = panel_of_eight.experts
    assert table.height == 8 * len(weights.groups)
    influence = table.group_by("node").agg(pl.col("influence").sum())["influence"].to_numpy()
    assert np.abs(influence - 1).max() < 1e-15
    excluded = set(table.filter(pl.col("excluded")).select("expert", "node").rows())
    assert excluded == {
        (weights.experts[at].id, group.node)
        for group in weights.groups
        for at in np.flatnonzero(group.excluded)
    }
    assert excluded
    late = table.filter(pl.col("carried"))["expert"].unique().sort().to_list()
    assert late == ["E07", "E08"]
    assert table["similarity"].is_between(0, 1).all()


def test_similarity_to_the_group_is_highest_for_who_agrees():
    alone = samples.panel(names=["一"], rounds=1)
    table = samples.result_of(alone).experts
    assert table["similarity"].to_list() == pytest.approx([1.0] * table.height)
    assert samples.result_of(alone).about.consensus is None


def test_groups_count_who_counts_and_who_is_above_the_limit(panel_of_eight, weights):
    rows = {row["node"]: row for row in panel_of_eight.consensus.to_dicts()}
    for group in weights.groups:
        row = rows[group.node]
        assert row["experts"] == 8 - row["excluded"]
        assert row["above_limit"] == int((group.consistency_ratio > row["limit"]).sum())
        assert row["word"] == group.consensus_word
    assert rows["index"]["limit"] == 0.1
    assert rows["2.1.1"]["limit"] == 0.05


def test_the_chosen_aggregation_and_method_give_the_weights(panel_of_eight, weights):
    table = panel_of_eight.aggregations
    for kind in ("aggregation", "method"):
        chosen = table.filter(pl.col("chosen"), pl.col("kind") == kind)
        used = {item: weights.local[item] for item in chosen["item"]}
        assert dict(chosen.select("item", "weight").iter_rows()) == pytest.approx(used, rel=1e-12)
    counts = table.group_by("kind").agg(pl.col("name").n_unique()).sort("kind").rows()
    assert counts == [("aggregation", 3), ("method", 4)]


class TestJudgements:
    def test_every_answer_is_kept_as_written(self, panel_of_eight):
        answers = samples.panel().answers
        table = panel_of_eight.judgements
        columns = ["expert", "node", "item", "other", "answer", "value", "file", "cell"]
        assert table.select(columns).equals(answers.select(columns))

    def test_what_a_later_round_replaced_does_not_count(self, panel_of_eight):
        table = panel_of_eight.judgements
        counted = table.filter(pl.col("used").is_not_null())
        per_question = counted.group_by("expert", "node", "item", "other").len()["len"]
        assert per_question.unique().to_list() == [1]
        rounds = dict(counted.group_by("expert").agg(pl.col("round").first()).iter_rows())
        assert rounds == {f"E{at:02d}": 2 for at in range(1, 7)} | {"E07": 1, "E08": 1}

    def test_an_accepted_change_stands_beside_the_answer(self, panel_of_eight):
        revised = panel_of_eight.judgements.filter(pl.col("revised").is_not_null())
        row = revised.row(0, named=True)
        assert revised.height == 1
        assert (row["round"], row["expert"]) == (2, "E01")
        assert row["value"] != row["revised"] == row["used"] == 2.0

    def test_a_change_told_the_other_way_round(self):
        panel = samples.panel(rounds=1)
        row = panel.answers.row(0, named=True)
        told = Revision(
            row["expert"],
            row["node"],
            row["other"],
            row["item"],
            1 / row["value"],
            1 / 7,
            "",
            "revisions.csv",
            2,
        )
        found = samples.result_of(replace(panel, revisions=(told,))).judgements.row(0, named=True)
        assert (found["revised"], found["used"]) == pytest.approx((7.0, 7.0))

    def test_what_counts_is_under_the_scale(self):
        found = samples.result_of(samples.panel(rounds=1, scale="root")).judgements
        plain = found.filter(pl.col("revised").is_null())
        assert plain["used"].to_list() == pytest.approx((plain["value"] ** 0.5).to_list())

    def test_scores_count_as_they_are(self):
        table = samples.scored().judgements
        assert table.height == 3 * 24
        assert table["used"].equals(table["value"])
        assert table["revised"].null_count() == table.height

    def test_the_choice_of_best_and_worst_has_no_number(self):
        told = samples.best_worst().judgements
        assert told.select("kind", "used").rows() == [
            ("best", None),
            ("worst", None),
            ("pair", 2.0),
        ]

    def test_a_round_that_is_not_reached_does_not_count(self):
        panel = samples.panel()
        weights = panel_weights(panel, round=1, uncertainty=False)
        table = panel_result(panel, weights).judgements
        assert table.filter(pl.col("round") == 2)["used"].null_count() == 6 * 24
        assert table.filter(pl.col("round") == 1)["used"].null_count() == 0


def test_repairs_reach_the_limit(panel_of_eight, weights):
    table = panel_of_eight.repairs
    limits = dict(panel_of_eight.consensus.select("node", "limit").iter_rows())
    assert table.height >= len(repairs(weights)) > 0
    for row in table.to_dicts():
        assert row["cr_before"] > limits[row["node"]] >= row["cr_after"]
        assert row["before"] != row["after"]
    sums = panel_of_eight.repair_weights.group_by("expert", "node").agg(
        pl.col("before").sum(), pl.col("after").sum()
    )
    assert sums["before"].to_list() == pytest.approx([1.0] * sums.height)
    assert sums["after"].to_list() == pytest.approx([1.0] * sums.height)


def test_rounds_tell_movement_and_verdict(panel_of_eight):
    first, second = panel_of_eight.rounds.to_dicts()
    assert (first["answered"], second["answered"]) == (8, 6)
    assert first["largest_change"] is None
    assert second["changed"] in set(panel_of_eight.weights["node"])
    assert second["reason_zh"]
    assert panel_of_eight.round_groups.height == 2 * panel_of_eight.consensus.height


def test_leaving_one_out_changes_the_weights_by_what_is_told(panel_of_eight, weights):
    table = panel_of_eight.leave_one_out
    assert table.height == 8 * len(weights.overall)
    rows = table.filter(pl.col("expert") == "E07").to_dicts()
    assert all(
        row["global_weight"] == pytest.approx(weights.overall[row["node"]] + row["change"])
        for row in rows
    )


def test_without_uncertainty_there_are_no_intervals():
    panel = samples.panel()
    found = panel_result(panel, panel_weights(panel, uncertainty=False))
    assert found.about.level is None
    assert found.weights["local_low"].null_count() == found.weights.height
    assert found.leave_one_out.is_empty()


def test_the_most_influential_expert_is_the_one_of_the_largest_change(panel_of_eight):
    found = panel_of_eight.about.influential
    largest = panel_of_eight.leave_one_out.sort(pl.col("change").abs(), descending=True).row(0)
    assert (found.expert.id, found.node, found.change) == (largest[0], largest[1], largest[3])
    assert samples.result_of(samples.panel(names=["一"], rounds=1)).about.influential is None


class TestBestWorst:
    """The linear model stands beside where best and worst were asked for."""

    def test_it_is_one_more_method(self):
        told = samples.best_worst()
        linear = told.aggregations.filter(name="best-worst-linear")
        assert set(linear["kind"]) == {"method"}
        assert not linear["chosen"].any()
        sums = linear.group_by("node").agg(pl.col("weight").sum())["weight"].to_numpy()
        assert len(sums) == told.consensus.height
        assert np.abs(sums - 1).max() < 1e-12
        top = dict(linear.filter(node="index").select("item", "weight").iter_rows())
        assert max(top, key=top.get) == "2.1"

    def test_it_is_the_geometric_mean_of_the_experts_own(self):
        told = samples.best_worst()
        own = told.priorities.filter(node="2.1")
        assert own["expert"].unique(maintain_order=True).to_list() == ["E01", "E02", "E03"]
        logs = own.group_by("item", maintain_order=True).agg(pl.col("best_worst").log().mean())
        means = np.exp(logs["best_worst"].to_numpy())
        group = told.aggregations.filter(node="2.1", name="best-worst-linear")["weight"].to_numpy()
        assert group == pytest.approx(means / means.sum(), rel=1e-12)

    def test_its_own_measure_of_consistency_is_told(self):
        rows = samples.best_worst().experts.filter(node="2.1")
        assert rows["best_worst_ratio"].is_null().to_list() == [False, False, False, True]
        assert rows["best_worst_ratio"].drop_nulls().is_between(0, 1).all()

    def test_nobody_else_has_it(self, panel_of_eight):
        assert (
            panel_of_eight.priorities["best_worst"].null_count() == panel_of_eight.priorities.height
        )
        assert (
            panel_of_eight.experts["best_worst_ratio"].null_count() == panel_of_eight.experts.height
        )
        assert "best-worst-linear" not in set(panel_of_eight.aggregations["name"])


def test_likeness_to_the_group_is_under_the_panel_s_own_scale():
    panel = samples.panel(rounds=1, scale="power")
    weights = panel_weights(panel, uncertainty=False)
    told = panel_result(panel, weights).experts
    of_group = weights.group("index").similarity_to_group
    assert told.filter(node="index")["similarity"].to_list() == of_group.tolist()


@pytest.mark.parametrize(
    ("rule", "stop"), [({"consensus": None, "change": None}, None), ({}, False)]
)
def test_without_a_rule_there_is_no_verdict(rule, stop):
    told = samples.result_of(samples.panel(rounds=1, stop=rule, uncertainty={"draws": 0}))
    assert told.rounds["stop"].to_list() == [stop]


def test_accepted_changes_are_kept_with_their_reasons(panel_of_eight):
    told = samples.panel().revisions[0]
    assert panel_of_eight.revisions.rows() == [
        (
            told.expert,
            told.node,
            told.item,
            told.other,
            told.before,
            2.0,
            "复核",
            *("revisions.csv", 2),
        )
    ]
    assert samples.scored().revisions.is_empty()


def test_experts_beyond_the_most_are_not_compared_two_by_two():
    many = samples.panel(names=["某"] * (MOST_COMPARED + 1), rounds=1, uncertainty={"draws": 0})
    found = samples.result_of(replace(many, revisions=()))
    assert found.similarity.is_empty()
    assert found.consensus["clusters"].null_count() == found.consensus.height
    assert found.experts["cluster"].null_count() == found.experts.height
    assert found.experts["similarity"].is_between(0, 1).all()
    (note,) = [each for each in found.problems if each.code == "panel-result-similarity-left-out"]
    assert (note.found, note.expected) == (str(MOST_COMPARED + 1), str(MOST_COMPARED))
    few = samples.panel(names=["某"] * MOST_COMPARED, rounds=1, uncertainty={"draws": 0})
    assert panel_weights(few, uncertainty=False).groups[0].similarity is not None


def test_likeness_to_the_group_is_that_of_the_two_alone(weights):
    for group in weights.groups:
        both = similarity(np.vstack([group.weights, group.priorities]))
        assert group.similarity_to_group == pytest.approx(both[0, 1:], rel=1e-12)


def test_warnings_name_the_group_with_its_code(panel_of_eight):
    told = [each for each in panel_of_eight.problems if "group_zh" in each.details]
    assert told
    assert all(f"（{each.place.code}）”" in each.message("zh") for each in told)
    assert all(f"({each.place.code})" in each.message("en") for each in told)


def test_what_is_below_a_disabled_group_is_disabled_too():
    off = samples.panel(rounds=1)
    tree = off.framework.with_changes(
        {"nodes/2.3/disabled": True, "weighting/renormalise_missing": True}
    )
    kept = [group for group in off.rounds[0].groups if not group.node.startswith("2.3")]
    assert tree.node("2.3").disabled
    made = replace(
        off,
        framework=tree,
        revisions=(),
        rounds=(replace(off.rounds[0], groups=tuple(kept)),),
        answers=off.answers.filter(~pl.col("node").str.starts_with("2.3")),
    )
    table = samples.result_of(made).weights
    methods = dict(table.select("node", "method").iter_rows())
    below = {node for node in methods if node.startswith("2.3")}
    assert len(below) > 3
    assert {node for node, method in methods.items() if method == "disabled"} == below
    shown = dict(zip(table["node"], shown_local(table), strict=True))
    assert {node for node, weight in shown.items() if weight is None} == below


def test_problems_are_those_of_reading_and_of_weighting(panel_of_eight):
    codes = {problem.code for problem in panel_of_eight.problems}
    assert {"result-file-invalid", "panel-expert-excluded"} <= codes
