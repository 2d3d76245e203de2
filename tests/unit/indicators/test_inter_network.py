"""Rules of networks between computing centres, and the pairs of centres and of regions behind them."""

import polars as pl
import pytest

from suanli.indicators.families.inter_network import RULES, pair_years, region_pairs
from suanli.indicators.families.probe_pairs import PAIR_COLUMNS, centre_pairs
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    parts,
    values,
)

RULE = by_name(RULES)
DEGREE = 111.1950802335329  # km of a great circle, π/180 × 6371.0088


def centre(name, region, **others):
    row = {
        "facility_id": name,
        "year": 2023,
        "region_code": region,
        "kind": "data_centre",
        "status": "in_use",
    }
    return row | others


def probe(source, target, delay, **others):
    row = {
        "source_id": source,
        "target_id": target,
        "time": "2023-06-01T00:00:00",
        "sent": 10.0,
        "lost": 0.0,
        "delay": delay,
        "direction": "one_way",
    }
    return row | others


def tables(centres, probes):
    times = [
        row | {"time": f"2023-06-01T00:{number // 60:02}:{number % 60:02}"}
        for number, row in enumerate(probes)
    ]
    return {"facilities": centres, "probes": times}


def test_the_family_has_its_rules():
    assert len(RULE) == 11
    assert [rule.name for rule in RULES if rule.absent == "zero"] == ["exchange_points"]
    assert [rule.name for rule in RULES if rule.beside] == [
        "delay_between_regions",
        "delay_within_region",
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_probes_of_both_ways_are_one_pair(tmp_path):
    made = tables(
        [centre("a", "110000"), centre("b", "310000")],
        [
            probe("b", "a", 20.0, sent=30.0, lost=10.0),
            probe("a", "b", 40.0, sent=20.0),
            probe("a", "b", 90.0, sent=10.0, lost=4.0, direction="round_trip"),
            probe("a", "b", None, sent=5.0, lost=5.0),
        ],
    )
    with opened(tmp_path, made) as records:
        (row,) = records.collected(pair_years(records)).to_dicts()
    assert row == {
        "low_id": "a",
        "high_id": "b",
        "period": "2023",
        "probes": 4,
        "sent": 65.0,
        "lost": 19.0,
        "one_way_received": 40.0,
        "one_way_delay": 20 * 20.0 + 20 * 40.0,
        "round_trip_received": 6.0,
        "round_trip_delay": 6 * 90.0,
    }


def test_probes_are_read_once_however_many_rules_ask(tmp_path, monkeypatch):
    made = tables([centre("a", "110000"), centre("b", "310000")], [probe("a", "b", 5.0)])
    with opened(tmp_path, made) as records:
        asked = []
        by_year = records.by_year
        monkeypatch.setattr(
            records, "by_year", lambda name, sums: asked.append(name) or by_year(name, sums)
        )
        for rule in RULES[-4:]:
            records.collected(rule.items(records))
        records.collected(region_pairs(records))
    assert asked == ["probes"]


def test_a_pair_that_lost_everything_has_loss_and_no_delay(tmp_path):
    made = tables(
        [centre("a", "110000"), centre("b", "310000")],
        [probe("a", "b", None, sent=8.0, lost=8.0)],
    )
    with opened(tmp_path, made) as records:
        assert set(values(records, RULE["delay_between_regions"]).values()) == {None}
        assert set(values(records, RULE["loss_between_regions"]).values()) == {1.0}
        (row,) = records.collected(region_pairs(records)).to_dicts()
    assert (row["pairs"], row["delay"], row["loss"]) == (1, None, 1.0)


def test_pairs_with_a_centre_of_no_known_region_do_not_count(tmp_path):
    made = tables(
        [centre("a", "110000"), centre("b", None), centre("c", "Atlantis")],
        [probe("a", "b", 5.0), probe("a", "c", 5.0), probe("b", "c", 5.0), probe("a", "z", 5.0)],
    )
    with opened(tmp_path, made) as records:
        assert records.collected(centre_pairs(records)).is_empty()
        assert values(records, RULE["delay_between_regions"]) == {}


def test_equally_many_pairs_either_way_count_one_way(tmp_path):
    made = tables(
        [centre(name, "110000") for name in "abc"],
        [probe("a", "b", 4.0), probe("a", "c", 30.0, direction="round_trip")],
    )
    with opened(tmp_path, made) as records:
        assert values(records, RULE["delay_within_region"]) == {("110000", "2023"): 4.0}


def test_a_pair_measured_both_ways_has_the_delay_of_the_direction_that_counts(tmp_path):
    made = tables(
        [centre(name, "110000") for name in "abc"],
        [
            probe("a", "b", 10.0, direction="round_trip"),
            probe("a", "b", 4.0),
            probe("a", "c", 30.0, direction="round_trip"),
        ],
    )
    with opened(tmp_path, made) as records:
        assert values(records, RULE["delay_within_region"]) == {("110000", "2023"): 20.0}


def test_more_packets_lost_than_sent_are_no_delay(tmp_path):
    made = tables(
        [centre("a", "110000"), centre("b", "110000")],
        [probe("a", "b", 4.0), probe("a", "b", 1000.0, sent=1.0, lost=6.0)],
    )
    with opened(tmp_path, made) as records:
        assert values(records, RULE["delay_within_region"]) == {("110000", "2023"): 4.0}


def test_the_direction_that_counts_is_one_for_all_regions_and_is_told(tmp_path):
    made = tables(
        [centre(name, "110000") for name in "abc"] + [centre(name, "310000") for name in "xy"],
        [
            probe("a", "b", 10.0, direction="round_trip"),
            probe("b", "c", 20.0, direction="round_trip"),
            probe("x", "y", 3.0),
        ],
    )
    with opened(tmp_path, made) as records:
        found = values(records, RULE["delay_within_region"])
        told = items_of(records, RULE["delay_within_region"])
    assert found == {("110000", "2023"): 15.0, ("310000", "2023"): None}
    assert told["part"].to_list() == ["round_trip", "round_trip", "one_way"]
    assert told["record"].to_list() == ["a – b", "b – c", "x – y"]


def test_each_period_has_its_own_direction(tmp_path):
    later = [row | {"year": 2024} for row in (centre("a", "110000"), centre("b", "110000"))]
    made = tables(
        [centre("a", "110000"), centre("b", "110000"), *later],
        [probe("a", "b", 10.0, direction="round_trip")],
    )
    made["probes"].append(probe("a", "b", 5.0) | {"time": "2024-06-01T00:00:00"})
    with opened(tmp_path, made, periods=("2023", "2024")) as records:
        found = values(records, RULE["delay_within_region"])
    assert found == {("110000", "2023"): 10.0, ("110000", "2024"): 5.0}


def test_delays_are_parts_by_direction(tmp_path):
    made = tables([centre("a", "110000"), centre("b", "310000")], [probe("a", "b", 5.0)])
    with opened(tmp_path, made) as records:
        found = parts(records, RULE["delay_between_regions"])
    assert found == {("110000", "one_way"): 5.0, ("310000", "one_way"): 5.0}


def matrix(records):
    return records.collected(region_pairs(records)).sort("period", "region_code", "other_code")


def test_the_matrix_of_regions_agrees_with_sums_by_hand(tmp_path):
    made = tables(
        [
            centre("z", "110000", longitude=0.0, latitude=0.0),
            centre("b", "110000", longitude=0.0, latitude=1.0),
            centre("a", "310000", longitude=0.0, latitude=3.0),
            centre("c", "310000"),
        ],
        [
            probe("a", "z", 6.0),  # 3°
            probe("a", "b", 2.0, sent=20.0, lost=10.0),  # 2°
            probe("b", "c", 10.0),  # nowhere
            probe("z", "b", 1.0),  # 1°, inside 110000
        ],
    )
    with opened(tmp_path, made) as records:
        found = matrix(records)
        delay = values(records, RULE["delay_between_regions"])
    assert tuple(found.columns) == PAIR_COLUMNS
    inside, between = found.to_dicts()
    assert (inside["region_code"], inside["other_code"], inside["pairs"]) == ("110000", "110000", 1)
    assert inside["delay_ratio"] == pytest.approx(1.0 / (DEGREE * 0.005), rel=1e-12)
    assert (between["region_code"], between["other_code"]) == ("110000", "310000")
    assert (between["pairs"], between["sent"], between["lost"]) == (3, 40.0, 10.0)
    assert between["loss"] == 0.25
    assert (between["delay"], between["delay_median"]) == (6.0, 6.0)
    assert between["delay_p95"] == pytest.approx(6 + 0.9 * 4, rel=1e-12)
    assert between["distance"] == pytest.approx(2.5 * DEGREE, rel=1e-12)
    assert between["theoretical"] == pytest.approx(2.5 * DEGREE * 0.005, rel=1e-12)
    assert between["delay_ratio"] == pytest.approx(8.0 / (5 * DEGREE * 0.005), rel=1e-12)
    assert delay == {("110000", "2023"): 6.0, ("310000", "2023"): 6.0}


def test_the_matrix_does_not_depend_on_what_centres_are_called_or_who_probes(tmp_path):
    regions = ["110000", "310000", "440000", "110000"]
    delays = {(0, 1): 4.0, (0, 2): 7.0, (1, 2): 9.0, (0, 3): 1.0, (2, 3): 2.5}
    found = []
    for folder, names in (("one", "abcd"), ("other", "dcba")):
        centres = [
            centre(name, region, longitude=10.0 * number, latitude=30.0)
            for number, (name, region) in enumerate(zip(names, regions, strict=True))
        ]
        probes = [probe(names[i], names[j], delay) for (i, j), delay in delays.items()]
        with opened(tmp_path / folder, tables(centres, probes)) as records:
            found.append(matrix(records))
    assert found[0].height == 4
    assert (found[0]["region_code"] <= found[0]["other_code"]).all()
    exact = [name for name in PAIR_COLUMNS if found[0].schema[name] != pl.Float64]
    assert found[0].select(exact).equals(found[1].select(exact))
    for name in set(PAIR_COLUMNS) - set(exact):
        assert found[0][name].to_list() == pytest.approx(found[1][name].to_list(), rel=1e-12)


def test_a_round_trip_is_compared_with_twice_the_distance(tmp_path):
    ends = [
        centre("a", "110000", longitude=0.0, latitude=0.0),
        centre("b", "310000", longitude=1.0, latitude=0.0),
    ]
    ratios = []
    for direction, delay in (("one_way", 5.0), ("round_trip", 10.0)):
        with opened(
            tmp_path / direction, tables(ends, [probe("a", "b", delay, direction=direction)])
        ) as records:
            beside = RULE["delay_between_regions"].beside["normalised_delay"]
            ratios.append(values(records, beside)[("110000", "2023")])
            assert values(records, RULE["delay_between_regions"])[("110000", "2023")] == delay
    assert ratios[0] == ratios[1] == pytest.approx(5.0 / (DEGREE * 0.005), rel=1e-12)


def test_centres_at_one_place_have_no_ratio(tmp_path):
    same = {"longitude": 116.4, "latitude": 39.9}
    made = tables(
        [centre("a", "110000", **same), centre("b", "110000", **same)], [probe("a", "b", 1.0)]
    )
    with opened(tmp_path, made) as records:
        beside = RULE["delay_within_region"].beside["normalised_delay"]
        assert values(records, beside) == {("110000", "2023"): None}
        (row,) = matrix(records).to_dicts()
    assert (row["distance"], row["theoretical"], row["delay_ratio"]) == (0.0, 0.0, None)
