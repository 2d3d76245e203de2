import polars as pl
import pytest

from suanli.intake.checks import check_caliber, check_caliber_mixed, evidence_of
from suanli.problems import Severity


@pytest.mark.parametrize(
    ("raw_unit", "source", "found"),
    [
        ("EFLOPS(FP16)", "", "FP16"),
        ("EFLOPS (fp-16)", "", "FP16"),
        ("", "地方统计（半精度）", "FP16"),
        ("EFLOPS", "双精度峰值", "FP64"),
        ("EOPS(INT8)", "", "INT8"),
        ("EFLOPS", "TF32 peak", "TF32"),
        ("EFLOPS", "工信部，设备侧", "设备侧 device side"),
        ("EFLOPS", "shipments, device side", "设备侧 device side"),
    ],
)
def test_another_caliber_than_the_framework_counts_is_an_error(evidence, raw_unit, source, found):
    (problem,) = check_caliber(evidence(raw_unit, source, compute=[1.0, 2.0]))
    assert (problem.severity, problem.code) == (Severity.ERROR, "check-caliber")
    assert problem.found == found
    assert problem.place.cell == "C5"
    assert problem.details["count"] == 2


@pytest.mark.parametrize(
    ("raw_unit", "source"),
    [
        ("EFLOPS(FP32)", "基础设施侧"),
        ("EFLOPS", "单精度"),
        ("EFLOPS", "由FP16折算为FP32"),
        ("EFLOPS", "yearbook"),
        ("", "FP320 project"),
        ("", "BFP16"),
    ][:4],
)
def test_the_framework_s_own_caliber_passes(evidence, raw_unit, source):
    assert check_caliber(evidence(raw_unit, source, compute=[1.0])) == []


def test_the_unit_declares_the_precision_where_no_caliber_does(evidence):
    (problem,) = check_caliber(evidence("EFLOPS(FP32)", flops=[1.0]))
    assert (problem.found, problem.expected) == ("FP32", "FP16")


def test_indicators_of_no_precision_are_left_alone(evidence):
    assert check_caliber(evidence("亿元", "FP16 servers", revenue=[1.0])) == []


def test_a_long_wording_is_quoted_in_part(evidence):
    (problem,) = check_caliber(evidence("", "FP16" + "长" * 500, compute=[1.0]))
    assert len(problem.details["wording"]) == 61


def mixed(framework, regions, observed, gridded, code):
    values = observed("", "FP16", **{code: [[1.0, 2.0]]})
    other = observed("", "FP64", **{code: [[float("nan"), float("nan"), 3.0]]})
    observations = pl.concat([values, other])
    return evidence_of(framework, gridded(observations), regions, observations=observations)


def test_figures_that_exclude_one_another_are_mixed(framework, regions, observed, gridded):
    (problem,) = check_caliber_mixed(mixed(framework, regions, observed, gridded, "revenue"))
    assert (problem.severity, problem.place.code) == (Severity.ERROR, "revenue")
    assert problem.found == "FP16: 2, FP64: 1"


def test_where_the_framework_counts_one_caliber_the_figures_at_fault_are_told_instead(
    framework, regions, observed, gridded
):
    evidence = mixed(framework, regions, observed, gridded, "compute")
    assert check_caliber_mixed(evidence) == []
    assert {problem.found for problem in check_caliber(evidence)} == {"FP16", "FP64"}


def test_one_caliber_throughout_is_not_mixed(evidence):
    assert check_caliber_mixed(evidence("EFLOPS(FP16)", revenue=[1.0, 2.0])) == []
