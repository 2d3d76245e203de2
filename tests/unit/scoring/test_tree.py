"""The tree as positions."""

from suanli.scoring.tree import tree_of
from tests.made import framework, group, indicator

MADE = framework(
    group("a", indicator("i0"), group("b", indicator("i1"), indicator("i2"))),
    indicator("i3"),
    aggregation={
        "default": {"method": "arithmetic"},
        "levels": {0: {"method": "geometric", "floor": 1}},
    },
    tiers={"method": "natural-breaks", "count": 2},
)


def test_positions_parents_and_children():
    tree = tree_of(MADE)
    assert tree.codes == ("index", "a", "i0", "b", "i1", "i2", "i3")
    assert tree.parents.tolist() == [-1, 0, 1, 1, 3, 3, 0]
    assert tree.levels.tolist() == [0, 1, 2, 2, 3, 3, 1]
    assert [children.tolist() for children in tree.children] == [
        [1, 6],
        [2, 3],
        [],
        [4, 5],
        [],
        [],
        [],
    ]
    assert [item.code for item in tree.indicators] == ["i0", "i1", "i2", "i3"]
    assert tree.leaves.tolist() == [2, 4, 5, 6]


def test_groups_come_after_all_below_them():
    assert tree_of(MADE).groups_from_below == (3, 1, 0)


def test_mean_of_a_node_is_its_own_or_its_level_s_or_the_default():
    tree = tree_of(MADE)
    assert [tree.mean(position).method for position in (0, 1, 3)] == [
        "geometric",
        "arithmetic",
        "arithmetic",
    ]
    own = framework(
        group("a", indicator("i0"), aggregation={"method": "copeland"}),
        aggregation={"levels": {1: {"method": "weighted-median"}}},
    )
    assert tree_of(own).mean(1).method == "copeland"


def test_relative_tiers_serve_every_group_and_no_indicator():
    tree = tree_of(MADE)
    assert [tree.tiers(position) is not None for position in range(7)] == [
        True,
        True,
        False,
        True,
        False,
        False,
        False,
    ]
