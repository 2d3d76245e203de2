import pytest

from suanli.simulation.sizes import DAY, HOUR, QUARTER, SIZES, TWELFTH, interval_count


@pytest.mark.parametrize("minutes", [HOUR, DAY, TWELFTH, QUARTER])
@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366)])
def test_intervals_fill_a_year_within_a_hundredth(minutes, year, days):
    covered = interval_count(year, minutes) * minutes / (days * DAY)
    assert 0.99 < covered <= 1


def test_sizes_grow():
    centres = [size.centres for size in SIZES.values()]
    assert centres == sorted(centres)
