"""Rows to items, and the joins that rules share."""

import narwhals as nw
import pytest

from suanli.indicators.items import as_of, at_centres, centres, items, over_years
from suanli.indicators.rule import ITEM_COLUMNS
from tests.unit.indicators.made_families import opened


def facility(facility_id, year=2023, region="440000", **more):
    row = {"facility_id": facility_id, "year": year, "region_code": region}
    return row | {"kind": "data_centre", "status": "in_use"} | more


def test_what_is_not_given_is_one_nothing_and_level_0(tmp_path):
    with opened(
        tmp_path, {"facilities": [facility("a", racks_built=30, racks_used=None)]}
    ) as records:
        frame = items(
            centres(records), record=nw.col("facility_id"), numerator=nw.col("racks_built")
        )
        assert tuple(frame.collect_schema().names()) == ITEM_COLUMNS
        assert records.collected(frame).row(0) == ("440000", "2023", "a", "", 30.0, 1.0, 1.0, 0)


def test_centres_are_of_one_status(tmp_path):
    rows = [facility("a"), facility("b", status="under_construction")]
    with opened(tmp_path, {"facilities": rows}) as records:
        assert records.collected(centres(records))["facility_id"].to_list() == ["a"]
        building = centres(records, status="under_construction")
        assert records.collected(building)["facility_id"].to_list() == ["b"]


def test_a_row_of_a_centre_is_where_the_centre_stood_that_year(tmp_path):
    tables = {
        "facilities": [
            facility("m", 2022, "620000"),
            facility("m", 2023, "640000"),
            facility("b", 2023, status="under_construction"),
        ],
        "egress_links": [
            {
                "link_id": f"{centre}{year}",
                "year": year,
                "facility_id": centre,
                "bandwidth": 1,
                "network": "metro",
            }
            for centre, year in (("m", 2022), ("m", 2023), ("b", 2023), ("m", 2021), ("x", 2023))
        ],
    }
    with opened(tmp_path, tables) as records:
        links = at_centres(records, "egress_links", columns=("kind",))
        found = records.collected(links.select("link_id", "region", "kind")).sort("link_id")
        assert found.rows() == [
            ("m2022", "620000", "data_centre"),
            ("m2023", "640000", "data_centre"),
        ]


@pytest.mark.parametrize(
    ("window", "wanted"),
    [
        (
            lambda frame: over_years(frame, ("2022", "2023"), 2),
            [("2022", 2021), ("2022", 2022), ("2023", 2022), ("2023", 2023)],
        ),
        (
            lambda frame: as_of(frame, ("2021", "2022")),
            [("2021", 2020), ("2021", 2021), ("2022", 2020), ("2022", 2021), ("2022", 2022)],
        ),
    ],
)
def test_windows_of_years(window, wanted, tmp_path):
    rows = [facility("a", year) for year in (2020, 2021, 2022, 2023, 2024)]
    with opened(tmp_path, {"facilities": rows}) as records:
        found = records.collected(window(records.table("facilities")).select("period", "year"))
        assert sorted(found.rows()) == wanted
