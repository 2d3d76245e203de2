"""Goalposts of a period fixed: the same values score the same, others comparably."""

import numpy as np
import pytest

from suanli.framework import bundled, dump, framework_problems, parse
from suanli.language import pair
from suanli.problems import ResultError, errors
from suanli.result.freezing import frozen_framework
from suanli.scoring import score
from tests.unit.result import samples

REGIONS = samples.some_regions()
METHODS = ["min-max", "z-score", "fraction-of-maximum", "target-ratio", "distance-to-leader"]
RANKS = ["rank", "percentile-rank", "borda"]


def result(rule, **other):
    made = samples.framework(normalisation={"goalposts": "annual", **rule})
    return samples.result(framework=made, grid=samples.grid(made, REGIONS), **other)


def scores_of(framework, grid, period, **how):
    found = score(framework, grid, **how)
    return found.scores[found.values.periods.index(period)]


@pytest.mark.parametrize("method", [*METHODS, *RANKS, "distance-to-reference"])
@pytest.mark.parametrize("goalposts", ["annual", "pooled"])
@pytest.mark.parametrize("period", ["2022", "2023"])
def test_the_same_values_score_the_same(method, goalposts, period):
    made = samples.framework()
    if method == "distance-to-reference":
        references = {
            f"nodes/{one.code}/reference": 0.01 if one.direction == "lower" else 500.0
            for one in made.indicators()
        }
        made = made.with_changes(references)
    made = made.with_changes({"normalisation/method": method, "normalisation/goalposts": goalposts})
    grid = samples.grid(made, REGIONS)
    before = samples.result(framework=made, grid=grid)
    frozen = frozen_framework(before, period)
    assert frozen.normalisation.goalposts == "fixed"
    expected = scores_of(made, grid, period)
    np.testing.assert_allclose(scores_of(frozen, grid, period), expected, atol=1e-9)
    assert parse(dump(frozen)) == frozen
    assert not errors(framework_problems(frozen))


@pytest.mark.parametrize("transform", ["log", "log1p"])
@pytest.mark.parametrize("method", ["min-max", "z-score", "distance-to-leader"])
def test_logarithms(method, transform):
    before = result({"method": method, "transform": transform})
    grid = samples.grid(before.framework, REGIONS)
    frozen = frozen_framework(before)
    np.testing.assert_allclose(
        scores_of(frozen, grid, "2023"), scores_of(before.framework, grid, "2023"), atol=1e-9
    )


def test_a_new_year_is_on_the_same_scale():
    before = result({"method": "min-max"})
    frozen = frozen_framework(before, "2022")
    grid = samples.grid(before.framework, REGIONS)
    column = grid.codes.index("compute")
    low, high = frozen.node("compute").goalposts
    found = score(frozen, grid).normalised[2, :, column]
    np.testing.assert_allclose(found, 100 * (grid.values[2, :, column] - low) / (high - low))


def test_ratios_keep_the_best_value_as_reference():
    frozen = frozen_framework(result({"method": "target-ratio"}))
    values = samples.grid(frozen, REGIONS).values[-1]
    codes = [one.code for one in frozen.indicators()]
    assert frozen.node("compute").reference == values[:, codes.index("compute")].max()
    assert frozen.node("pue").reference == values[:, codes.index("pue")].min()
    assert frozen.node("pue").goalposts is None


def test_a_declared_reference_stays():
    made = samples.framework().with_changes({"nodes/compute/reference": 7.5})
    frozen = frozen_framework(samples.result(framework=made))
    assert frozen.node("compute").reference == 7.5


def test_an_indicator_with_its_own_rule():
    changes = {
        "nodes/compute/normalisation": {"method": "as-given"},
        "nodes/storage/normalisation": {"goalposts": "pooled"},
        "nodes/revenue/normalisation": {"goalposts": "fixed"},
        "nodes/revenue/goalposts": (0.0, 50.0),
        "nodes/rate/normalisation": {"method": "rank", "goalposts": "annual"},
    }
    made = samples.framework().with_changes(changes)
    grid = samples.grid(made, REGIONS)
    frozen = frozen_framework(samples.result(framework=made, grid=grid))
    assert frozen.node("compute") == made.node("compute")
    assert frozen.node("revenue") == made.node("revenue")
    assert frozen.node("rate") == made.node("rate")
    assert frozen.node("storage").normalisation.goalposts == "fixed"
    np.testing.assert_allclose(
        scores_of(frozen, grid, "2023"), scores_of(made, grid, "2023"), atol=1e-9
    )


def test_a_target_interval():
    made = samples.framework().with_changes(
        {"nodes/rate/direction": "target", "nodes/rate/target": (3.0, 4.0)}
    )
    grid = samples.grid(made, REGIONS)
    frozen = frozen_framework(samples.result(framework=made, grid=grid))
    np.testing.assert_allclose(
        scores_of(frozen, grid, "2023"), scores_of(made, grid, "2023"), atol=1e-9
    )


def test_it_says_what_it_is():
    frozen = frozen_framework(result({"method": "min-max"}), "2022")
    assert frozen.id == "small-1.0-fixed-2022"
    assert frozen.title.zh == "小型评价体系（阈值固定为 2022）"
    assert frozen.title.en == "A small framework (goalposts fixed at 2022)"
    assert frozen.family == "small"
    assert frozen.node("pue").reference_note.zh == "阈值取自 2022 的数据。"


def test_simulated_goalposts_say_so():
    frozen = frozen_framework(result({"method": "min-max"}, simulated=True))
    assert "模拟数据" in frozen.node("pue").reference_note.zh
    assert "SIMULATED DATA" in frozen.node("pue").reference_note.en


def test_what_is_frozen_from_simulated_data_stays_simulated():
    assert frozen_framework(result({"method": "min-max"}, simulated=True)).simulated
    assert not frozen_framework(result({"method": "min-max"})).simulated


def test_periods_that_are_no_identifiers():
    made = samples.framework()
    grid = samples.grid(made, REGIONS, periods=("2023年上半年", "上半年"))
    before = samples.result(framework=made, grid=grid)
    assert frozen_framework(before, "2023年上半年").id == "small-1.0-fixed-2023"
    assert frozen_framework(before, "上半年").id == "small-1.0-fixed"


def test_weights_of_the_study_go_with_it():
    weights = {"scale": 0.25, "quality": 0.75}
    before = result({"method": "min-max"}, weights=weights)
    frozen = frozen_framework(before)
    grid = samples.grid(frozen, REGIONS)
    assert frozen.weighting.method == "given"
    assert frozen.node("quality").weight == 0.75
    np.testing.assert_allclose(
        scores_of(frozen, grid, "2023"),
        scores_of(before.framework, grid, "2023", weights=weights),
        atol=1e-9,
    )


def test_weights_of_the_framework_stay():
    before = result({"method": "min-max"})
    assert frozen_framework(before).weighting == before.framework.weighting


def with_values(change):
    made = samples.framework()
    grid = samples.grid(made, REGIONS)
    change(grid.values, grid.codes)
    return samples.result(framework=made, grid=grid)


def test_no_data_and_no_difference_are_refused_by_name():
    def change(values, codes):
        values[2, :, codes.index("rate")] = np.nan
        values[2, :, codes.index("pue")] = 1.5

    before = with_values(change)
    with pytest.raises(ResultError, match="pue") as caught:
        frozen_framework(before, "2023")
    assert [(one.code, one.place.code) for one in caught.value.problems] == [
        ("freezing-constant", "pue"),
        ("freezing-no-data", "rate"),
    ]
    assert frozen_framework(before, "2022").id.endswith("2022")


def test_values_treated_by_logarithms_are_refused():
    def outlier(values, codes):
        values[2, :, codes.index("compute")] = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 5000]

    made = samples.framework(treatment={"method": "log", "modes": ["audit"]})
    grid = samples.grid(made, REGIONS)
    outlier(grid.values, grid.codes)
    official = samples.result(framework=made, grid=grid)
    assert frozen_framework(official).node("compute").goalposts == (1.0, 5000.0)
    with pytest.raises(ResultError, match="logarithm"):
        frozen_framework(samples.result(framework=made, grid=grid, mode="audit"))


def test_unknown_period():
    with pytest.raises(ResultError, match="1999"):
        frozen_framework(result({"method": "min-max"}), "1999")


def test_the_description_says_that_goalposts_are_fixed():
    clauses = pair("freezing", "freezing-annual-clause")
    yearly = bundled("ccpe-3.0").description
    assert clauses.zh in yearly.zh
    assert clauses.en in yearly.en
    made = samples.framework(
        normalisation={"method": "min-max", "goalposts": "annual"},
        description={"zh": yearly.zh, "en": yearly.en},
    )
    frozen = frozen_framework(samples.result(framework=made, grid=samples.grid(made, REGIONS)))
    assert clauses.zh not in frozen.description.zh
    assert clauses.en not in frozen.description.en
    assert frozen.description.zh.endswith("阈值固定为 2023 的阈值，不随评价期变动。")
    assert "goalposts are fixed at those of 2023" in frozen.description.en
