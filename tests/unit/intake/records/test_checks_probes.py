import math

import pytest

from suanli.intake.records.great_circle import FIBRE_DELAY
from suanli.problems import Severity
from tests.unit.intake.records.sound_tables import PLACES, checked, found, sound_tables


def great_circle(one, other):
    (_, east, north), (_, to_east, to_north) = PLACES[one], PLACES[other]
    north, to_north = math.radians(north), math.radians(to_north)
    across = math.radians(to_east - east)
    cosine = math.sin(north) * math.sin(to_north)
    cosine += math.cos(north) * math.cos(to_north) * math.cos(across)
    return 6371.0088 * math.acos(cosine)


LEAST = great_circle("F1", "F2") * FIBRE_DELAY


def test_directions_that_are_mixed():
    tables = sound_tables("probes", "facilities", "weather_stations")
    tables["probes"][1] |= {"time": "2022-07-01T00:00:00", "direction": "round_trip", "delay": 24.0}
    tables["probes"].append({**tables["probes"][1], "time": "2022-08-01T00:00:00"})
    tables["probes"].append({**tables["probes"][1], "time": "2023-08-01T00:00:00"})
    problem = found(tables, "probe-directions-mixed")
    assert (problem.severity, problem.found) == (Severity.WARNING, "2022: 1, 2")
    assert (problem.details["count"], problem.details["rows"]) == (3, 4)


@pytest.mark.parametrize("direction", ["one_way", "round_trip"])
@pytest.mark.parametrize(("share", "fast"), [(0.999, True), (1.001, False)])
def test_faster_than_light(direction, share, fast):
    tables = sound_tables("probes", "facilities", "weather_stations")
    ways = 2 if direction == "round_trip" else 1
    for row in tables["probes"]:
        row |= {"direction": direction, "delay": 30.0}
    tables["probes"].append(
        {**tables["probes"][0], "time": "2022-07-01T00:00:00", "delay": share * ways * LEAST}
    )
    problems = checked(tables)
    assert ({code for code, _ in problems} == {"probe-faster-than-light"}) is fast
    if fast:
        (problem,) = problems.values()
        assert problem.severity is Severity.WARNING
        assert problem.found.startswith("F1·F2·2022: ")
        assert (problem.details["count"], problem.details["rows"]) == (1, 2)


def test_nobody_is_too_fast_without_coordinates():
    tables = sound_tables("probes", "facilities", "weather_stations")
    tables["facilities"][1]["longitude"] = None
    tables["probes"][0]["delay"] = 0.1
    assert checked(tables) == {}


def test_delays_of_nothing_received_are_not_compared():
    tables = sound_tables("probes", "facilities", "weather_stations")
    tables["probes"][0] |= {"lost": 100.0, "delay": 0.0}
    assert {code for code, _ in checked(tables)} == {"probe-delay-of-lost"}
