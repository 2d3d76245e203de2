import numpy as np
import pytest

from suanli.intake.panels import GroupAnswers, Revision, Round
from suanli.methods.pairwise import score_ratios
from suanli.problems import StudyError
from suanli.weighting.judgements import judgements, round_number
from tests.made import flat
from tests.made_panels import matrix, pair_round, panel, score_round

THREE = flat(3)


def revision(expert, item, other, before, after):
    return Revision(expert, "index", item, other, before, after, "", "revisions.csv", 2)


def upper(grades):
    return grades[np.triu_indices(len(grades), 1)].tolist()


def two_rounds(first, second, **more):
    rounds = [
        pair_round(THREE, {"index": first}, 1),
        pair_round(THREE, {"index": second}, 2),
    ]
    return panel(THREE, rounds, **more)


def test_answers_of_one_round_are_taken_as_they_are():
    (told,) = judgements(panel(THREE, [pair_round(THREE, {"index": [[2, 4, 3], None]})]))
    assert (told.node, told.items) == ("index", ("i0", "i1", "i2"))
    assert upper(told.grades[0]) == [2, 4, 3]
    assert told.answered.tolist() == [True, False]
    assert not told.carried.any()
    assert np.isnan(told.ratios[1][0, 1])


def test_an_expert_without_an_answer_keeps_the_former_one():
    made = two_rounds([[2, 4, 3], [3, 5, 2]], [None, [1, 2, 2]])
    (told,) = judgements(made)
    assert [upper(each) for each in told.grades] == [[2, 4, 3], [1, 2, 2]]
    assert told.carried.tolist() == [True, False]


def test_a_comparison_left_blank_keeps_the_former_one():
    (told,) = judgements(two_rounds([[2, 4, 3]], [[None, 6, None]]))
    assert upper(told.grades[0]) == [2, 6, 3]
    assert told.carried.tolist() == [True]


def test_an_earlier_round_does_not_know_a_later_one():
    (told,) = judgements(two_rounds([[2, 4, 3]], [[9, 9, 9]]), 1)
    assert upper(told.grades[0]) == [2, 4, 3]


def test_answers_are_carried_over_two_rounds():
    rounds = [
        pair_round(THREE, {"index": [each]}, n + 1)
        for n, each in enumerate([[2, 4, 3], None, None])
    ]
    (told,) = judgements(panel(THREE, rounds))
    assert upper(told.grades[0]) == [2, 4, 3]
    assert told.carried.tolist() == [True]


def test_best_worst_answers_are_replaced_a_group_at_a_time():
    def asked(number, grades, extremes):
        group = GroupAnswers(
            "index", ("i0", "i1", "i2"), matrix(3, grades)[None], None, np.array([extremes])
        )
        return Round(number, (group,), (True,))

    rounds = [asked(1, [3, 9, None], [0, 2]), asked(2, [None, 1 / 3, 1 / 5], [2, 0])]
    (told,) = judgements(panel(THREE, rounds, elicitation="best-worst"))
    np.testing.assert_array_equal(told.grades[0], matrix(3, [None, 1 / 3, 1 / 5]))
    assert told.extremes.tolist() == [[2, 0]]
    rounds[1] = asked(2, None, [-1, -1])
    (told,) = judgements(panel(THREE, rounds, elicitation="best-worst"))
    np.testing.assert_array_equal(told.grades[0], matrix(3, [3, 9, None]))
    assert told.extremes.tolist() == [[0, 2]]
    assert told.carried.tolist() == [True]


def test_a_revision_goes_on_top_and_leaves_the_answer():
    first = pair_round(THREE, {"index": [[2, 4, 3]]})
    made = panel(THREE, [first], revisions=[revision("E01", "i2", "i0", 1 / 4, 1 / 6)])
    (told,) = judgements(made)
    assert upper(told.grades[0]) == pytest.approx([2, 6, 3])
    assert upper(first.groups[0].grades[0]) == [2, 4, 3]


def test_a_revision_belongs_to_the_last_round_that_has_its_former_value():
    made = two_rounds(
        [[2, 4, 3], [2, 4, 3]], [[2, 5, 3], None], revisions=[revision("E01", "i0", "i2", 4, 6)]
    )
    assert upper(judgements(made, 1)[0].grades[0]) == [2, 6, 3]
    assert upper(judgements(made, 2)[0].grades[0]) == [2, 5, 3]
    made = two_rounds([[2, 4, 3]], [[2, 4, 3]], revisions=[revision("E01", "i0", "i2", 4, 6)])
    assert upper(judgements(made, 1)[0].grades[0]) == [2, 4, 3]
    assert upper(judgements(made, 2)[0].grades[0]) == [2, 6, 3]


def test_a_revised_answer_is_carried_over():
    made = two_rounds([[2, 4, 3]], [None], revisions=[revision("E01", "i0", "i2", 4, 6)])
    assert upper(judgements(made)[0].grades[0]) == [2, 6, 3]


def test_revisions_of_one_answer_follow_one_another():
    steps = [revision("E01", "i0", "i2", 4, 6), revision("E01", "i0", "i2", 6, 7)]
    (told,) = judgements(panel(THREE, [pair_round(THREE, {"index": [[2, 4, 3]]})], revisions=steps))
    assert upper(told.grades[0]) == [2, 7, 3]


def test_every_judgement_has_its_round():
    (told,) = judgements(two_rounds([[2, 4, 3], [2, None, 3]], [[None, 6, None], None]))
    assert upper(told.source_round[0]) == [1, 2, 1]
    assert upper(told.source_round[1]) == [1, 0, 1]
    np.testing.assert_array_equal(told.source_round, np.swapaxes(told.source_round, 1, 2))
    assert (told.source_round[:, range(3), range(3)] == 0).all()


def test_best_worst_answers_have_their_rounds_a_group_at_a_time():
    def asked(number, grades, extremes):
        group = GroupAnswers(
            "index", ("i0", "i1", "i2"), matrix(3, grades)[None], None, np.array([extremes])
        )
        return Round(number, (group,), (True,))

    rounds = [asked(2, [3, 9, None], [0, 2]), asked(5, [None, 1 / 3, 1 / 5], [2, 0])]
    made = panel(THREE, rounds, elicitation="best-worst")
    (told,) = judgements(made, 2)
    assert told.source_round[0].tolist() == [[2, 2, 2], [2, 0, 0], [2, 0, 2]]
    (told,) = judgements(made)
    assert told.source_round[0].tolist() == [[5, 0, 5], [0, 0, 5], [5, 5, 5]]
    rounds[1] = asked(5, None, [2, 0])
    (told,) = judgements(panel(THREE, rounds, elicitation="best-worst"))
    assert told.source_round[0].tolist() == [[5, 2, 2], [2, 0, 0], [2, 0, 5]]


def test_scores_have_their_round_on_the_diagonal():
    rounds = [
        score_round(THREE, {"index": [[8, 4, 2], [3, np.nan, 3]]}, 1),
        score_round(THREE, {"index": [[np.nan] * 3, [1, 2, np.nan]]}, 2),
    ]
    (told,) = judgements(panel(THREE, rounds, elicitation="scores"))
    assert told.source_round.tolist() == [[[1] * 3] * 3, [[2, 2, 0], [2, 2, 0], [0, 0, 0]]]
    (told,) = judgements(panel(THREE, rounds, elicitation="scores"), 1)
    assert told.source_round[1].tolist() == [[1, 0, 1], [0, 0, 0], [1, 0, 1]]
    assert np.isnan(told.revised).all()


def test_revised_grades_are_told_where_they_count():
    steps = [revision("E01", "i2", "i0", 1 / 4, 1 / 6), revision("E01", "i0", "i1", 2, 2)]
    (told,) = judgements(two_rounds([[2, 4, 3]], [None], revisions=steps))
    expected = [[np.nan, 2, 6], [1 / 2, np.nan, np.nan], [1 / 6, np.nan, np.nan]]
    np.testing.assert_allclose(told.revised[0], expected)
    made = two_rounds([[2, 4, 3]], [[2, 5, 3]], revisions=steps[:1])
    assert np.isnan(judgements(made)[0].revised).all()
    assert judgements(made, 1)[0].revised[0, 0, 2] == pytest.approx(6)


def test_the_scale_makes_grades_ratios():
    made = panel(THREE, [pair_round(THREE, {"index": [[2, 1 / 4, 3]]})], scale="power")
    (told,) = judgements(made)
    assert upper(told.ratios[0]) == pytest.approx([4, 1 / 16, 9])
    assert upper(told.grades[0]) == [2, 1 / 4, 3]


@pytest.mark.parametrize("rule", ["ratio", "difference"])
def test_scores_become_ratios_by_the_named_rule(rule):
    scores = [[8, 4, 2], [5, 5, 1]]
    made = panel(
        THREE, [score_round(THREE, {"index": scores})], elicitation="scores", score_rule=rule
    )
    (told,) = judgements(made)
    np.testing.assert_array_equal(told.ratios, score_ratios(scores, rule))
    assert told.answered.all()


def test_scores_are_carried_over_as_a_whole():
    rounds = [
        score_round(THREE, {"index": [[8, 4, 2], [3, 3, 3]]}, 1),
        score_round(THREE, {"index": [[np.nan] * 3, [1, 2, 3]]}, 2),
    ]
    (told,) = judgements(panel(THREE, rounds, elicitation="scores"))
    assert told.scores.tolist() == [[8, 4, 2], [1, 2, 3]]
    assert told.carried.tolist() == [True, False]


def test_every_score_without_a_ratio_is_named():
    made = panel(
        THREE, [score_round(THREE, {"index": [[8, 0, 2], [0, 1, 1]]})], elicitation="scores"
    )
    with pytest.raises(StudyError, match="E01 scored this item 0") as caught:
        judgements(made)
    assert [each.place.code for each in caught.value.problems] == ["i1", "i0"]


def test_a_zero_has_a_difference():
    made = panel(
        THREE,
        [score_round(THREE, {"index": [[8, 0, 2]]})],
        elicitation="scores",
        score_rule="difference",
    )
    assert judgements(made)[0].ratios[0, 0, 1] == 9


def test_an_unknown_round_is_refused_with_the_known_ones():
    made = two_rounds([[2, 4, 3]], [[2, 4, 3]])
    assert round_number(made, None) == 2
    with pytest.raises(StudyError, match="no round 3; its rounds are 1, 2"):
        judgements(made, 3)
