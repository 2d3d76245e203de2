import json
import shutil
from pathlib import Path

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


def test_a_folder_of_records_that_cannot_be_read_is_a_problem(suanli, record_study, monkeypatch):
    listed = Path.iterdir

    def refusing(path):
        if path.name == "records":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    answer = suanli("check", record_study, "--json")
    assert (answer.code, answer.err) == (1, "")
    problems = json.loads(answer.out)["problems"]
    assert [one["file"] for one in problems if one["code"] == "file-unreadable"] == ["records"]


def test_every_problem_of_records_is_told_at_once(suanli, record_study, tmp_path):
    study = shutil.copytree(record_study, tmp_path / "s")
    table = study / "records" / "weather_stations.csv"
    for old in (study / "records").glob("weather_stations*"):
        old.unlink()
    table.write_text(
        "station_id,year,region_code,temperature\nW1,2022,110000,warm\nW2,2022,110000,99\n",
        encoding="utf-8",
    )
    answer = suanli("check", study, "--json")
    problems = json.loads(answer.out)["problems"]
    told = {(one["code"], one["file"], one["path"], one["found"]) for one in problems}
    assert told >= {
        (
            "records-not-number",
            "weather_stations.csv",
            "weather_stations.temperature",
            "W1·2022: warm",
        ),
        (
            "value-out-of-bounds",
            "weather_stations.csv",
            "weather_stations.temperature",
            "W2·2022: 99",
        ),
    }
