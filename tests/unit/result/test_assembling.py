import numpy as np
import pytest

from suanli.intake.grid import ORIGINS
from suanli.language import pair
from suanli.regions import provinces
from suanli.result import assembled
from suanli.result.assembling import change_table
from suanli.scoring.change import Change
from tests.unit.result import samples


def test_rows_stand_by_period_region_and_tree(result):
    first = result.scores.head(9)
    assert first["node"].to_list() == [
        *("index", "scale", "compute", "storage", "revenue", "quality", "pue", "rate", "index")
    ]
    assert first["region"].to_list() == ["北京市"] * 8 + ["天津市"]
    assert result.scores["period"].unique(maintain_order=True).to_list() == ["2021", "2022", "2023"]


def test_every_number_of_the_scores_is_in_its_row():
    framework, regions = samples.small(), samples.some_regions()
    study = samples.study(framework, regions, samples.grid(framework, regions))
    scores = samples.scored(study)
    result = assembled(study, scores)
    at = (1, 3, scores.nodes.index("quality"))
    row = result.scores.filter(node="quality", period="2022", region_code="310000").row(
        0, named=True
    )
    assert row["score"] == scores.scores[at]
    assert row["rank"] == scores.ranks[at]
    assert row["tier"] == scores.tiers[at]
    values = result.indicators.filter(indicator="pue", period="2022", region_code="310000")
    assert values.row(0) == (
        *(
            "310000",
            "上海市",
            "2022",
            "pue",
            scores.values.values[1, 3, 3],
            "1",
            "official",
            "年鉴",
        ),
    )
    found = result.contributions["contribution"].to_numpy()
    assert np.array_equal(found, scores.contributions.ravel(), equal_nan=True)
    assert np.array_equal(
        result.normalised["score"].to_numpy(), scores.normalised.ravel(), equal_nan=True
    )


def test_a_gap_is_null_and_has_no_source(result):
    row = result.indicators.filter(indicator="storage", period="2021", region_code="520000").row(
        0, named=True
    )
    assert (row["value"], row["origin"], row["source"]) == (None, "missing", None)
    score = result.scores.filter(node="storage", period="2021", region_code="520000").row(
        0, named=True
    )
    assert (score["score"], score["rank"], score["tier"]) == (None, None, None)


def test_changes_sum_to_the_change_of_the_index(result):
    index = result.scores.filter(node="index", region_code="440000")
    before, after = (index.filter(period=period)["score"].item() for period in ("2021", "2022"))
    moved = result.changes.filter(region_code="440000", period_from="2021", period_to="2022")
    assert moved["amount"].sum() == pytest.approx(after - before, abs=1e-9)
    assert moved["amount"].abs().min() >= 1e-11


def test_noise_and_regions_without_an_index_are_left_out():
    amounts = np.zeros((2, 1, 5))
    amounts[0, 0, 1], amounts[0, 0, 3] = 2.5, 1e-16
    amounts[1] = np.nan
    change = Change("1", "2", ("a", "b"), ("x",), np.zeros(2), np.zeros(2), amounts)
    assert change_table(change).rows() == [("a", "1", "2", "x", "data", 2.5)]


def test_simulated_values_stamp_the_result_even_if_the_study_does_not():
    framework, regions = samples.small(), samples.some_regions()
    grid = samples.grid(framework, regions)
    grid.origins[0, 0, 0] = ORIGINS.index("simulated")
    assert samples.result(grid=grid).about.simulated
    assert not samples.result().about.simulated


def test_where_weights_come_from():
    assert samples.result().about.weights_note.en == "Weights are given by the framework."
    own = samples.result(weights={"scale": 0.5, "quality": 0.5})
    assert own.about.weights_note.en == "Weights come from the study's own file."
    assert not own.about.fitted
    fitted = samples.result(weights={"scale": 0.5, "quality": 0.5}, fitted=True)
    assert fitted.about.weights_note.zh.startswith("反推权重：")
    assert fitted.about.fitted
    noted = samples.framework(
        weighting={
            "method": "equal",
            "renormalise_missing": True,
            "note": {"zh": "专家未公布", "en": "Not published"},
        }
    )
    assert samples.result(framework=noted).about.weights_note.zh == "专家未公布"


def test_weights_keep_the_marks_of_the_file_from_which_they_come():
    own = {"scale": 0.5, "quality": 0.5}
    marked = samples.result(weights=own, simulated_weights=True, fitted=True).weights
    from_file = marked["method"] == "file"
    assert marked.filter(from_file)["node"].to_list() == ["scale", "quality"]
    assert marked["simulated"].to_list() == from_file.fill_null(value=False).cast(int).to_list()
    assert marked["origin"].to_list() == [
        "fitted" if node in own else None for node in marked["node"]
    ]
    plain = samples.result(weights=own, simulated=True).weights
    assert plain["simulated"].sum() == 0
    assert "origin" not in plain.columns


def test_weights_keep_the_marks_of_the_framework_from_which_they_come():
    note = pair("result", "fitted_note")
    weighting = {
        "method": "given",
        "renormalise_missing": True,
        "note": {"zh": note.zh, "en": note.en},
    }
    noted = samples.framework(simulated=True, weighting=weighting)
    marked = samples.result(framework=noted).weights
    below = marked.filter(level=1)
    assert below["simulated"].to_list() == [1] * below.height
    assert below["origin"].to_list() == ["fitted"] * below.height
    assert marked.row(0, named=True)["origin"] is None
    # the study's own file takes the place of both
    own = samples.result(framework=noted, weights=dict.fromkeys(("scale", "quality"), 0.5)).weights
    assert own.filter(level=1)["simulated"].sum() == 0
    assert "origin" not in own.columns


def test_regions_carry_all_their_names():
    names = samples.result(regions=provinces()).regions[4]
    assert (names.code, names.zh, names.short) == ("150000", "内蒙古自治区", "内蒙古")
    assert names.en
