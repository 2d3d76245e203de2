import json

import pytest

from suanli.intake import bundled_study


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    from suanli.pipeline import run

    folder = tmp_path_factory.mktemp("weights") / "result"
    run(bundled_study("open-1.0")).save(folder)
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_weights_without_a_panel(suanli, result, language):
    answer = suanli("weights", result, language=language)
    assert answer.code == 0
    assert "100.00%" in answer.out


def test_json_sums_to_one(suanli, result):
    said = json.loads(suanli("weights", result, "--json").out)
    tops = [row["local_weight"] for row in said["weights"] if row["level"] == 1]
    assert sum(tops) == pytest.approx(1, abs=1e-15)


def test_no_result(suanli, tmp_path):
    assert suanli("weights", tmp_path).code == 1
