from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from suanli.methods.pairwise import (
    Change,
    consistency_ratio,
    harker,
    least_lambda,
    missing_count,
    principal,
    proposal,
    ratios,
)
from suanli.methods.pairwise import repair_search as search
from suanli.methods.pairwise.judgement_scales import positions
from suanli.methods.pairwise.repair import _task
from tests.unit.methods.pairwise.made import (
    GRADES,
    connected_gaps,
    consistent,
    random_grades,
    reciprocal,
    with_gaps,
)

# Saaty, How to make a decision: the analytic hierarchy process, EJOR 48, 1990: choosing a house
HOUSE = reciprocal(
    [
        *(5, 3, 7, 6, 6, 1 / 3, 1 / 4),
        *(1 / 3, 5, 3, 3, 1 / 5, 1 / 7),
        *(6, 3, 4, 6, 1 / 5),
        *(1 / 3, 1 / 4, 1 / 7, 1 / 8),
        *(1 / 2, 1 / 5, 1 / 6),
        *(1 / 5, 1 / 6),
        1 / 2,
    ],
    8,
)


def changed(matrix, changes):
    """Return the matrix with changes made, whatever the search did."""
    after = np.array(matrix)
    for change in changes:
        assert change.row < change.column
        assert after[change.row, change.column] == change.before
        after[change.row, change.column] = change.after
        after[change.column, change.row] = 1 / change.after
    return after


def ratio_of(matrix, table="alonso-lamata"):
    found = principal(least_lambda(matrix))
    missing = missing_count(matrix)
    return float(consistency_ratio(found.lambda_max, len(matrix), table=table, missing=missing))


def steps_of(found):
    return sum(abs(positions(each.after) - positions(each.before)) for each in found.changes)


def brute_force(matrix, limit, count):
    """Return the fewest steps in which so many judgements reach the limit, trying every way."""
    n = len(matrix)
    pairs = list(combinations(range(n), 2))
    grades = GRADES
    best = np.inf
    for chosen in combinations(pairs, count):
        for after in product(grades, repeat=count):
            steps = sum(
                abs(float(positions(new)) - float(positions(matrix[pair])))
                for pair, new in zip(chosen, after, strict=True)
            )
            if steps >= best - 1e-9:
                continue
            changes = [
                Change(*pair, matrix[pair], new) for pair, new in zip(chosen, after, strict=True)
            ]
            if ratio_of(changed(matrix, changes)) <= limit:
                best = steps
    return best


class TestHouse:
    def test_saaty_s_answer_reaches_the_limit(self):
        # Saaty, EJOR 145, 2003: the decision maker accepts 1/2 in place of 6
        found = principal(changed(HOUSE, [Change(2, 6, 6.0, 0.5)]))
        assert float(consistency_ratio(found.lambda_max, 8, table="saaty-2005")) == pytest.approx(
            0.083, abs=0.0006
        )

    @pytest.mark.parametrize("table", ["saaty-1980", "saaty-2005", "alonso-lamata"])
    def test_the_least_change_is_to_the_same_judgement(self, table):
        found = proposal(HOUSE, limit=0.1, table=table)
        assert found.changes == (Change(2, 6, 6.0, 1.0),)
        assert found.before == pytest.approx(ratio_of(HOUSE, table))
        assert found.after == pytest.approx(ratio_of(changed(HOUSE, found.changes), table))
        assert found.after <= 0.1
        # a step less does not do
        assert ratio_of(changed(HOUSE, [Change(2, 6, 6.0, 2.0)]), table) > 0.1

    def test_weights_are_those_of_the_two_matrices(self):
        found = proposal(HOUSE, limit=0.1)
        np.testing.assert_allclose(found.weights_before, principal(HOUSE).weights)
        np.testing.assert_allclose(
            found.weights_after, principal(changed(HOUSE, found.changes)).weights
        )

    def test_harker_s_replacement(self):
        found = harker(with_gaps(HOUSE, 2, 6))
        assert found.weights[2] / found.weights[6] == pytest.approx(0.459, abs=0.0006)
        ratio = consistency_ratio(found.lambda_max, 8, table="saaty-1980")
        assert float(ratio) == pytest.approx(0.0825, abs=0.0006)

    def test_the_matrix_is_left_as_it_is(self):
        before = HOUSE.copy()
        proposal(HOUSE, limit=0.1)
        np.testing.assert_array_equal(HOUSE, before)


class TestNothingToDo:
    @pytest.mark.parametrize("limit", [None, 0.0, 0.1])
    def test_a_consistent_matrix_needs_no_proposal(self, limit):
        assert proposal(consistent([0.5, 0.25, 0.125, 0.125]), limit=limit) is None

    @pytest.mark.parametrize("matrix", [[[1.0]], [[1, 9], [1 / 9, 1]]])
    def test_fewer_than_three_items_cannot_contradict(self, matrix):
        assert proposal(matrix, limit=0) is None

    def test_nor_can_a_spanning_tree(self):
        chain = with_gaps(reciprocal([9, 1, 1 / 9], 3), 0, 2)
        assert proposal(chain, limit=0) is None

    def test_the_limit_goes_by_size(self):
        three = reciprocal([2, 8, 2], 3)
        assert 0.05 < ratio_of(three) < 0.1
        assert proposal(three).limit == 0.05
        assert proposal(three, limit=0.1) is None


class TestSearch:
    @pytest.mark.parametrize("seed", range(6))
    def test_one_change_is_the_least_there_is(self, seed):
        matrix = random_grades(np.random.default_rng(seed), 4)
        found = proposal(matrix, limit=0.4)
        if found is None:
            assert ratio_of(matrix) <= 0.4
            return
        fewest = next(count for count in (1, 2) if brute_force(matrix, 0.4, count) < np.inf)
        assert len(found.changes) == fewest
        assert steps_of(found) == pytest.approx(brute_force(matrix, 0.4, fewest))

    @pytest.mark.parametrize(("n", "missing"), [(4, 0), (5, 0), (5, 2)])
    @pytest.mark.parametrize("share", [0.3, 0.5])
    @pytest.mark.parametrize("seed", range(4))
    def test_no_pair_is_overlooked(self, n, missing, share, seed):
        rng = np.random.default_rng(seed)
        matrix = connected_gaps(rng, random_grades(rng, n), missing)
        task = _task(matrix, 0.1, "saaty")
        singles = np.tile(task.kept, (task.open[0].size, 1))
        singles[np.arange(len(singles)), task.open[0]] = task.open[1]
        first, second = np.nonzero(task.open[0][:, None] < task.open[0])
        pairs = np.maximum(singles[first], singles[second])
        one, two = task.spectra(singles).sizes, task.spectra(pairs).sizes
        # a limit that pairs reach, and no single change
        limit = two.min() + share * (
            min(one.min(), task.spectra(task.kept[None]).sizes[0]) - two.min()
        )
        task = replace(task, limit=limit)
        found = search.smallest_change(task)
        assert (found != search.KEPT).sum() == 2
        fit = two <= limit
        fewest = task.total_steps(pairs)[fit].min()
        assert task.total_steps(found[None])[0] == fewest
        assert task.spectra(found[None]).sizes[0] == pytest.approx(
            two[fit & (task.total_steps(pairs) == fewest)].min(), abs=1e-12
        )

    def test_steps_back_stay_on_the_way(self):
        matrix = reciprocal([1.0, 5, 1 / 4], 3)
        task = _task(matrix, 0.0, "saaty")
        # 1 to 4, 5 to 1/2, 1/4 to 1/5: positions 11, 7 and 4
        version = np.array([11, 7, 4])
        np.testing.assert_array_equal(search._stepped_back(task, version), [[10, 7, 4], [11, 8, 4]])

    def test_two_changes_are_the_least_there_are(self):
        matrix = random_grades(np.random.default_rng(56), 4)
        found = proposal(matrix, limit=0.1)
        assert len(found.changes) == 2
        assert brute_force(matrix, 0.1, 1) == np.inf
        assert steps_of(found) == pytest.approx(brute_force(matrix, 0.1, 2))

    @pytest.mark.parametrize("n", [4, 5, 7, 9])
    @pytest.mark.parametrize("seed", range(3))
    def test_random_matrices_reach_the_limit(self, n, seed):
        matrix = random_grades(np.random.default_rng(seed), n)
        found = proposal(matrix, limit=0.1)
        assert found.after == pytest.approx(ratio_of(changed(matrix, found.changes)))
        assert found.after <= 0.1 < found.before
        places = [(each.row, each.column) for each in found.changes]
        assert places == sorted(set(places))

    @pytest.mark.parametrize("seed", range(3))
    def test_no_change_can_be_taken_back(self, seed):
        matrix = random_grades(np.random.default_rng(seed), 6)
        found = proposal(matrix, limit=0.1)
        assert len(found.changes) > 2
        for kept in combinations(found.changes, len(found.changes) - 1):
            assert ratio_of(changed(matrix, kept)) > 0.1

    @pytest.mark.parametrize("seed", range(3))
    def test_no_change_can_stop_a_step_before(self, seed):
        matrix = random_grades(np.random.default_rng(seed), 6)
        found = proposal(matrix, limit=0.1)
        for number, change in enumerate(found.changes):
            place = positions(change.after) - np.sign(
                positions(change.after) - positions(change.before)
            )
            grade = place + 1 if place >= 0 else 1 / (1 - place)
            rest = [other for other in found.changes if other != change]
            shorter = Change(change.row, change.column, change.before, float(grade))
            assert ratio_of(changed(matrix, [*rest, shorter])) > 0.1, number

    def test_relabelling_moves_the_proposal(self):
        order = [3, 0, 5, 7, 1, 2, 6, 4]
        found = proposal(HOUSE[np.ix_(order, order)], limit=0.1)
        (change,) = found.changes
        assert {order[change.row], order[change.column]} == {2, 6}

    def test_twice_gives_the_same(self):
        matrix = random_grades(np.random.default_rng(4), 8)
        first, second = proposal(matrix, limit=0.1), proposal(matrix, limit=0.1)
        assert first.changes == second.changes
        np.testing.assert_array_equal(first.weights_after, second.weights_after)

    @pytest.mark.parametrize("limit", [0.0, 1e-6, 0.001])
    def test_a_limit_near_nothing_is_reached(self, limit):
        found = proposal(random_grades(np.random.default_rng(5), 6), limit=limit)
        assert found.after <= limit + 1e-12

    def test_many_items_go_by_the_beam(self):
        rng = np.random.default_rng(1)
        matrix = reciprocal(np.clip(np.round(np.exp(rng.normal(0.6, 0.5, 190))), 1, 9), 20)
        limit = ratio_of(matrix) - 0.004
        found = proposal(matrix, limit=limit)
        assert found.after <= limit + 1e-12
        assert len(found.changes) <= 3


class TestIncomplete:
    @pytest.mark.parametrize("seed", range(4))
    def test_only_judgements_that_are_there_change(self, seed):
        rng = np.random.default_rng(seed)
        matrix = connected_gaps(rng, random_grades(rng, 6), 4)
        found = proposal(matrix, limit=0.1)
        after = changed(matrix, found.changes)
        np.testing.assert_array_equal(np.isnan(after), np.isnan(matrix))
        assert found.before == pytest.approx(ratio_of(matrix))
        assert found.after == pytest.approx(ratio_of(after), abs=1e-9)
        assert found.after <= 0.1

    @pytest.mark.parametrize("seed", range(3))
    def test_one_change_is_the_least_there_is(self, seed):
        rng = np.random.default_rng(seed + 20)
        matrix = with_gaps(random_grades(rng, 5), [0, 1], [2, 4])
        limit = 0.6 * ratio_of(matrix)
        found = proposal(matrix, limit=limit)
        single = [
            (abs(positions(grade) - positions(matrix[i, j])), i, j)
            for i, j in combinations(range(5), 2)
            if not np.isnan(matrix[i, j])
            for grade in np.exp(_task(matrix, 0.1, "saaty").grid)
            if ratio_of(changed(matrix, [Change(i, j, matrix[i, j], grade)])) <= limit
        ]
        if single:
            assert len(found.changes) == 1
            assert steps_of(found) == pytest.approx(min(single)[0])
        else:
            assert len(found.changes) > 1

    def test_the_index_is_that_of_incomplete_matrices(self):
        matrix = with_gaps(reciprocal([3, 5, 1 / 2, 1 / 3, 4, 2], 4), 2, 3)
        found = proposal(matrix, limit=0.05)
        lambda_max = principal(least_lambda(matrix)).lambda_max
        # Ágoston and Csató 2022: RI[4, 1]
        assert found.before == pytest.approx((lambda_max - 4) / 3 / 0.583)


class TestScalesAndSteps:
    @pytest.mark.parametrize("scale", ["power", "balanced", "geometric", "adaptive"])
    def test_changes_are_grades_whatever_the_scale(self, scale):
        grades = random_grades(np.random.default_rng(5), 5)
        found = proposal(grades, limit=0.1, scale=scale)
        after = changed(grades, found.changes)
        assert found.before == pytest.approx(ratio_of(ratios(grades, scale)))
        assert found.after == pytest.approx(ratio_of(ratios(after, scale)))
        for change in found.changes:
            assert positions(change.after) == pytest.approx(np.round(positions(change.after)))

    def test_a_judgement_between_grades_moves_to_a_grade(self):
        matrix = reciprocal([2.5, 12.0, 1.5], 3)
        found = proposal(matrix, limit=0.05)
        # a step and a half; from 2.5 to 5 it is two and a half, from 12 to 8 four
        assert found.changes == (Change(1, 2, 1.5, 3.0),)

    def test_a_ratio_beyond_the_form_comes_back_to_it(self):
        matrix = reciprocal([1, 30.0, 1, 1, 1, 1], 4)
        assert proposal(matrix, limit=0.1).changes == (Change(0, 2, 30.0, 4.0),)
        assert ratio_of(changed(matrix, [Change(0, 2, 30.0, 5.0)])) > 0.1


class TestRefusals:
    def test_several_matrices(self):
        with pytest.raises(ValueError, match="one matrix at a time"):
            proposal(np.ones((2, 3, 3)))

    @pytest.mark.parametrize("asked", [{"limit": -0.1}, {"limit": np.nan}])
    def test_negative_limits(self, asked):
        with pytest.raises(ValueError, match="must not be negative"):
            proposal(HOUSE, **asked)

    def test_a_matrix_that_is_none(self):
        with pytest.raises(ValueError, match="reciprocal"):
            proposal([[1, 2, 3], [2, 1, 3], [1 / 3, 1 / 3, 1]])

    def test_items_that_are_not_connected(self):
        apart = with_gaps(np.ones((4, 4)), [0, 0, 1, 1], [2, 3, 2, 3])
        with pytest.raises(ValueError, match=r"groups are \[0, 1\], \[2, 3\]"):
            proposal(apart)

    def test_an_unknown_table(self):
        with pytest.raises(ValueError, match="none of"):
            proposal(HOUSE, table="nobody")

    def test_an_unknown_scale(self):
        with pytest.raises(ValueError, match="unknown scale"):
            proposal(HOUSE, scale="nobody")


class TestSpectra:
    """What the search looks at is what one matrix by itself gives."""

    @pytest.mark.parametrize("missing", [0, 5])
    def test_versions_have_their_own_lambda(self, missing):
        rng = np.random.default_rng(missing)
        matrix = connected_gaps(rng, random_grades(rng, 7), missing)
        task = _task(matrix, 0.1, "saaty")
        places, grades = task.open
        for row in rng.integers(0, places.size, 8):
            version = task.kept.copy()
            version[places[row]] = grades[row]
            after = matrix.copy()
            i, j = task.pattern.rows[places[row]], task.pattern.columns[places[row]]
            after[i, j] = np.exp(task.grid[grades[row]])
            after[j, i] = 1 / after[i, j]
            alone = principal(least_lambda(after)).lambda_max
            assert task.spectra(version[None]).sizes[0] == pytest.approx(np.log(alone), abs=1e-12)

    @pytest.mark.parametrize("missing", [0, 3])
    def test_slopes_are_differences(self, missing):
        rng = np.random.default_rng(9 + missing)
        matrix = connected_gaps(rng, random_grades(rng, 5), missing)
        task = _task(matrix, 0.1, "saaty")
        slopes = task.spectra(task.kept[None]).slopes[0]
        for place in range(task.given.size):
            sizes = []
            for move in (-1e-5, 1e-5):
                after = matrix.copy()
                i, j = task.pattern.rows[place], task.pattern.columns[place]
                after[i, j] *= np.exp(move)
                after[j, i] = 1 / after[i, j]
                sizes.append(np.log(principal(least_lambda(after)).lambda_max))
            assert slopes[place] == pytest.approx((sizes[1] - sizes[0]) / 2e-5, abs=1e-7)

    def test_batches_do_not_matter(self, monkeypatch):
        rng = np.random.default_rng(2)
        matrix = connected_gaps(rng, random_grades(rng, 7), 4)
        whole = proposal(matrix, limit=0.1)
        monkeypatch.setattr("suanli.methods.pairwise.repair_spectra.BATCH", 500)
        assert proposal(matrix, limit=0.1).changes == whole.changes

    def test_chunks_do_not_matter(self, monkeypatch):
        matrix = random_grades(np.random.default_rng(56), 4)
        whole = proposal(matrix, limit=0.1)
        monkeypatch.setattr(search, "CHUNK", 3)
        assert proposal(matrix, limit=0.1).changes == whole.changes
