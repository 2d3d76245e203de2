"""Studies of records by groups of the user's own, from the file of groups to the result."""

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import yaml

from suanli.intake import bundled_study
from suanli.language import LANGUAGES
from suanli.regions import custom, grouping
from tests.e2e.test_documents import block
from tests.made_record_study import STUDY, write_study

TABLES = (
    *("changes", "contributions", "indicators", "measures", "normalised"),
    *("problems", "region_pairs", "scores", "weights"),
)
HOSTILE = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://x")'


def study_of(folder: Path, regions: str) -> Path:
    """Write the small study with records, of other regions."""
    return write_study(folder, study=STUDY.replace("provinces", regions), given=GIVEN)


GIVEN = "region_code,period,code,value,unit\n"


def group_file(folder: Path, *rows: tuple[str, ...]) -> None:
    with (folder / "groups.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("code", "name_zh", "name_en", "members"), *rows])


def rows(folder: Path, table: str, **where: str) -> pl.DataFrame:
    frame = pl.read_csv(folder / f"{table}.csv", infer_schema=False).fill_null("")
    return frame.filter(*(pl.col(column) == value for column, value in where.items()))


def amounts(folder: Path, code: str) -> dict[tuple[str, str], float]:
    """Return the measures of an indicator in 2023 by region and measure."""
    found = rows(folder, "measures", indicator=code, period="2023", part="")
    columns = found.select("region_code", "measure", "value").iter_rows()
    numbers = {"numerator", "denominator", "eligible"}
    return {(region, kind): float(value) for region, kind, value in columns if kind in numbers}


def bundled_copy(folder: Path, name: str, regions: dict[str, str]) -> Path:
    """Return a copy of a bundled study, of other regions and one year."""
    shutil.copytree(bundled_study(name), folder)
    declared = yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))
    text = yaml.safe_dump(declared | {"regions": regions, "periods": ["2023"]})
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_bundled_grouping_rewritten_as_a_file_gives_the_same_bytes(suanli, tmp_path):
    bundled = bundled_copy(tmp_path / "bundled", "ccpe-3.0", {"grouping": "economic-belts"})
    own = bundled_copy(tmp_path / "own", "ccpe-3.0", {"file": "groups.csv"})
    belts = grouping("economic-belts").groups
    group_file(own, *((one.code, one.name.zh, one.name.en, "|".join(one.members)) for one in belts))
    for study in (bundled, own):
        suanli("run", study, "--out", study / "result")
    index = rows(own / "result", "scores", node="index", period="2023")
    assert (index["region_code"].to_list(), index.filter(pl.col("score") == "").height) == (
        [one.code for one in belts],
        0,
    )
    for table in TABLES:
        paths = (study / "result" / f"{table}.csv" for study in (bundled, own))
        assert len({path.read_bytes() for path in paths}) == 1, table


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_every_command_takes_a_study_of_groups_whatever_their_names(suanli, tmp_path):
    study = study_of(tmp_path / "study", "{file: groups.csv}")
    group_file(
        study,
        ("south", HOSTILE, "[bold]South[/bold]", "贵阳|深圳"),
        ("coast", FORMULA, FORMULA, "北京|310000"),
        ("none", "空组", "Nobody", "拉萨"),
    )
    result = study / "result"
    for language in LANGUAGES:
        suanli("check", study, language=language)
        said = suanli("run", study, "--out", result, language=language)
        assert ("[bold]South[/bold]" if language == "en" else HOSTILE) in said
        suanli("show", result, language=language)
        suanli("show", result, "--region", "south", language=language)
        suanli("indicators", study, language=language)
        suanli("trace", study, "--region", "south", "--indicator", "PUE", language=language)
        suanli("compare", result, result, language=language)
        suanli("facts", result, language=language)
    assert rows(result, "scores")["region"].unique().sort().to_list() == sorted(
        [HOSTILE, f"'{FORMULA}", "空组"]
    )
    book = openpyxl.load_workbook(result / "result.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if FORMULA in str(cell.value)} == {"s"}


def test_groups_of_prefectures_are_ratios_of_the_sums_of_their_members(suanli, tmp_path):
    """The bundled simulated study of prefectures, once as it is and once by areas across provinces."""
    own = bundled_copy(tmp_path / "own", "ccpe-3.0-city", {"file": "groups.csv"})
    members = {
        "nanjing-area": ("320100", "321100", "321000", "340500", "341100", "340200"),
        "delta": ("440100", "440300", "440600", "441900"),
    }
    group_file(own, *((code, f"{code}圈", "", "|".join(held)) for code, held in members.items()))
    suanli("indicators", own, "--out", tmp_path / "groups")
    suanli("indicators", bundled_study("ccpe-3.0-city"), "--out", tmp_path / "cities")
    for code, scale in {"3.1.2.1": 100, "3.1.2.2": 1, "3.1.2.3": 1, "3.1.2.4": 1}.items():
        values = rows(tmp_path / "groups", "indicators", period="2023", indicator=code)
        by_group = dict(values.select("region_code", "value").iter_rows())
        of_groups, of_cities = (
            amounts(tmp_path / "groups", code),
            amounts(tmp_path / "cities", code),
        )
        for group, held in members.items():
            sums = {
                side: sum(of_cities[city, side] for city in held)
                for side in ("numerator", "denominator", "eligible")
            }
            for side, amount in sums.items():
                assert of_groups[group, side] == pytest.approx(amount, rel=1e-12)
            ratio = scale * sums["numerator"] / sums["denominator"]
            assert float(by_group[group]) == pytest.approx(ratio, rel=1e-12)


def test_faults_of_the_file_are_told_all_at_once(suanli, tmp_path):
    study = study_of(tmp_path / "study", "{file: groups.csv}")
    group_file(
        study,
        ("a", "甲组", "A", "广东|Atlantis"),
        ("b", "乙组", "B", "深圳"),
        ("440000", "丙组", "C", "北京"),
        ("d", "丁组", "D", ""),
    )
    told = json.loads(suanli("check", study, "--json", code=1))["problems"]
    assert {(one["code"], one["cell"]) for one in told} == {
        ("region-unknown", "line 2"),
        ("group-member-inside", "line 3"),
        ("group-code-taken", "line 4"),
        ("group-without-members", "line 5"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_groups_of_the_page_are_read(language):
    lines = block("study-format", language, "groups.csv").splitlines()
    made = custom(csv.DictReader(lines))
    assert made.codes == ("PRD", "WHC", "CCE", "460000")
    assert [len(group.members) for group in made.groups] == [9, 9, 2]
