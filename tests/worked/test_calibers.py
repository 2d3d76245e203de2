"""Worked examples of the rules: small tables, the arithmetic by hand, and the value of each region."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from suanli.framework import bundled, bundled_ids
from suanli.framework.units import converted, is_known
from suanli.indicators.reduction import parts_of
from suanli.indicators.rule import ITEM_COLUMNS, Rule
from suanli.indicators.rules import RULES
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.engine import Frame, TableFiles
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records, Span
from suanli.intake.records.schema import table_schemas
from suanli.language import entries
from suanli.regions import Regions, custom, prefectures, provinces
from tests.made_records import write_records
from tests.reduced import reduced

FOLDER = Path(__file__).parent / "calibers"
REGIONS = {"provinces": provinces, "prefectures": prefectures}
NEEDED = {"name", "source", "rule", "periods", "tables", "expected"}
ALLOWED = NEEDED | {"options", "tolerance", "absent", "regions", "utc_offset", "parts", "traps"}
TOLERANCE = 1e-12
COUNTED = {
    *("open_data_index", "mean_temperature", "leading_firms", "route_reliability"),
    *("otn_coverage", "ip_line_coverage", "oxc_deployment"),
    *("delay_between_regions", "delay_within_region"),
}
"""Ratios whose denominator counts the items, so that it is 0 only where there is none."""
TRAPS = {
    "ratio-of-sums": {"pue", "loss_between_regions"},
    "zero-denominator": {name for name, one in RULES.items() if one.reduction == "ratio"} - COUNTED,
    "one-centre": {"delay_within_region", "loss_within_region"},
    "counted-once": {"clean_energy_share"},
    "mixed-units": {"pue", "cue"},
    "moved": {"pue", "rack_utilisation", "compute_in_use", "delay_between_regions"},
    "time-zone": {"pue", "delay_within_region"},
    "leap-year": {"pue"},
}
"""What a careless computation gets wrong, and the rules that show it in an example marked as such."""


@cache
def examples() -> tuple[Mapping[str, Any], ...]:
    return tuple(
        example
        for path in sorted(FOLDER.glob("*.yaml"))
        for example in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def cases() -> list[Any]:
    return [pytest.param(case, id=f"{case['rule']}: {case['name']}") for case in examples()]


def every_rule() -> list[Rule]:
    every = [one for rule in RULES.values() for one in (rule, *rule.beside.values())]
    return list({rule.name: rule for rule in every}.values())


def rule_named(name: str) -> Rule:
    """Return a rule, or with a slash one that is shown beside another."""
    main, _, beside = name.partition("/")
    return RULES[main].beside[beside] if beside else RULES[main]


def regions_of(stated: str | list[Mapping[str, str]]) -> Regions:
    """Return a bundled list of regions, or groups by the rows of a list."""
    return REGIONS[stated]() if isinstance(stated, str) else custom(stated)


def records_of(case: Mapping[str, Any], folder: Path) -> Records:
    write_records(folder, case["tables"])
    schemas = table_schemas()
    tables = {
        path.stem: TableFiles(schemas[path.stem], (str(path),), "parquet", {})
        for path in sorted(folder.iterdir())
    }
    span = Span(
        regions_of(case.get("regions", "provinces")),
        tuple(str(period) for period in case["periods"]),
        timedelta(hours=case.get("utc_offset", 0)),
    )
    engine = DuckDBEngine(memory="256MB", threads=1)
    return Records(engine, tables, span, CaliberOptions(**case.get("options", {})))


def rows_by_place(records: Records, frame: Frame) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records.collected(frame).to_dicts():
        if row["region"] is not None and row["period"] in records.periods:
            found.setdefault((row["region"], row["period"]), []).append(row)
    return found


def place(stated: Mapping[str, Any]) -> tuple[str, str]:
    return str(stated["region"]), str(stated["period"])


def same(found: float | None, wanted: float | None, tolerance: float) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return found == pytest.approx(wanted, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("case", cases())
def test_a_rule_gives_the_worked_values(case: Mapping[str, Any], tmp_path: Path) -> None:
    assert set(case) >= NEEDED
    assert set(case) <= ALLOWED
    rule = rule_named(case["rule"])
    tolerance = float(case.get("tolerance", TOLERANCE))
    with records_of(case, tmp_path / "records") as records:
        items = rule.items(records)
        assert tuple(items.collect_schema().names()) == ITEM_COLUMNS
        found = rows_by_place(records, reduced(items, rule.reduction))
        parts = rows_by_place(records, parts_of(items)) if "parts" in case else {}
    wanted = {place(stated): stated for stated in case["expected"]}
    valued = {at for at, (row,) in found.items() if row["value"] is not None}
    unsaid = {at for at in valued - wanted.keys() if found[at][0]["value"] != 0}
    absent = {(str(region), str(period)) for region, period in case.get("absent", [])}
    assert not unsaid
    assert not valued & absent
    for at, stated in wanted.items():
        (row,) = found[at]
        row["weight_share"] = row["weight_used"] / row["weight"] if row["weight"] else None
        for key in stated.keys() - {"region", "period"}:
            assert same(row[key], stated[key], tolerance), (at, key, row[key], stated[key])
    for stated in case.get("parts", []):
        sums = {row["part"]: row["numerator"] for row in parts[place(stated)]}
        assert same(sums[str(stated["part"])], stated["value"], tolerance), (stated, sums)


def test_there_are_all_69_rules_and_an_alternative_and_each_has_its_own_name() -> None:
    assert len(RULES) == 69 + 1
    assert all(rule.name == name for name, rule in RULES.items())


def test_every_rule_has_a_worked_example_and_none_is_of_another() -> None:
    shown = {case["rule"] for case in examples()}
    beside = {f"{name}/{key}" for name, rule in RULES.items() for key in rule.beside}
    assert RULES.keys() - shown == set()
    assert shown - RULES.keys() - beside == set()


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_is_shown_by_examples(trap: str) -> None:
    marked = [case for case in examples() if trap in case.get("traps", [])]
    assert {case["rule"] for case in marked} >= TRAPS[trap]
    if trap == "zero-denominator":
        unknown = [[one for one in case["expected"] if one["value"] is None] for case in marked]
        assert all(unknown)
    if trap == "one-centre":
        assert all(case["absent"] for case in marked)


def test_examples_are_marked_with_known_traps_alone_and_have_their_own_names() -> None:
    assert {trap for case in examples() for trap in case.get("traps", [])} == TRAPS.keys()
    names = [(case["rule"], case["name"]) for case in examples()]
    assert len(names) == len(set(names))


def test_the_published_trap_of_the_mean_of_two_pues_is_there() -> None:
    """PUEs of 1.2 at 100 GWh of IT energy and 2.0 at 10 GWh are 1.27 together."""
    (case,) = (one for one in examples() if one["rule"] == "pue" and "1.27" in one["name"])
    (stated,) = case["expected"]
    assert stated["value"] == pytest.approx((1.2 * 100 + 2.0 * 10) / (100 + 10), rel=TOLERANCE)
    assert stated["median"] == pytest.approx((1.2 + 2.0) / 2)


def test_every_rule_of_a_bundled_framework_exists_in_a_unit_that_fits() -> None:
    named = 0
    for name in bundled_ids():
        for indicator in bundled(name).indicators():
            if indicator.rule is not None:
                named += 1
                unit = RULES[indicator.rule].unit
                assert converted(1.0, unit, indicator.unit) > 0, (indicator.code, unit)
    assert named >= 69


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: rule.name)
def test_a_rule_is_fit_to_be_shown(rule: Rule) -> None:
    assert is_known(rule.unit)
    assert set(rule.tables) <= table_schemas().keys()
    aspects = ["", "-numerator", "-record"]
    if rule.reduction == "ratio":
        aspects.append("-denominator")
    wanted = [f"{rule.name}{aspect}" for aspect in aspects]
    wanted += [f"level-{level}" for level in rule.levels]
    texts = entries("rules")
    assert [key for key in wanted if not {"zh", "en"} <= texts.get(key, {}).keys()] == []
    assert all(texts[key]["zh"] and texts[key]["en"] for key in wanted)
