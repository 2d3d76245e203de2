"""`records` in study.yaml: what may be declared, and what a study then holds."""

import json
import re
from datetime import timedelta
from importlib.resources import files

import polars as pl
import pytest
import yaml

from suanli.intake import check_study, foundations
from suanli.intake.records import open_records
from suanli.language import entries
from suanli.problems import RegionError, Severity
from suanli.regions import Grouping, RegionGroup, grouping
from tests.made_records import write_records
from tests.unit.intake.records.engine_cases import said
from tests.unit.intake.studies import DATA, check, codes, of_code, write_study

CSV = "地区,年份,PUE\n单位,,1\n北京,2022,1.2\n天津,2022,1.3\n"
FACILITIES = [
    {
        "facility_id": "F1",
        "year": 2023,
        "region_code": "110105",
        "kind": "data_centre",
        "status": "in_use",
        "longitude": 116.4,
        "latitude": 39.9,
    }
]


def study(folder, *, content=None, records=None, data=None, **changed):
    """Write the small study with a table of records, and return what checking it gives."""
    target = folder / "study"
    write_records(target / "records", {"facilities": FACILITIES})
    declared = {"folder": "records"} if records is None else records
    return check(target, content or {}, data=data, records=declared, **changed)


def faults(problems):
    return {
        problem.place.path: problem.code
        for problem in said(problems)
        if problem.severity is Severity.ERROR
    }


def test_every_problem_of_the_room_is_in_the_catalogue_and_no_other():
    room, language = files("suanli.intake"), files("suanli.language")
    told = language.joinpath("entries", "problems", "records.yaml").read_text(encoding="utf-8")
    sources = [
        *room.iterdir(),
        *(one for one in room.joinpath("records").iterdir() if one.name != "checks"),
    ]
    texts = [one.read_text(encoding="utf-8") for one in sources if one.name.endswith(".py")]
    used = {code for text in texts for code in re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)}
    raised = {code for text in texts for code in re.findall(r'\bProblem\(\s*\*?\(?"([^"]*)"', text)}
    own = yaml.safe_load(told)
    assert set(own) <= used
    assert raised <= set(entries("problems"))
    for code, entry in own.items():
        assert list(entry) == ["zh", "en", "action_zh", "action_en"], code


def test_a_study_may_have_records_alone(tmp_path):
    made, problems = study(tmp_path)
    assert codes(problems, Severity.ERROR) == set()
    sources = made.records
    assert list(sources.tables) == ["facilities"]
    assert (sources.origin, sources.source, sources.simulated) == ("reported", "", False)
    assert sources.span.periods == ("2022", "2023")
    assert sources.span.ahead == timedelta(0)
    assert sources.tables["facilities"].clock == timedelta(hours=8)
    assert [each.path for each in made.inputs] == [
        "study.yaml",
        "framework.yaml",
        "records/facilities.parquet",
    ]
    assert made.observations.is_empty()
    assert made.grid.codes == ()
    with open_records(made) as records:
        found = records.collected(records.table("facilities").select("region", "period"))
        assert found.rows() == [("110000", "2023")]


def test_a_study_without_records_has_none(tmp_path):
    made, _ = check(tmp_path / "study", {"data.csv": CSV})
    assert made.records is None


def test_what_is_declared_is_kept(tmp_path):
    declared = {
        "folder": "records",
        "units": {"facilities.revenue": "亿元"},
        "times": "UTC",
        "utc_offset": -3.5,
        "origin": "official",
        "source": "算力中心统计报表",
        "calibers": {"precision": "native", "construction_stages": {"planned": 0.5}},
    }
    made, problems = study(tmp_path, records=declared)
    assert codes(problems, Severity.ERROR) == set()
    sources = made.records
    assert sources.tables["facilities"].units == {"revenue": "亿元"}
    assert sources.tables["facilities"].clock == timedelta(0)
    assert sources.span.ahead == timedelta(hours=-3.5)
    assert (sources.origin, sources.source) == ("official", "算力中心统计报表")
    assert sources.options.precision == "native"
    assert sources.options.construction_stages == {"planned": 0.5}


def test_made_up_records_make_a_made_up_study(tmp_path):
    made, _ = study(tmp_path, records={"origin": "simulated"})
    assert made.simulated
    other, _ = study(tmp_path / "other", simulated=True)
    assert other.records.origin == "simulated"


def test_a_table_may_be_elsewhere(tmp_path):
    target = tmp_path / "study"
    write_records(target / "elsewhere", {"facilities": FACILITIES})
    declared = {"files": {"facilities": "elsewhere/*.parquet"}}
    made, problems = check(target, {}, data=None, records=declared)
    assert codes(problems, Severity.ERROR) == set()
    assert [each.path for each in made.records.inputs] == ["elsewhere/facilities.parquet"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"records": ["a"]}, {"records": "framework-mapping-expected"}),
        ({"records": {"units": "GB"}}, {"records.units": "framework-mapping-expected"}),
        ({"records": {"fodler": "x"}}, {"records.fodler": "framework-field-unknown"}),
        ({"records": {"times": "CST"}}, {"records.times": "framework-choice-unknown"}),
        ({"records": {"utc_offset": 15}}, {"records.utc_offset": "framework-number-range"}),
        ({"records": {"utc_offset": "x"}}, {"records.utc_offset": "framework-number-expected"}),
        ({"records": {"utc_offset": True}}, {"records.utc_offset": "framework-number-expected"}),
        (
            {"records": {"calibers": {"patent_years": True, "honours_valid_only": 1}}},
            {
                "records.calibers.patent_years": "framework-whole-number-expected",
                "records.calibers.honours_valid_only": "framework-switch-expected",
            },
        ),
        ({"records": {"utc_offset": 8.1}}, {"records.utc_offset": "utc-offset-unusable"}),
        ({"records": {"origin": "imputed"}}, {"records.origin": "framework-choice-unknown"}),
        ({"records": {"folder": "../x"}}, {"": "path-outside"}),
        ({"records": {"outlines": "no.geojson"}}, {"": "file-not-found"}),
        ({"records": {"calibers": {"precision": "x"}}}, {"records.calibers.precision": "framework-choice-unknown"}),
        ({"records": {"calibers": {"patent_years": 0}}}, {"records.calibers.patent_years": "framework-number-range"}),
        ({"records": {"units": {"chips.peak": "kW"}}}, {"records.units.chips.peak": "records-unit-unusable"}),
        ({"periods": ["2022", "2023Q1"]}, {"periods[1]": "period-not-a-year"}),
        ({"periods": ["2023年"]}, {"periods[0]": "period-not-a-year"}),
        ({"periods": ["0023"]}, {"periods[0]": "period-not-a-year"}),
        ({"regions": {"grouping": "belts"}}, {"regions": "region-grouping-unknown"}),
        ({"regions": {"grouping": "three-belts", "all": "provinces"}}, {"regions": "regions-undecided"}),
    ],
)  # fmt: skip
def test_a_fault_is_named_where_it_is(tmp_path, changed, expected):
    made, problems = study(tmp_path, **changed)
    assert made is None
    assert faults(problems) == expected
    assert not any("Input should" in f"{each.found} {each.expected}" for each in problems)


def test_a_study_needs_data_or_records(tmp_path):
    for number, data in enumerate((None, [])):
        _, problems = check(tmp_path / str(number), {"data.csv": CSV}, data=data)
        assert faults(problems) == {"data": "study-without-sources"}


def test_absent_outlines_are_told_with_other_faults(tmp_path):
    _, problems = study(tmp_path, records={"outlines": "no.geojson"}, mode="fast")
    assert codes(problems, Severity.ERROR) == {"framework-choice-unknown", "file-not-found"}


def test_groups_need_records(tmp_path):
    _, problems = check(
        tmp_path / "study", {"data.csv": CSV}, regions={"grouping": "economic-belts"}
    )
    assert faults(problems) == {"regions.grouping": "grouping-without-records"}


def test_groups_of_regions_may_be_evaluated(tmp_path):
    made, problems = study(tmp_path, regions={"grouping": "economic-belts"})
    assert codes(problems, Severity.ERROR) == set()
    belts = grouping("economic-belts").groups
    assert made.regions.codes == tuple(group.code for group in belts)
    assert made.regions.level == "custom"
    with open_records(made) as records:
        found = records.collected(records.table("facilities"))
        assert found["region"].to_list() == ["east"]


GROUPS = "code,name_zh,name_en,members\nj,京津,Capital,北京|120000\nh,冀南,South,石家庄;邯郸\n"


def test_groups_of_the_studys_own_may_be_evaluated(tmp_path):
    regions = {"file": "groups.csv"}
    made, problems = study(tmp_path, regions=regions, content={"groups.csv": GROUPS})
    assert codes(problems, Severity.ERROR) == set()
    assert (made.regions.codes, made.regions.level) == (("j", "h"), "custom")
    assert "groups.csv" in {file.path for file in made.inputs}
    with open_records(made) as records:
        found = records.collected(records.table("facilities"))
        assert found["region"].to_list() == ["j"]


def test_groups_of_the_studys_own_need_records(tmp_path):
    regions, content = {"file": "groups.csv"}, {"groups.csv": GROUPS, "data.csv": CSV}
    _, problems = check(tmp_path / "study", content, regions=regions)
    (problem,) = of_code(problems, "grouping-without-records")
    assert (problem.place.file, problem.found) == ("groups.csv", "groups.csv")


def test_faults_of_groups_are_named_by_line(tmp_path):
    content = {"groups.csv": GROUPS + "x,京石,,北京|130102\n"}
    _, problems = study(tmp_path, regions={"file": "groups.csv"}, content=content)
    told = [(problem.code, problem.place.cell) for problem in said(problems)]
    assert told == [("group-member-twice", "line 4"), ("group-member-inside", "line 4")]
    assert {problem.place.file for problem in problems} == {"groups.csv"}


def test_groups_that_overlap_are_refused(monkeypatch):
    belts = grouping("economic-belts")
    both = tuple(
        RegionGroup(code, belts.groups[0].name, ("110000", "120000")) for code in ("a", "b")
    )
    overlapping = Grouping("x", belts.name, both, belts.note)
    monkeypatch.setattr(foundations, "grouping", lambda code: overlapping)
    with pytest.raises(RegionError, match=r"two groups \(北京市, 天津市\)"):
        foundations.grouped_regions("x")


def with_rules(folder):
    """Write the small framework with a rule for one indicator."""
    text = (DATA / "framework.yaml").read_text(encoding="utf-8")
    ruled = text.replace("        aliases: [PUE]\n", "        aliases: [PUE]\n        rule: pue\n")
    assert ruled != text
    return {"framework.yaml": ruled}


def test_indicators_with_a_rule_are_not_missed_where_there_are_records(tmp_path):
    made, problems = study(tmp_path, content=with_rules(tmp_path))
    assert made is not None
    missed = {problem.place.code for problem in of_code(problems, "indicator-without-data")}
    assert missed == {"A.2", "B.1", "B.2"}
    told = codes(problems, Severity.WARNING)
    assert not told & {"region-without-data", "period-without-data", "study-without-values"}


def test_given_data_are_checked_beside_records_but_not_for_coverage(tmp_path):
    low = {"data.csv": CSV.replace("1.3", "0.3")}
    _, problems = study(tmp_path, content=low, data=[{"file": "data.csv"}])
    assert codes(problems, Severity.ERROR) == {"check-bounds"}
    made, problems = study(tmp_path, content={"data.csv": CSV}, data=[{"file": "data.csv"}])
    assert made.grid.codes == ("A.1",)
    assert not codes(problems, Severity.WARNING) & {
        "check-coverage-region",
        "check-coverage-indicator",
    }
    _, alone = check(tmp_path / "alone", {"data.csv": CSV})
    assert "check-coverage-region" in codes(alone, Severity.WARNING)


def test_outlines_are_read_and_listed(tmp_path):
    ring = [[116, 39], [117, 39], [117, 40], [116, 40], [116, 39]]
    outlines = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"adcode": 120000},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }
    own = {"o.geojson": json.dumps(outlines)}
    made, problems = study(tmp_path, content=own, records={"outlines": "o.geojson"})
    assert codes(problems, Severity.ERROR) == set()
    assert made.records.span.outlines.codes == ("120000",)
    assert made.inputs[-1].path == "o.geojson"


def test_faults_of_files_stop_the_study(tmp_path):
    folder = write_study(tmp_path / "study", {"records/facilities.csv": b""}, data=None, records={})
    made, problems = check_study(folder)
    assert made is None
    assert [problem.code for problem in problems] == ["file-empty"]


def test_what_tables_hold_is_not_looked_at_yet(tmp_path):
    folder = write_study(tmp_path / "study", {}, data=None, records={})
    (folder / "records").mkdir()
    pl.DataFrame({"nonsense": [1]}).write_parquet(folder / "records" / "chips.parquet")
    made, problems = check_study(folder)
    assert made is not None
    assert codes(problems, Severity.ERROR) == set()
