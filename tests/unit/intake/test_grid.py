import numpy as np
import polars as pl
import pytest

from suanli.intake import ORIGINS, grid_of

ROWS = pl.DataFrame(
    {
        "region_code": ["b", "a", "b"],
        "period": ["2023", "2022", "2022"],
        "code": ["x", "y", "x"],
        "value": [3.0, 2.0, 1.0],
        "origin": ["official", "imputed", "simulated"],
        "source": ["Yearbook", "", "Model"],
    }
)
AXES = (["a", "b"], ["2022", "2023"], ["x", "y"])


def test_values_stand_at_their_period_region_and_code():
    grid = grid_of(ROWS, *AXES)
    expected = np.full((2, 2, 2), np.nan)
    expected[1, 1, 0], expected[0, 0, 1], expected[0, 1, 0] = 3.0, 2.0, 1.0
    np.testing.assert_array_equal(grid.values, expected)
    assert (grid.regions, grid.periods, grid.codes) == (("a", "b"), ("2022", "2023"), ("x", "y"))


def test_origin_and_source_go_with_every_value_and_are_empty_elsewhere():
    grid = grid_of(ROWS, *AXES)
    assert grid.sources == ("", "Model", "Yearbook")
    assert ORIGINS[grid.origins[1, 1, 0]] == "official"
    assert grid.sources[grid.source_ids[1, 1, 0]] == "Yearbook"
    assert ORIGINS[grid.origins[0, 0, 1]] == "imputed"
    missing = np.isnan(grid.values)
    assert (grid.origins[missing] == 0).all()
    assert (grid.source_ids[missing] == 0).all()
    assert (grid.values.dtype, grid.origins.dtype, grid.source_ids.dtype) == (
        np.float64,
        np.int8,
        np.int32,
    )


def test_the_order_of_observations_makes_no_difference():
    first, second = grid_of(ROWS, *AXES), grid_of(ROWS.reverse(), *AXES)
    np.testing.assert_array_equal(first.values, second.values)
    np.testing.assert_array_equal(first.source_ids, second.source_ids)
    assert first.sources == second.sources


def test_no_observations_give_a_grid_of_gaps():
    grid = grid_of(ROWS.clear(), ["a"], ["2022"], ["x"])
    assert np.isnan(grid.values).all()
    assert grid.sources == ("",)


@pytest.mark.parametrize(
    ("rows", "axes", "message"),
    [
        (ROWS, (["a"], *AXES[1:]), "region_code 'b' is not on its axis"),
        (ROWS, (AXES[0], ["2022"], AXES[2]), "period '2023' is not on its axis"),
        (ROWS, (*AXES[:2], ["x"]), "code 'y' is not on its axis"),
        (ROWS, (*AXES[:2], []), "code 'x' is not on its axis"),
        (ROWS.with_columns(origin=pl.lit("hearsay")), AXES, "origin 'hearsay' is not on its axis"),
        (
            pl.concat([ROWS, ROWS.head(1)]),
            AXES,
            "two observations have the same region, period and code",
        ),
        (ROWS.with_columns(value=pl.lit(np.nan)), AXES, "an observation has no value"),
        (
            ROWS.with_columns(value=pl.lit(None, dtype=pl.Float64)),
            AXES,
            "an observation has no value",
        ),
    ],
)
def test_what_does_not_fit_a_grid_is_refused(rows, axes, message):
    with pytest.raises(ValueError, match=message):
        grid_of(rows, *axes)
