import hashlib

import polars as pl
import pytest

from suanli.language import Text
from suanli.problems import FrameworkError, StudyError
from suanli.simulation import study
from suanli.simulation.solving import UnsolvedError
from suanli.simulation.study import check_simulation, simulated_study
from tests.unit.simulation.fake_targets import fake_targets


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    def solved(framework_id, year, *, seed):
        return fake_targets(framework_id, year)

    monkeypatch.setattr(study, "targets", solved)


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_study_says_that_it_is_simulated(tmp_path):
    told = []
    made = simulated_study(
        "ccpe-3.0", 2023, tmp_path / "s", progress=lambda table, rows: told.append((table, rows))
    )
    assert made.title == Text(
        "模拟数据：综合算力评价体系3.0（2022—2023年）",
        "Simulated data: Comprehensive Computing Power Evaluation System 3.0 (2022–2023)",
    )
    declared = (tmp_path / "s/study.yaml").read_text(encoding="utf-8")
    for line in (
        'framework: "ccpe-3.0"',
        'periods: ["2022", "2023"]',
        "simulated: true",
        "  folder: records",
        "  origin: simulated",
    ):
        assert line in declared.splitlines()
    listed = [line for line in declared.splitlines() if line.startswith("  - ")]
    assert listed[0] == '  - "110000"   # 北京市'
    assert len(listed) == len(fake_targets("ccpe-3.0").regions.codes)
    source = (tmp_path / "s/SOURCE.md").read_text(encoding="utf-8")
    for words in (
        "不是中国信息通信研究院",
        "is data of the China Academy",
        "suanli simulate ccpe-3.0 --year 2023",
    ):
        assert words in source
    assert "| `chips` | 算力中心芯片 |" in source
    assert dict(told) == made.rows


def test_tables_lie_where_the_study_says(tmp_path):
    made = simulated_study("ccpe-3.0-city", 2023, tmp_path)
    records = tmp_path / "records"
    assert (records / "facilities.parquet").is_file()
    read = pl.read_parquet(records / "meter_readings" / "*.parquet")
    assert read.height == made.rows["meter_readings"]
    assert {path.name for path in tmp_path.iterdir()} == {"study.yaml", "SOURCE.md", "records"}


@pytest.mark.parametrize("framework_id", ["ccpe-3.0", "cpdi-2.0", "ccpe-3.0-city"])
def test_the_same_seed_gives_the_same_bytes(tmp_path, framework_id):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        simulated_study(framework_id, 2023, tmp_path / name, seed=seed)
    one, same, other = (digests(tmp_path / name) for name in "abc")
    assert one == same
    assert one.keys() == other.keys()
    assert one["records/facilities.parquet"] != other["records/facilities.parquet"]


def test_a_study_that_is_interrupted_leaves_nothing(tmp_path):
    def stop(table, rows):
        if table == "meter_readings":
            raise KeyboardInterrupt("stop")

    with pytest.raises(KeyboardInterrupt, match="stop"):
        simulated_study("ccpe-3.0-city", 2023, tmp_path / "s", progress=stop)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_taken_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(StudyError, match="not empty"):
        simulated_study("cpdi-2.0", 2022, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_cannot_be_simulated_is_told_together(tmp_path):
    with pytest.raises(FrameworkError, match="nonsense"):
        simulated_study("nonsense", 2023, tmp_path / "s")
    with pytest.raises(
        StudyError, match=r"no simulated values for the framework “open-1\.0”"
    ) as refusal:
        simulated_study("open-1.0", 1999, tmp_path / "s", seed=-1)
    codes = [problem.code for problem in refusal.value.problems]
    assert codes == ["simulation-framework", "simulation-year", "simulation-seed"]
    assert "ccpe-3.0" in refusal.value.problems[0].action("zh")
    assert not check_simulation("cpdi-2.0", 2030, 0)


def test_values_that_cannot_be_found_are_a_problem(tmp_path, monkeypatch):
    def refuse(name, year, *, seed):
        message = "facts A and B"
        raise UnsolvedError(message)

    monkeypatch.setattr(study, "targets", refuse)
    with pytest.raises(StudyError, match="facts A and B"):
        simulated_study("cpdi-2.0", 2022, tmp_path / "s")
    assert not list(tmp_path.iterdir())
