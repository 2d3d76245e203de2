import numpy as np
import polars as pl
import pytest

from suanli.result.tables import SCHEMAS, frame_of, no_rows


def test_columns_are_those_the_result_promises():
    assert list(SCHEMAS["indicators"]) == [
        *("region_code", "region", "period", "indicator", "value", "unit", "origin", "source")
    ]
    assert list(SCHEMAS["normalised"]) == ["region_code", "period", "indicator", "score"]
    assert list(SCHEMAS["weights"]) == [
        *("node", "parent", "level", "local_weight", "global_weight", "method"),
        *(
            "consistency_ratio",
            "limit",
            "consensus",
            "local_low",
            "local_high",
            "global_low",
            "global_high",
            "simulated",
        ),
    ]
    assert list(SCHEMAS["experts"]) == [
        *("expert", "node", "consistency_ratio", "gci", "influence", "excluded")
    ]
    assert list(SCHEMAS["weightings"]) == ["weighting", "node", "local_weight", "global_weight"]
    assert list(SCHEMAS["scores"]) == [
        *("region_code", "region", "period", "node", "level", "score", "rank", "tier")
    ]
    assert list(SCHEMAS["contributions"]) == ["region_code", "period", "indicator", "contribution"]
    assert list(SCHEMAS["changes"]) == [
        *("region_code", "period_from", "period_to", "indicator", "factor", "amount")
    ]


def test_nan_becomes_null_in_the_declared_order():
    columns = {"score": np.array([1.0, np.nan]), "indicator": ["a", "b"]}
    frame = frame_of("normalised", columns | {"period": ["1", "1"], "region_code": ["x", "y"]})
    assert frame.columns == ["region_code", "period", "indicator", "score"]
    assert frame["score"].to_list() == [1.0, None]


def test_other_columns_are_refused():
    with pytest.raises(ValueError, match="normalised has the columns region_code, period"):
        frame_of("normalised", {"score": [1.0]})


def test_no_rows_has_the_types():
    assert no_rows("weights").schema["level"] == pl.Int32
