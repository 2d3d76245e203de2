import json
import shutil

import pytest

from suanli.intake import bundled_study


def test_warnings_are_no_failure(suanli):
    answer = suanli("check", bundled_study("open-1.0"), language="zh")
    assert answer.code == 0
    assert "data/official.csv · 第 1517 行" in answer.out
    assert answer.out.splitlines()[-1].startswith("错误 0 条，警告 ")


def test_errors_are(suanli, tmp_path):
    answer = suanli("check", tmp_path)
    assert answer.code == 1
    assert answer.out.startswith("error  study.yaml\n")


@pytest.mark.parametrize("simulated", [False, True])
def test_json_and_stamp_say_whether_it_is_simulated(suanli, tmp_path, simulated):
    study = shutil.copytree(bundled_study("open-1.0"), tmp_path / "s")
    path = study / "study.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("simulated: false", f"simulated: {str(simulated).lower()}"), encoding="utf-8"
    )
    found = json.loads(suanli("check", study, "--json").out)
    assert found["simulated"] is simulated
    assert {"zh", "en"} == set(found["problems"][0]["message"])
    assert ("SIMULATED DATA" in suanli("check", study).out) is simulated


def test_records_are_checked_too(suanli, record_study):
    answer = suanli("check", record_study, language="zh")
    assert answer.code == 0
    assert "由记录计算的“PUE”覆盖不全（以算力中心计）：2022年4/5" in answer.out
