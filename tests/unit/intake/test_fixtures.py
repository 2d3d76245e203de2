"""One fault a file: the verdict is in the file's name, the problem it must raise is here."""

import pytest

from suanli.problems import Severity
from tests.unit.intake.studies import DATA, check, codes, value

NOTES = {
    "pass_gb18030.csv": "encoding-found",
    "pass_utf16.csv": "encoding-found",
    "pass_missing_marks.csv": "missing-marks",
    "pass_thousands.csv": "thousands-separators",
    "pass_full_width.csv": "full-width-digits",
    "pass_percent_signs.csv": "percent-signs",
    "pass_units_assumed.csv": "units-assumed",
    "pass_repeated_equal.csv": "value-repeated",
    "pass_remarks.csv": "columns-ignored",
    "pass_other_years.csv": "period-not-listed",
    "pass_extra_delimiters.csv": "value-repeated",
}
WARNINGS = {
    "warn_total_row.csv": "region-aggregate",
    "warn_hong_kong.csv": "region-not-covered",
    "warn_region_not_selected.csv": "region-not-selected",
    "warn_region_without_data.csv": "region-without-data",
    "warn_indicator_without_data.csv": "indicator-without-data",
    "warn_period_without_data.csv": "period-without-data",
}
ERRORS = {
    "refuse_ragged.csv": "row-ragged",
    "refuse_ragged_long.csv": "row-ragged",
    "refuse_unknown_region.csv": "region-unknown-close",
    "refuse_blank_region.csv": "region-blank",
    "refuse_code_name_differ.csv": "region-names-differ",
    "refuse_unknown_column.csv": "name-unknown",
    "refuse_column_twice.csv": "column-twice",
    "refuse_names_differ.csv": "column-names-differ",
    "refuse_nameless_column.csv": "column-nameless",
    "refuse_no_indicator.csv": "columns-none",
    "refuse_no_region_heading.csv": "headings-not-found",
    "refuse_two_region_headings.csv": "field-twice",
    "refuse_long_field_unknown.csv": "field-unknown",
    "refuse_long_blank_name.csv": "name-blank",
    "refuse_long_unknown_code.csv": "name-unknown",
    "refuse_contradiction.csv": "value-contradicted",
    "refuse_text.csv": "not-a-number",
    "refuse_european_decimal.csv": "not-a-number",
    "refuse_html.csv": "not-a-number",
    "refuse_negative_zero.csv": "number-negative-zero",
    "refuse_infinite.csv": "number-not-finite",
    "refuse_nan.csv": "number-not-finite",
    "refuse_overflow.csv": "number-not-finite",
    "refuse_excel_error.csv": "cell-error-value",
    "refuse_formula.csv": "formula-without-result",
    "refuse_date.csv": "cell-is-date",
    "refuse_unit_unknown.csv": "framework-unit-unknown",
    "refuse_unit_incompatible.csv": "framework-unit-incompatible",
    "refuse_unit_twice.csv": "unit-stated-twice",
    "refuse_percent_or_fraction.csv": "percent-or-fraction",
    "refuse_percent_sign.csv": "percent-sign-unexpected",
    "refuse_period.csv": "period-unknown",
    "refuse_period_missing.csv": "period-missing",
    "refuse_origin.csv": "origin-unknown",
    "refuse_bounds.csv": "check-bounds",
    "refuse_open_quote.csv": "not-a-text-table",
    "refuse_headings_only.csv": "study-without-values",
    "refuse_encoding.csv": "encoding-unknown",
}
FIXTURES = sorted(path.name for path in DATA.iterdir() if path.suffix in (".csv", ".tsv"))
PASSES = [name for name in FIXTURES if name.startswith("pass_")]


def read(tmp_path, name):
    content = (DATA / name).read_bytes()
    return check(tmp_path / "study", {f"data/{name}": content}, data=[{"file": f"data/{name}"}])


def test_every_fixture_has_a_verdict_and_a_problem():
    assert set(NOTES) <= set(PASSES)
    assert {name for name in FIXTURES if name.startswith("warn_")} == set(WARNINGS)
    assert {name for name in FIXTURES if name.startswith("refuse_")} == set(ERRORS)


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_has_the_same_values_in_every_dress(tmp_path, name):
    study, problems = read(tmp_path, name)
    assert codes(problems, Severity.ERROR) | codes(problems, Severity.WARNING) == set()
    assert value(study, "310000", "2023", "A.1") == 1.33
    assert value(study, "310000", "2022", "gdp") == 44809
    assert value(study, "310000", "2023", "A.2") == 69
    assert value(study, "120000", "2023", "B.1") == pytest.approx(4.6, rel=1e-15)
    if name in NOTES:
        assert NOTES[name] in codes(problems, Severity.NOTE)


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_leaves_a_study(tmp_path, name):
    study, problems = read(tmp_path, name)
    assert study is not None
    assert WARNINGS[name] in codes(problems, Severity.WARNING)
    assert value(study, "110000", "2022", "gdp") == 41540


@pytest.mark.parametrize("name", ERRORS)
def test_a_refusal_names_its_one_fault(tmp_path, name):
    study, problems = read(tmp_path, name)
    assert study is None
    assert codes(problems, Severity.ERROR) == {ERRORS[name]}
