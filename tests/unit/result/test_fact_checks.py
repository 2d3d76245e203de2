import pytest

from suanli.regions import prefectures, provinces
from suanli.result.fact_bench import bench_of
from suanli.result.fact_figures import holds
from tests.unit.result import samples


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


@pytest.mark.parametrize(
    ("members", "numbered", "lacking"),
    [(302, 302, 0), (310, 302, 8), (301, 301, 32), (333, 0, 333)],
)
def test_prefectures_that_a_report_does_not_evaluate_are_not_lacking(members, numbered, lacking):
    regions = prefectures().only(list(prefectures().codes[:members]))
    framework = samples.framework(region_level="prefecture")
    grid = samples.grid(framework, regions)
    bench = bench_of(samples.result(framework=framework, regions=regions, grid=grid))
    assert bench.lacking(dict.fromkeys(regions.codes[:numbered], 1.0)) == lacking


def test_all_provinces_are_wanted():
    bench = bench_of(samples.result(regions=provinces().only(["北京", "河北"])))
    assert bench.lacking({"110000": 1.0}) == 30
