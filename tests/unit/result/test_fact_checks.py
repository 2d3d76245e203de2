import pytest

from suanli.result.fact_figures import holds


@pytest.mark.parametrize(
    ("number", "op", "published", "expected"),
    [
        (180.49, "=", 180, True),
        (180.51, "=", 180, False),
        (16.834, "=", 16.83, True),
        (16.836, "=", 16.83, False),
        (-0.24, "=", -0.2, True),
        (1259, "≈", 1200, True),
        (1261, "≈", 1200, False),
        (650, ">", 650, False),
        (650.1, ">", 650, True),
        (40, ">=", 40, True),
        (39.9, ">=", 40, False),
        (47.5, "≈>=", 50, True),
        (47.4, "≈>=", 50, False),
    ],
)
def test_a_number_against_a_published_figure(number, op, published, expected):
    assert holds(number, op, published) is expected
