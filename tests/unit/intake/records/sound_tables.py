"""Tables of records in which nothing is wrong, to be changed a row at a time, and what the checks say of them."""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from suanli.intake.records.checks import check_records
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records, Span
from suanli.intake.records.schema import table_schemas
from suanli.regions import provinces
from tests.made_records import write_records

YEARS = (2022, 2023)
PLACES = {
    "F1": ("110000", 116.4, 39.9),
    "F2": ("310000", 121.5, 31.2),
    "F3": ("440100", 113.3, 23.1),
}
CITIES = ("110000", "310000", "440000")


def sound_tables(*names, places=None, years=YEARS):
    """Return rows of the tables named, or of every table; `places` are centres with region, longitude and latitude."""
    places = places or PLACES
    first, second = list(places)[:2]
    tables = {name: [] for name in table_schemas()}
    for year in years:
        for number, (centre, (region, longitude, latitude)) in enumerate(places.items()):
            tables["facilities"].append({
                "facility_id": centre, "year": year, "region_code": region, "longitude": longitude,
                "latitude": latitude, "owner_type": "telecom", "kind": "ai_centre" if number else "data_centre",
                "status": "in_use", "in_service": "2000-01-01", "racks_built": 1000.0, "racks_used": 600.0,
                "station_id": "W1", "industries_served": 5, "fast_network": True,
            })  # fmt: skip
            tables["chips"].append({
                "facility_id": centre, "year": year, "chip": "A", "purpose": "ai", "precision": "FP16",
                "count": 1000.0, "peak": 300.0,
            })  # fmt: skip
            tables["clean_energy"].append({
                "facility_id": centre, "year": year, "instrument": "contract", "claim_id": f"{centre}-{year}",
                "amount": 1200.0,
            })  # fmt: skip
            tables["storage_systems"].append({
                "system_id": f"S-{centre}", "year": year, "facility_id": centre, "place": "external",
                "medium": "all_flash", "capacity": 100.0, "iops": 1e5, "block_size": 4.0, "read_share": 70.0,
            })  # fmt: skip
            tables["egress_links"].append({
                "link_id": f"L-{centre}", "year": year, "facility_id": centre, "bandwidth": 100.0, "network": "metro",
            })  # fmt: skip
        tables["weather_stations"].append(
            {"station_id": "W1", "year": year, "region_code": "110000", "temperature": 12.5}
        )
        tables["probes"].append({
            "source_id": first, "target_id": second, "time": f"{year}-06-01T10:00:00", "sent": 100.0, "lost": 1.0,
            "delay": 12.0, "direction": "one_way",
        })  # fmt: skip
        for region in CITIES:
            _of_region(tables, region, year)
    tables["meters"] = [row for centre in places for row in _meters(centre)]
    tables["meter_readings"] = [row for centre in places for row in _readings(centre, years)]
    tables["meter_registers"] = [row for centre in places for row in _registers(centre, years)]
    _lasting(tables, years, first)
    return {name: tables[name] for name in names} if names else tables


def _of_region(tables, region, year):
    where = {"region_code": region, "year": year}
    for back in range(6):
        for kind in ("general", "ai"):
            row = {
                "kind": kind,
                "model": "M",
                "units": 10.0,
                "precision": "FP32",
                "mean_compute": 5.0,
            }
            shipped = {**where, "year": year - back, **row}
            if shipped not in tables["server_shipments"]:
                tables["server_shipments"].append(shipped)
    row = {
        "system_id": f"X-{region}",
        "list": "TOP500",
        "precision": "FP64",
        "rmax": 10.0,
        "rpeak": 12.0,
    }
    tables["supercomputers"].append({**where, **row})
    tables["production"].append({**where, "product": "server", "quantity": 10.0})
    for component in table_schemas()["software_revenue"].column("component").values:
        tables["software_revenue"].append({**where, "component": component, "revenue": 10.0})
    for component in table_schemas()["it_spending"].column("component").values:
        tables["it_spending"].append({**where, "component": component, "amount": 10.0})
    tables["research_spending"].append({**where, "performer": "centre_firms", "amount": 10.0})
    tables["intellectual_property"].append({
        **where, "record_id": f"{region}-{year}", "kind": "invention_grant", "holder": "other", "field": "computing",
        "items": 3.0,
    })  # fmt: skip
    name = f"{region}-{year}"
    tables["access_nodes"].append({**where, "node_id": name, "otn": True, "ip_line": False})
    tables["key_sites"].append({**where, "site_id": name, "oxc": True})
    tables["operator_networks"].append({**where, "operator": "A", "broadband_ports": 100.0})
    tables["households"].append({**where, "households": 100.0, "gigabit_covered": 90.0})
    tables["access_speeds"].append(
        {**where, "operator": "A", "access": "fixed", "users": 5.0, "rate": 90.0}
    )
    tables["firms"].append({**where, "firm_id": "A", "leading": True})
    tables["graduates"].append({**where, "field": "all", "graduates": 100.0})
    tables["region_statistics"].append({**where, "population": 100.0})
    tables["policies"].append(
        {"policy_id": name, "region_code": region, "issued": f"{year}-05-01", "level": "provincial"}
    )
    tables["industry_events"].append(
        {"event_id": name, "region_code": region, "held": f"{year}-05-01"}
    )


def _lasting(tables, years, centre):
    tables["exchange_points"] = [{"point_id": "P", "region_code": "110000", "opened": "2001-01-01"}]
    tables["ai_services"] = [{"filing_id": "A", "region_code": "310000", "filed": "2023-08-01"}]
    tables["honours"] = [{
        "honour_id": "H", "region_code": "110000", "facility_id": centre, "awarded": f"{years[0]}-08-01",
        "expires": "2030-01-01", "kind": "green",
    }]  # fmt: skip


def _meters(centre):
    """Total energy by month from an interval meter, IT energy from a register read by month."""
    for name, quantity in (("total", "total_energy"), ("it", "it_energy")):
        yield {
            "meter_id": f"{centre}-{name}", "facility_id": centre, "quantity": quantity, "carrier": "electricity",
            "unit": "MWh", "interval_minutes": 43800.0,
        }  # fmt: skip


def _readings(centre, years):
    for moment in _months(years):
        yield {"meter_id": f"{centre}-total", "time": moment, "amount": 130.0}


def _registers(centre, years):
    # the last reading of a year closes it: read on the year's last day
    for year in years:
        for month, moment in enumerate(_months((year,))):
            yield {
                "meter_id": f"{centre}-it",
                "time": moment,
                "reading": (year - years[0]) * 1200.0 + month * 100.0,
            }
        end = f"{year}-12-31T23:59:00"
        yield {
            "meter_id": f"{centre}-it",
            "time": end,
            "reading": (year - years[0]) * 1200.0 + 1200.0,
        }


def _months(years):
    return [f"{year}-{month:02}-01T00:00:00" for year in years for month in range(1, 13)]


@contextmanager
def records_of(tables, *, periods=None, regions=None, options=None, ahead=0, outlines=None):
    """Open tables as records of provinces, from Parquet files."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_records(folder, tables)
        files = {
            table: TableFiles(
                table_schemas()[table], (str(folder / f"{table}.parquet"),), "parquet", {}
            )
            for table in table_schemas()
            if table in tables
        }
        span = Span(
            regions or provinces(),
            periods or tuple(map(str, YEARS)),
            timedelta(hours=ahead),
            outlines,
        )
        with Records(DuckDBEngine(), files, span, CaliberOptions(**(options or {}))) as records:
            yield records


def checked(tables, **how):
    """Return what the checks find wrong, by code."""
    with records_of(tables, **how) as records:
        problems = check_records(records)
    for problem in problems:
        assert problem.message("zh")
        assert problem.message("en")
        assert problem.action("zh")
        assert problem.action("en")
    return {(problem.code, problem.place.path): problem for problem in problems}


def found(tables, code, path="", **how):
    """Return the one problem of a code, which is the only one beside others of that code."""
    problems = checked(tables, **how)
    (problem,) = (
        one for (name, place), one in problems.items() if name == code and place.startswith(path)
    )
    return problem
