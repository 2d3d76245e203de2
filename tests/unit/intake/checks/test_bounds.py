import numpy as np

from suanli.intake.checks import check_bounds, evidence_of, findings
from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.problems import Severity


def test_a_value_below_its_lowest_is_an_error_with_its_cell(evidence, regions):
    (problem,) = check_bounds(evidence(pue=[1.2, 0.9, 1.5]))
    assert problem.severity is Severity.ERROR
    assert problem.place.region == regions.codes[1]
    assert (problem.place.period, problem.place.code) == ("2018", "pue")
    assert (problem.place.file, problem.place.sheet, problem.place.cell) == (
        "data.xlsx",
        "pue",
        "C6",
    )
    assert (problem.found, problem.expected) == ("0.9", "1–5")
    assert problem.message("en").startswith("Tianjin, 2018: “pue”")
    assert problem.message("zh").startswith("天津市2018年“pue（中）”")


def test_a_value_above_its_highest_is_an_error_with_its_unit(evidence):
    (problem,) = check_bounds(evidence(share=[50, 101]))
    assert (problem.found, problem.expected) == ("101 %", "0–100 %")


def test_values_on_their_bounds_pass_and_so_does_the_noise_of_conversion(evidence):
    assert check_bounds(evidence(share=[0, 100, 100.00000000001], pue=[1, 5])) == []


def test_an_overshoot_larger_than_noise_does_not_pass(evidence):
    assert len(check_bounds(evidence(share=[100.000001]))) == 1


def test_codes_without_bounds_take_any_finite_value(evidence):
    assert check_bounds(evidence(free=[-1e12, 1e12])) == []
    (problem,) = check_bounds(evidence(free=[np.inf, 1.0]))
    assert problem.expected == "< ∞"


def test_variables_are_checked_too(evidence):
    (problem,) = check_bounds(evidence(machines=[5, -5]))
    assert problem.expected == "≥ 0 台"


def test_a_long_list_is_cut_to_the_gravest_and_the_rest_counted(evidence, monkeypatch):
    monkeypatch.setattr(findings, "LISTED", 10)
    share = 101 + np.arange(20.0).reshape(2, 10)
    *listed, rest = check_bounds(evidence(share=share))
    assert [problem.found for problem in listed] == [f"{value} %" for value in range(120, 110, -1)]
    assert (rest.code, rest.found, rest.severity) == ("check-more", "10", Severity.ERROR)
    assert rest.place.code == "share"
    assert rest.message("en") == "10 more of the same kind; only the 10 gravest are listed above."


def test_it_serves_a_computed_grid_that_stands_in_no_file(framework, regions):
    shape = (1, 1, 1)
    grid = ValueGrid(
        regions.codes[:1],
        ("2023",),
        ("pue",),
        np.full(shape, 0.5),
        np.full(shape, ORIGINS.index("reported"), dtype=np.int8),
        np.zeros(shape, dtype=np.int32),
        ("",),
    )
    (problem,) = check_bounds(evidence_of(framework, grid, regions))
    assert (problem.place.file, problem.place.cell) == ("", "")
    assert problem.place.region == regions.codes[0]
