"""Every caliber computed again in plain polars on the generated tables."""

import numpy as np
import polars as pl
import pytest

from suanli.simulation.aims import Aims
from suanli.simulation.coordinates import coordinates
from suanli.simulation.places import great_circle
from suanli.simulation.probe_tables import probes
from suanli.simulation.register import register
from suanli.simulation.sizes import SIZES
from suanli.simulation.tables import record_tables
from suanli.simulation.targets import targets
from tests.unit.simulation.fake_targets import fake_targets

WIDTH = {"FP64": 2.0, "FP32": 1.0, "FP16": 0.5}
UNIT = {"kWh": 1.0, "MWh": 1e3, "kg": 1.0, "t": 1e3, "L": 1.0, "m³": 1e3, "元": 1.0, "万元": 1e4}
SIZES_TRIED = ("small", "medium")


def regional(frame, value):
    """Return periods × regions of a frame with region_code, year and a value."""
    aimed = fake_targets("ccpe-3.0")
    grid = np.zeros((2, len(aimed.regions.codes)))
    for code, year, amount in frame.select("region_code", "year", value).iter_rows():
        grid[year - 2022, aimed.regions.codes.index(code)] = amount
    return grid


def summed(frame, column):
    return regional(frame.group_by("region_code", "year").agg(pl.col(column).sum()), column)


def goal(framework_id, code):
    aimed = fake_targets(framework_id)
    return aimed.values[:, :, aimed.codes.index(code)]


def exact(found, wanted):
    np.testing.assert_allclose(found, wanted, rtol=1e-9)


def in_use(tables, status="in_use"):
    return tables["facilities"].filter(status=status).select("facility_id", "year", "region_code")


def at_centres(tables, name, status="in_use"):
    return tables[name].join(in_use(tables, status), on=["facility_id", "year"])


def centre_sum(tables, column):
    return summed(tables["facilities"].filter(status="in_use"), column)


def chip_power(tables, status):
    factor = pl.col("precision").replace_strict(WIDTH)
    power = at_centres(tables, "chips", status).with_columns(
        power=pl.col("count") * pl.col("peak") * factor / 1e6
    )
    return summed(power, "power")


def metered(tables):
    """Return what meters counted: facility, year, region, quantity, carrier and amount in base units."""
    readings = (
        tables["meter_readings"]
        .group_by("meter_id", year=pl.col("time").dt.year().cast(int))
        .agg(pl.col("amount").sum())
    )
    rise = pl.col("reading").diff()
    risen = (
        tables["meter_registers"]
        .sort("meter_id", "time")
        .with_columns(
            rise=pl.when(rise < 0).then("reading").otherwise(rise).over("meter_id"),
            year=pl.col("time").dt.year().cast(int),
        )
        .group_by("meter_id", "year")
        .agg(amount=pl.col("rise").sum())
    )
    rows = pl.concat([readings, risen]).join(tables["meters"], on="meter_id")
    return rows.join(in_use(tables), on=["facility_id", "year"]).with_columns(
        base=pl.col("amount") * pl.col("unit").replace_strict(UNIT)
    )


def test_computing_power_of_centres(tables):
    for size in SIZES_TRIED:
        made = tables("ccpe-3.0", size)
        exact(chip_power(made, "in_use"), goal("ccpe-3.0", "3.1.1.1"))
        exact(chip_power(made, "under_construction"), goal("ccpe-3.0", "3.1.1.2"))
    exact(chip_power(tables("cpdi-2.0"), "in_use"), goal("cpdi-2.0", "2.1.2.1"))


def test_every_centre_has_whole_chips(tables):
    made = tables("ccpe-3.0")
    assert (made["chips"]["count"] == made["chips"]["count"].round()).all()
    assert (made["chips"]["count"] >= 1).all()
    listed = made["facilities"].join(made["chips"], on=["facility_id", "year"], how="anti")
    assert listed.is_empty()


def test_ai_centres_and_racks(tables):
    for size in SIZES_TRIED:
        made = tables("ccpe-3.0", size)
        rows = made["facilities"].with_columns(ai=(pl.col("kind") == "ai_centre").cast(pl.Float64))
        exact(summed(rows.filter(status="in_use"), "ai"), goal("ccpe-3.0", "3.1.1.3"))
        exact(summed(rows.filter(status="under_construction"), "ai"), goal("ccpe-3.0", "3.1.1.4"))
        built, used = centre_sum(made, "racks_built"), centre_sum(made, "racks_used")
        exact(built, fake_targets("ccpe-3.0").bases["racks_built"])
        exact(100 * used / built, goal("ccpe-3.0", "3.1.2.1"))
        exact(centre_sum(made, "revenue") / 1e4, goal("ccpe-3.0", "3.1.2.5"))


@pytest.mark.parametrize("size", SIZES_TRIED)
def test_meters(tables, size):
    made = tables("ccpe-3.0", size)
    rows = metered(made)
    amounts = {
        name: summed(rows.filter(quantity=name), "base") for name in rows["quantity"].unique()
    }
    electricity = summed(rows.filter(quantity="total_energy", carrier="electricity"), "base")
    exact(amounts["it_energy"], fake_targets("ccpe-3.0").bases["it_energy"])
    exact(amounts["total_energy"] / amounts["it_energy"], goal("ccpe-3.0", "3.1.2.2"))
    exact(amounts["carbon"] / amounts["it_energy"], goal("ccpe-3.0", "3.1.2.3"))
    exact(amounts["water"] / amounts["it_energy"], goal("ccpe-3.0", "3.1.2.4"))
    exact(amounts["electricity_cost"] / electricity, goal("ccpe-3.0", "3.4.1.1"))
    claims = at_centres(made, "clean_energy").unique(["facility_id", "year", "claim_id"])
    exact(100 * summed(claims, "amount") / amounts["total_energy"], goal("ccpe-3.0", "3.4.1.4"))
    assert made["clean_energy"].height > claims.height


def test_meters_are_read_all_year(tables):
    for size in SIZES_TRIED:
        made = tables("ccpe-3.0", size)
        counted = (
            made["meter_readings"]
            .group_by("meter_id", year=pl.col("time").dt.year())
            .agg(readings=pl.len())
        )
        rows = counted.join(made["meters"], on="meter_id").join(
            made["facilities"].select("facility_id", pl.col("year").cast(pl.Int32), "in_service"),
            on=["facility_id", "year"],
        )
        opened = pl.col("in_service").dt.year() == pl.col("year")
        days = pl.when(opened).then(366 - pl.col("in_service").dt.ordinal_day()).otherwise(365)
        covered = rows.with_columns(
            share=pl.col("readings") * pl.col("interval_minutes") / 1440 / days, opened=opened
        )
        assert (covered.filter(~pl.col("opened"))["share"] == 1.0).all()
        assert (covered["share"] >= 1.0).all()
        assert covered["opened"].any()


def test_large_studies_meter_by_the_hour_at_last():
    assert SIZES["large"].energy_minutes == (1440, 60)
    assert SIZES["large"].centres >= 5_000


def test_no_interval_has_more_it_than_total_energy(tables):
    made = tables("ccpe-3.0", "medium")
    rows = (
        made["meter_readings"]
        .join(made["meters"], on="meter_id")
        .filter(pl.col("quantity").is_in(["it_energy", "total_energy"]), interval_minutes=1440.0)
    )
    whole = rows.with_columns(base=pl.col("amount") * pl.col("unit").replace_strict(UNIT))
    wide = whole.group_by("facility_id", "time").agg(
        *(
            pl.col("base").filter(quantity=name).sum().alias(name)
            for name in ("it_energy", "total_energy")
        )
    )
    # counters are not among the readings
    both = wide.filter(pl.col("it_energy") > 0, pl.col("total_energy") > 0)
    assert both.height > 10_000
    counters = made["meters"].filter(
        pl.col("meter_id").is_in(made["meter_registers"]["meter_id"].unique().implode())
    )["facility_id"]
    metered_whole = both.filter(~pl.col("facility_id").is_in(counters.unique().implode()))
    assert (metered_whole["total_energy"] >= metered_whole["it_energy"]).all()


def test_counters_are_reset_and_end_the_year_where_the_next_begins(tables):
    made = tables("ccpe-3.0", "medium")["meter_registers"].sort("meter_id", "time")
    falls = made.with_columns(fall=(pl.col("reading").diff() < 0).over("meter_id"))
    resets = falls.group_by("meter_id").agg(pl.col("fall").sum())["fall"]
    assert set(resets) == {0, 1}
    ends = made.filter(pl.col("time").dt.ordinal_day() == 365, pl.col("time").dt.year() == 2022)
    starts = made.filter(pl.col("time").dt.ordinal_day() == 1, pl.col("time").dt.year() == 2023)
    both = ends.group_by("meter_id").last().join(starts.group_by("meter_id").first(), on="meter_id")
    np.testing.assert_allclose(both["reading"], both["reading_right"], rtol=1e-12)


def test_storage(tables):
    for size in SIZES_TRIED:
        made = tables("ccpe-3.0", size)
        rows = at_centres(made, "storage_systems")
        capacity = summed(rows, "capacity")
        exact(capacity / 2**20, goal("ccpe-3.0", "3.2.1.1"))
        exact(summed(rows, "iops") / capacity, goal("ccpe-3.0", "3.2.2.1"))
        racks = centre_sum(made, "racks_built")
        exact(capacity / racks, goal("ccpe-3.0", "3.2.1.2"))
        outside = rows.filter(place="external")
        flash = summed(outside.filter(medium="all_flash"), "capacity")
        exact(100 * flash / summed(outside, "capacity"), goal("ccpe-3.0", "3.2.2.3"))
        assert (rows["capacity"] > 0).all()


def test_links(tables):
    for size in SIZES_TRIED:
        made = tables("ccpe-3.0", size)
        rows = at_centres(made, "egress_links")
        exact(summed(rows, "bandwidth") / 1e3, goal("ccpe-3.0", "3.3.3.1"))
        for network, code in (("provincial_backbone", "3.3.3.3"), ("metro", "3.3.3.4")):
            joined = rows.filter(network=network).unique(["facility_id", "year", "network_name"])
            exact(summed(joined.with_columns(one=1.0), "one"), goal("ccpe-3.0", code))
        assert in_use(made).join(rows, on=["facility_id", "year"], how="anti").is_empty()


def test_shares_of_centres_are_the_nearest_there_are(tables):
    for size, allowed in (("small", 2.6), ("medium", 2.1)):
        made = tables("ccpe-3.0", size)
        centres = made["facilities"].filter(status="in_use").with_columns(one=1.0)
        count = summed(centres, "one")
        routes = (
            at_centres(made, "egress_links")
            .group_by("facility_id", "year")
            .agg(two=(pl.col("route_id").n_unique() >= 2).cast(pl.Float64))
        )
        safe = summed(centres.join(routes, on=["facility_id", "year"]), "two")
        found = {
            "3.3.3.5": safe,
            "3.3.3.6": summed(
                centres.with_columns(pl.col("fast_network").cast(float)), "fast_network"
            ),
            "3.3.3.7": summed(
                centres.with_columns(pl.col("smart_network").cast(float)), "smart_network"
            ),
        }
        for code, number in found.items():
            np.testing.assert_array_equal(number, np.rint(goal("ccpe-3.0", code) / 100 * count))
            np.testing.assert_allclose(100 * number / count, goal("ccpe-3.0", code), atol=allowed)
        industries = summed(centres, "industries_served")
        np.testing.assert_array_equal(industries, np.rint(goal("ccpe-3.0", "3.1.2.6") * count))


def test_temperature_is_the_mean_over_centres(tables):
    made = tables("ccpe-3.0")
    stations = made["weather_stations"].select("station_id", "year", "temperature")
    centres = made["facilities"].filter(status="in_use").join(stations, on=["station_id", "year"])
    means = centres.group_by("region_code", "year").agg(pl.col("temperature").mean())
    exact(regional(means, "temperature"), goal("ccpe-3.0", "3.4.1.2"))
    assert centres.height == in_use(made).height


def test_probes(tables):
    for size, near in (("small", 2e-3), ("medium", 5e-4)):
        made = tables("ccpe-3.0", size)
        place = in_use(made)
        ends = made["probes"].with_columns(year=pl.col("time").dt.year().cast(pl.Int64))
        for end in ("source", "target"):
            own = place.rename({"facility_id": f"{end}_id", "region_code": f"{end}_region"})
            ends = ends.join(own, on=[f"{end}_id", "year"])
        assert ends.height == made["probes"].height
        low = pl.min_horizontal("source_id", "target_id")
        high = pl.max_horizontal("source_id", "target_id")
        received = pl.col("sent") - pl.col("lost")
        for code, column in (("3.3.2.8", "delay"), ("3.3.2.9", "loss")):
            pairs = ends.group_by("year", low.alias("low"), high.alias("high")).agg(
                (pl.col("delay") * received).sum().truediv(received.sum()).alias("delay"),
                (100 * pl.col("lost").sum() / pl.col("sent").sum()).alias("loss"),
                pl.struct(pl.col("source_region", "target_region")).first().alias("ends"),
                ways=pl.struct("source_id").n_unique(),
            )
            assert (pairs["ways"] == 2).all()
            pairs = pairs.unnest("ends")
            apart = pairs.filter(pl.col("source_region") != pl.col("target_region"))
            both = pl.concat(
                [
                    apart.select("year", column, region_code=f"{end}_region")
                    for end in ("source", "target")
                ]
            )
            mean = both.group_by("region_code", "year").agg(pl.col(column).mean())
            np.testing.assert_allclose(regional(mean, column), goal("ccpe-3.0", code), rtol=near)
            inside = pairs.filter(pl.col("source_region") == pl.col("target_region"))
            mean = inside.group_by("year", region_code="source_region").agg(pl.col(column).mean())
            within = {"3.3.2.8": "3.3.2.10", "3.3.2.9": "3.3.2.11"}[code]
            np.testing.assert_allclose(
                regional(mean, column), goal("ccpe-3.0", within), rtol=20 * near
            )


def test_no_pair_is_faster_than_light_and_distance_decides():
    aims = Aims(targets("ccpe-3.0", 2035, seed=0), SIZES["medium"], 0)
    listed = register(aims)
    points = dict(zip(listed.ids, coordinates(aims, listed).T, strict=True))
    made = pl.concat(probes(aims, listed))
    both = [np.array([points[one] for one in made[f"{end}_id"]]).T for end in ("source", "target")]
    light = 2 * great_circle(*both) * 1.468 / 299.792458
    delay = made["delay"].to_numpy()
    assert (made["direction"] == "round_trip").all()
    assert (delay > 1.01 * light).all()
    far = light > 4
    assert 1.2 < np.median(delay[far] / light[far]) < 2.2
    assert np.corrcoef(delay, light)[0, 1] > 0.9


def test_targets_below_what_distance_allows_are_refused():
    aimed = fake_targets("ccpe-3.0")
    aimed.values[:, :, aimed.codes.index("3.3.2.8")] = 2.0
    with pytest.raises(ValueError, match=r"targets of 3\.3\.2\.8 .* below what distances allow"):
        list(record_tables(aimed, SIZES["small"], seed=1))


def test_operators(tables):
    made = tables("ccpe-3.0")["operator_networks"]
    area = fake_targets("ccpe-3.0").bases["area"]
    for column, code, scale in (
        ("access_fibre", "3.3.1.2", area),
        ("long_distance_fibre", "3.3.2.3", area),
        ("interprovincial_bandwidth", "3.3.2.2", 1e3),
        ("metro_egress_bandwidth", "3.3.2.6", 1e3),
    ):
        exact(summed(made, column) / scale, goal("ccpe-3.0", code))
    for column, code in (
        ("fast_ip_line_users", "3.3.1.6"),
        ("internet_line_users", "3.3.1.7"),
        ("optical_transport_ports", "3.3.2.4"),
        ("ip_router_ports", "3.3.2.7"),
    ):
        np.testing.assert_array_equal(summed(made, column), goal("ccpe-3.0", code))
    np.testing.assert_array_equal(
        summed(made, "broadband_ports"), np.rint(goal("ccpe-3.0", "3.3.1.1") * 1e4)
    )
    rates = tables("ccpe-3.0")["access_speeds"].with_columns(total=pl.col("users") * pl.col("rate"))
    for access, code in (("fixed", "3.3.1.8"), ("mobile", "3.3.1.9")):
        rows = rates.filter(access=access)
        exact(summed(rows, "total") / summed(rows, "users"), goal("ccpe-3.0", code))


def test_nodes_sites_and_households(tables):
    made = tables("ccpe-3.0")
    for name, column, code in (
        ("access_nodes", "otn", "3.3.1.4"),
        ("access_nodes", "ip_line", "3.3.1.5"),
        ("key_sites", "oxc", "3.3.2.5"),
    ):
        rows = made[name].with_columns(pl.col(column).cast(float), one=1.0)
        share = 100 * summed(rows, column) / summed(rows, "one")
        np.testing.assert_allclose(share, goal("ccpe-3.0", code), atol=0.5)
    homes = made["households"]
    share = 100 * summed(homes, "gigabit_covered") / summed(homes, "households")
    np.testing.assert_allclose(share, goal("ccpe-3.0", "3.3.1.3"), rtol=1e-6)


def test_what_is_counted_by_days(tables):
    made = tables("ccpe-3.0")
    for name, day, code in (
        ("policies", "issued", "3.4.1.3"),
        ("industry_events", "held", "3.4.2.3"),
    ):
        rows = made[name].with_columns(year=pl.col(day).dt.year().cast(pl.Int64), one=1.0)
        np.testing.assert_array_equal(summed(rows, "one"), goal("ccpe-3.0", code))
    for name, day, code in (
        ("ai_services", "filed", "3.1.2.7"),
        ("exchange_points", "opened", "3.3.2.1"),
        ("honours", "awarded", "3.4.2.4"),
    ):
        for period, year in enumerate((2022, 2023)):
            rows = made[name].filter(pl.col(day) <= pl.date(year, 12, 31))
            if name == "honours":
                rows = rows.filter(pl.col("expires") >= pl.date(year, 12, 31))
            counts = summed(rows.with_columns(year=year, one=1.0), "one")[period]
            np.testing.assert_array_equal(counts, goal("ccpe-3.0", code)[period])


def test_market(tables):
    made = tables("ccpe-3.0")
    leading = made["firms"].filter("leading").with_columns(one=1.0)
    nation = leading.group_by("year").agg(pl.col("firm_id").n_unique())["firm_id"]
    assert nation.n_unique() == 1
    share = 100 * summed(leading, "one") / nation[0]
    np.testing.assert_allclose(share, goal("ccpe-3.0", "3.4.2.1"), atol=0.5)
    graduates = made["graduates"]
    np.testing.assert_array_equal(
        summed(graduates.filter(field="all"), "graduates"), goal("ccpe-3.0", "3.4.2.2")
    )
    np.testing.assert_array_equal(
        summed(graduates.filter(pl.col("field") != "all"), "graduates"),
        goal("ccpe-3.0", "3.4.2.2"),
    )
    exact(summed(made["research_spending"], "amount") / 1e4, goal("ccpe-3.0", "3.4.2.5"))
    np.testing.assert_array_equal(
        summed(made["intellectual_property"], "items"), goal("ccpe-3.0", "3.4.2.6")
    )
    exact(summed(made["region_statistics"], "area"), fake_targets("ccpe-3.0").bases["area"])


def test_shipments_fill_both_windows(tables):
    shipped = tables("cpdi-2.0")["server_shipments"]
    assert sorted(shipped["year"].unique()) == list(range(2013, 2024))
    factor = pl.col("precision").replace_strict(WIDTH)
    power = shipped.with_columns(power=pl.col("units") * pl.col("mean_compute") * factor / 1e6)
    for kind, code in (("general", "2.1.1.1"), ("ai", "2.1.1.2")):
        for period, year in enumerate((2022, 2023)):
            window = power.filter(pl.col("year").is_between(year - 5, year), kind=kind)
            found = summed(window.with_columns(year=year), "power")[period]
            exact(found, goal("cpdi-2.0", code)[period])
    assert (shipped["units"] == shipped["units"].round()).all()
    assert (shipped["units"] > 0).all()


def test_shipments_of_the_nation(tables):
    shipped = tables("cpdi-2.0", "small", 2022)["server_shipments"]
    units = shipped.group_by("kind", "year").agg(pl.col("units").sum())
    for kind, last, six in (("general", 3_846_000, 20_910_000), ("ai", 280_000, 820_000)):
        own = units.filter(kind=kind)
        assert own.filter(year=2022)["units"].item() == pytest.approx(last, abs=6)
        assert own.filter(pl.col("year") >= 2017)["units"].sum() == pytest.approx(six, abs=40)


def test_supercomputers_count_once(tables):
    listed = tables("cpdi-2.0")["supercomputers"]
    machines = listed.unique(["system_id", "year"]).with_columns(fp32=pl.col("rmax") * 2 / 1e3)
    assert machines.height < listed.height
    exact(summed(machines, "fp32"), goal("cpdi-2.0", "2.1.1.3"))
    assert (listed["rpeak"] >= listed["rmax"]).all()


def test_industry(tables):
    made = tables("cpdi-2.0")
    product = pl.col("product")
    circuits = product.is_in(["processor", "memory", "other_circuit"])
    devices = made["production"].filter(~circuits & (product != "microcomputer"))
    np.testing.assert_array_equal(
        summed(devices, "quantity"), np.rint(goal("cpdi-2.0", "2.2.1.1") * 1e4)
    )
    np.testing.assert_array_equal(
        summed(made["production"].filter(circuits), "quantity"),
        np.rint(goal("cpdi-2.0", "2.2.2.1") * 1e4),
    )
    exact(summed(made["software_revenue"], "revenue") / 1e4, goal("cpdi-2.0", "2.2.3.1"))
    exact(summed(made["it_spending"], "amount") / 1e4, goal("cpdi-2.0", "2.4.2.1"))
    research = made["research_spending"].filter(performer="computer_manufacturing")
    exact(summed(research, "amount") / 1e4, goal("cpdi-2.0", "2.3.2.1"))
    for kind, code in (("invention_application", "2.3.1.1"), ("invention_grant", "2.3.1.2")):
        rows = made["intellectual_property"].filter(kind=kind)
        np.testing.assert_array_equal(summed(rows, "items"), goal("cpdi-2.0", code))


def test_networks_and_statistics_of_the_index(tables):
    made = tables("cpdi-2.0")
    networks = made["operator_networks"]
    exact(summed(networks, "metro_egress_bandwidth") / 1e3, goal("cpdi-2.0", "2.4.1.1"))
    stations = fake_targets("cpdi-2.0").bases["base_stations_4g"]
    np.testing.assert_array_equal(summed(networks, "base_stations_4g"), stations)
    np.testing.assert_array_equal(
        summed(networks, "base_stations_5g"), np.rint(stations * goal("cpdi-2.0", "2.4.1.2") / 100)
    )
    exact(summed(networks, "mobile_traffic") / 1e9, goal("cpdi-2.0", "2.5.1.1"))
    use = networks.with_columns(use=pl.col("mobile_internet_users") * pl.col("mobile_data_use"))
    exact(summed(use, "use") / 1e9, goal("cpdi-2.0", "2.5.1.1"))
    statistics = made["region_statistics"]
    exact(summed(statistics, "open_data_index"), goal("cpdi-2.0", "2.4.3.1"))
    exact(summed(statistics, "industry_digitalisation"), goal("cpdi-2.0", "2.5.2.1"))
