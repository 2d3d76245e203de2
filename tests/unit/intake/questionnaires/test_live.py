"""What a form computes while it is filled in: by the methods' own numbers, and as a spreadsheet computes it."""

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.questionnaires.layout import all_pairs
from suanli.intake.questionnaires.live_pairs import coefficients, pair_state, yardstick
from suanli.intake.questionnaires.questionnaire import questionnaire
from suanli.methods.pairwise import (
    consistency_ratio,
    geometric_weights,
    lambda_of,
    least_squares_weights,
    principal,
    random_index,
    score_ratios,
)
from tests.filled import facts_of, sheets_of
from tests.unit.intake.questionnaires.computed import (
    contradictory_best_worst,
    scored,
    unfinished,
    whole,
)
from tests.unit.intake.questionnaires.forms import Rules, matrix, parts


def judged(count, seed, noise=0.4):
    random = np.random.default_rng(seed)
    return matrix(random.normal(0, 0.7, count), random.normal(0, noise, (count, count)))


@pytest.mark.parametrize("count", [3, 4, 7, 11])
def test_complete_sheets_show_the_geometric_mean_and_the_textbooks_ratio(count):
    grades = judged(count, seed=count)
    pairs = all_pairs(count)
    yard = yardstick(count, len(pairs), "alonso-lamata")
    state = pair_state(count, pairs, tuple(grades[two] for two in pairs), yard)
    weights = geometric_weights(grades)
    assert state.fit.weights == pytest.approx(weights, abs=1e-11)
    expected = consistency_ratio(lambda_of(grades, weights), count)
    assert state.ratio == pytest.approx(float(expected), abs=1e-9)
    # the eigenvector's ratio, which counts, is near it
    assert state.ratio == pytest.approx(
        float(consistency_ratio(principal(grades).lambda_max, count)), abs=0.02
    )


@pytest.mark.parametrize("count", [5, 6, 9])
def test_incomplete_sheets_show_the_least_squares_weights(count):
    grades = judged(count, seed=count)
    mask = np.zeros((count, count), dtype=bool)
    pairs = tuple(two for n, two in enumerate(all_pairs(count)) if n % 3 != 1)
    for i, j in pairs:
        mask[i, j] = mask[j, i] = True
    known = np.where(mask | np.eye(count, dtype=bool), grades, np.nan)
    yard = yardstick(count, len(pairs), "alonso-lamata")
    missing = count * (count - 1) // 2 - len(pairs)
    assert yard.base == pytest.approx(random_index(count, missing=missing))
    state = pair_state(count, pairs, tuple(grades[two] for two in pairs), yard)
    weights = least_squares_weights(known)
    assert state.fit.weights == pytest.approx(weights, abs=1e-9)
    whole = np.where(np.isnan(known), weights[:, None] / weights[None, :], known)
    index = (float(lambda_of(whole, weights)) - count) / (count - 1)
    assert state.ratio == pytest.approx(index / yard.base, abs=1e-8)


def test_consistent_answers_have_no_ratio_and_nothing_to_review():
    pairs = all_pairs(4)
    strength = np.array([8.0, 4.0, 2.0, 1.0])
    grades = tuple(strength[i] / strength[j] for i, j in pairs)
    state = pair_state(4, pairs, grades, yardstick(4, 6, "alonso-lamata"))
    assert state.ratio == pytest.approx(0, abs=1e-9)
    assert state.review is None
    assert state.fit.weights == pytest.approx(strength / 15)


def test_the_answer_that_contradicts_the_others_is_named():
    pairs = all_pairs(4)
    strength = np.array([4.0, 2.0, 2.0, 1.0])
    grades = [strength[i] / strength[j] for i, j in pairs]
    grades[3] = 1 / 9
    state = pair_state(4, pairs, tuple(grades), yardstick(4, 6, "alonso-lamata"))
    assert state.ratio > 0.09
    assert state.review == 4


def test_there_is_no_test_of_two_items_of_a_tree_or_beyond_a_table():
    assert yardstick(2, 1, "alonso-lamata").base is None
    assert yardstick(5, 4, "alonso-lamata").base is None
    assert yardstick(20, 190, "saaty-1980").base is None
    assert yardstick(20, 190, "alonso-lamata").base == pytest.approx(random_index(20))
    assert [yardstick(n, n * (n - 1) // 2, "textbook").limit for n in (3, 4, 5)] == [
        0.05,
        0.09,
        0.1,
    ]


def test_coefficients_sum_to_zero_and_recover_logarithms():
    pairs = ((0, 1), (1, 2), (2, 3), (0, 3))
    table = coefficients(4, pairs)
    assert table.sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-11)
    places = np.array([0.5, 0.1, -0.2, -0.4])
    logs = np.array([places[i] - places[j] for i, j in pairs])
    assert table @ logs == pytest.approx(places, abs=1e-11)


def test_the_constants_in_the_formulas_are_those_of_the_methods():
    declared = bundled("ccpe-3.0")
    form = questionnaire(declared, "E01", rules=Rules())
    formulas = parts(form, "f")
    names = {sheet.node: sheet.name for sheet in sheets_of(form, declared)}
    for node, count in (("3.3.2", 11), ("3.3.1", 9), ("index", 4)):
        (formula,) = [text for text in formulas[names[node]] if f"/{random_index(count)!r}" in text]
        assert f"/{count}-{count})/{count - 1}/" in formula


@pytest.mark.parametrize("way", ["pairwise", "incomplete"])
def test_a_spreadsheet_computes_the_same_ratios_and_weights(way, computed):
    full, declared, given = whole(way)
    book = computed("whole", way)
    groups = sheets_of(full, declared)
    assert sorted(len(group.items) for group in groups) == [3, 4, 5, 7, 11]
    for group in groups:
        sheet, count = book[group.name], len(group.items)
        yard = yardstick(count, len(group.pairs), "alonso-lamata")
        grades = tuple(float(given[group.node][two]) for two in group.pairs)
        state = pair_state(count, group.pairs, grades, yard)
        assert sheet["AC5"].value == len(group.pairs)
        assert sheet["AD5"].value == 1
        first = int(group.remarks[1:]) + 3
        weights = [sheet[f"AE{first + item}"].value for item in range(count)]
        assert weights == pytest.approx(state.fit.weights.tolist(), abs=1e-9)
        assert sheet["AF5"].value == pytest.approx(state.ratio, abs=1e-9)
        assert f"{state.ratio:.3f}" in sheet["C5"].value
        assert (sheet["AH5"].value or None) == state.review
    guide = book.worksheets[0]
    texts = [str(cell.value) for row in guide.iter_rows() for cell in row]
    total = sum(len(group.pairs) for group in groups)
    assert f"{total} / {total}" in texts


@pytest.mark.parametrize(
    ("way", "asked"), [("pairwise", 6), ("best-worst", 5), ("scores", 4), ("budget", 4)]
)
def test_an_unfinished_form_says_so(way, asked, computed):
    _, _, given = unfinished(way)
    assert np.isnan(given["B"]).any()
    sheet = computed("unfinished", way)["B B"]
    assert sheet["AD5"].value == 0
    assert not sheet["AF5"].value
    assert "未答完" in sheet["AI5"].value or "剩余分数" in sheet["AI5"].value
    assert sheet["A5"].value == f"已答 Answered　{sheet['AC5'].value} / {asked}"


def test_what_cannot_be_read_is_said(computed):
    sheet = computed("unreadable")["index"]
    assert sheet["AC5"].value == 2
    assert "有1个答案无法识别" in sheet["AI5"].value
    assert sheet["V9"].value.startswith("无法识别")
    assert sheet["V10"].value == "A 稍微重要\nA moderately more important"
    assert sheet["V11"].value == "同等重要\nEqually important"


def test_best_worst_shows_the_input_based_ratio(computed):
    full, _, given = contradictory_best_worst()
    sheet, grades = computed("best-worst")["B B"], given["B"]
    extreme = grades[0, 3]
    gaps = [abs(grades[0, k] * grades[k, 3] - extreme) for k in (1, 2)]
    assert max(gaps) > 0
    assert sheet["AC5"].value == 5
    assert sheet["AF5"].value == pytest.approx(max(gaps) / (extreme * extreme - extreme))
    assert facts_of(full)["elicitation"] == "best-worst"


@pytest.mark.parametrize("rule", ["ratio", "difference"])
@pytest.mark.parametrize("way", ["scores", "budget"])
def test_scores_show_the_weights_of_their_rule(rule, way, computed):
    _, _, given = scored(way, rule)
    book = computed("scored", way, rule)
    for node, name in (("index", "index"), ("B", "B B")):
        weights = geometric_weights(score_ratios(given[node], rule=rule))
        found = [book[name][f"AD{9 + item}"].value for item in range(len(weights))]
        assert found == pytest.approx(weights.tolist(), abs=1e-9)
