import numpy as np
import pytest

from suanli.methods.pairwise import (
    TABLES,
    consistency_index,
    last_size,
    least_lambda,
    principal,
    random_index,
    table_named,
)
from suanli.methods.pairwise import random_index_tables as printed
from tests.unit.methods.pairwise.made import random_grades, with_gaps


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("alonso-lamata", "alonso-lamata"),
        ("Alonso_Lamata", "alonso-lamata"),
        ("alonso_lamata2006_100k", "alonso-lamata"),
        ("alonso_lamata2006_500k", "alonso-lamata"),
        ("Alonso & Lamata (2006)", "alonso-lamata"),
        ("saaty1980", "saaty-1980"),
        ("saaty-1980", "saaty-1980"),
        ("Saaty 2005", "saaty-2005"),
        ("saaty1977_50samples", "saaty-1977"),
        ("china_textbook", "textbook"),
        ("Chinese textbook", "textbook"),
        ("textbook", "textbook"),
        ("chinese", "textbook"),
        ("教材", "textbook"),
        ("ahpsurvey", "ahpsurvey"),
        ("ahpsurvey500k", "ahpsurvey"),
        ("donegan_dodd1991", "donegan-dodd"),
        ("Donegan and Dodd", "donegan-dodd"),
        ("dd", "donegan-dodd"),
    ],
)
def test_tables_are_known_by_many_spellings(spelling, name):
    assert table_named(spelling) == name


@pytest.mark.parametrize("spelling", ["saaty", "saaty2008", "", "alonso-lamata-2007", "golden"])
def test_unknown_and_ambiguous_tables_are_refused(spelling):
    with pytest.raises(ValueError, match="is none of alonso-lamata, ahpsurvey, saaty-1977"):
        table_named(spelling)


def test_every_table_is_known_by_its_own_name():
    assert TABLES[0] == "alonso-lamata"
    assert [table_named(table) for table in TABLES] == list(TABLES)


@pytest.mark.parametrize(
    ("n", "table", "wanted"),
    [
        (15, "alonso-lamata", 1.5838),
        (16, "alonso-lamata", 1.5955704),
        (50, "alonso-lamata", 1.7060381),
        (51, "alonso-lamata", 1.7070),
        (100, "alonso-lamata", 1.7305),
        (15, "ahpsurvey", 1.5839958),
        (12, "saaty-1980", 1.48),
        (5, "saaty-2005", 1.11),
        (5, "textbook", 1.12),
        (9, "donegan-dodd", 1.3733),
        (22, "donegan-dodd", 1.5371 + 0.4 * (1.5619 - 1.5371)),
        (90, "donegan-dodd", (1.6277 + 1.6339) / 2),
        (100, "donegan-dodd", 1.6339),
        (15, "saaty-1977", 1.466),
    ],
)
def test_values_by_table(n, table, wanted):
    assert random_index(n, table) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("table", TABLES)
def test_below_three_items_and_for_trees_it_is_zero(table):
    assert random_index(1, table) == random_index(2, table) == 0
    for n, missing in ((3, 1), (4, 3), (5, 6), (6, 10)):
        assert random_index(n, table, missing=missing) == 0


@pytest.mark.parametrize(
    ("table", "last"),
    [
        ("alonso-lamata", 100),
        ("ahpsurvey", 50),
        ("saaty-1977", 15),
        ("saaty-1980", 15),
        ("saaty-2005", 15),
        ("textbook", 15),
        ("donegan-dodd", 100),
    ],
)
def test_tables_end_and_say_where(table, last):
    assert random_index(last, table) > 0
    with pytest.raises(ValueError, match=f"{table} ends at n = {last}; n is {last + 1}"):
        random_index(last + 1, table)


def test_simulated_indices_rise_with_n_and_join_without_a_step():
    values = np.array([random_index(n) for n in range(3, 101)])
    steps = np.diff(values)
    assert (steps > 0).all()
    # a table meets the next at 15 | 16 and at 50 | 51
    joins = [steps[16 - 4], steps[51 - 4]]
    assert steps[17 - 4] < joins[0] < steps[15 - 4]
    assert joins[1] == pytest.approx(steps[50 - 4], abs=5e-4)


def test_incomplete_indices_as_printed():
    assert random_index(4, missing=1) == 0.583
    assert random_index(6, missing=9) == 0.161
    assert random_index(7, "ahpsurvey", missing=1) == 1.256


def test_incomplete_indices_where_none_is_printed_fall_in_a_straight_line():
    assert random_index(9, missing=7) == pytest.approx((1 - 14 / 56) * 1.4499, rel=1e-14)
    assert random_index(7, missing=2) == pytest.approx((1 - 4 / 30) * 1.3417, rel=1e-14)
    for n in range(4, 12):
        most = (n - 1) * (n - 2) // 2
        values = [random_index(n, missing=missing) for missing in range(most + 1)]
        assert values == sorted(values, reverse=True)
        assert len(set(values)) == most + 1


def test_incomplete_indices_of_older_tables_keep_their_proportion():
    assert random_index(4, "saaty-1980", missing=1) == pytest.approx(0.583 / 0.884 * 0.9, rel=1e-14)
    assert random_index(9, "saaty-1980", missing=7) == pytest.approx(0.75 * 1.45, rel=1e-14)


@pytest.mark.parametrize(("n", "missing"), [(3, 2), (5, 7), (5, -1), (2, 1)])
def test_missing_counts_that_cannot_be_are_refused(n, missing):
    with pytest.raises(
        ValueError, match=f"{missing} missing judgements leave {n} items unconnected"
    ):
        random_index(n, missing=missing)


def test_no_items_have_no_index():
    with pytest.raises(ValueError, match="at least one item, not 0"):
        random_index(0)


@pytest.mark.parametrize("n", [3, 6, 10])
def test_the_default_is_the_mean_of_random_matrices(n):
    matrices = random_grades(np.random.default_rng(35), n, (20_000,))
    index = consistency_index(principal(matrices).lambda_max, n)
    error = index.std() / np.sqrt(len(index))
    assert random_index(n) == pytest.approx(index.mean(), abs=4 * error)


def test_the_incomplete_index_is_the_mean_of_random_completions():
    matrices = with_gaps(random_grades(np.random.default_rng(36), 5, (1_500,)), [0, 2], [1, 3])
    index = consistency_index(principal(least_lambda(matrices)).lambda_max, 5)
    error = index.std() / np.sqrt(len(index))
    # where the two gaps lie matters a little; the printed mean is over all places
    assert random_index(5, missing=2) == pytest.approx(index.mean(), abs=4 * error + 0.02)


def test_no_printed_table_has_a_hole():
    for table in (printed.SAATY_1980, printed.ALONSO_LAMATA_2006, printed.AHPSURVEY):
        assert sorted(table) == list(range(3, max(table) + 1))
    assert sorted(printed.SIMULATED) == list(range(51, 101))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_every_size_up_to_its_last(table):
    last = last_size(table)
    assert all(random_index(n, table) > 0 for n in range(3, last + 1))
    with pytest.raises(ValueError, match=f"ends at n = {last}; n is {last + 1}"):
        random_index(last + 1, table)
