"""Outliers are treated where the shape asks for it, in the modes that say so, and in the unit of the goalposts."""

import numpy as np
import pytest

from suanli.framework import Treatment
from suanli.scoring.treat import TREATMENTS, treated
from suanli.scoring.tree import tree_of
from tests.made import flat, framework, indicator

SKEWED = np.append(np.arange(1.0, 20), 900.0).reshape(1, 20, 1)


def test_every_method_of_the_schema_is_covered():
    names = set(Treatment.model_fields["method"].annotation.__args__)
    assert names == {"none", *TREATMENTS}


@pytest.mark.parametrize("method", sorted(TREATMENTS))
def test_method_changes_values_and_keeps_their_order(method):
    tree = tree_of(flat(1, treatment={"method": method, "modes": ["official"]}))
    outcome = treated(tree, SKEWED, "official")
    assert outcome.changed.any()
    assert (np.diff(outcome.values[0, :, 0]) >= 0).all()
    assert outcome.values[0, 19, 0] < 900


def test_off_in_other_modes_and_for_good_shapes():
    tree = tree_of(flat(1, treatment={"method": "winsorise"}))
    assert not treated(tree, SKEWED, "official").changed.any()
    assert not treated(tree, SKEWED[:, :19], "audit").changed.any()


@pytest.mark.parametrize(
    ("method", "changed"), [("winsorise", 1), ("winsorise-then-log", 1), ("log", 0), ("box-cox", 0)]
)
def test_declared_goalposts_keep_the_unit(method, changed):
    made = framework(
        indicator("i0", goalposts=[0, 100]),
        normalisation={"method": "min-max", "goalposts": "fixed"},
        treatment={"method": method, "modes": ["official"]},
    )
    outcome = treated(tree_of(made), SKEWED, "official")
    assert outcome.changed.sum() == changed
    assert outcome.still_skewed.tolist() == [[not changed]]


def test_pooled_indicators_are_looked_at_over_all_periods():
    values = np.repeat(np.arange(1.0, 11).reshape(1, 10, 1), 2, axis=0)
    values[1] += 10
    values[1, 9] = 900
    rules = {"treatment": {"method": "winsorise", "modes": ["official"], "max_points": 1}}
    pooled = flat(1, normalisation={"method": "min-max", "goalposts": "pooled"}, **rules)
    outcome = treated(tree_of(pooled), values, "official")
    assert outcome.values[1, 9, 0] == 19
    assert outcome.changed.sum() == 1
