"""Files that mean harm: each is refused by name, in little memory."""

import os
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import pytest

from suanli.intake import check_study
from suanli.problems import Severity
from tests.unit.intake.studies import check, codes, of_code, write_study
from tests.unit.intake.workbooks import sheet_xml, with_parts, workbook

MEGABYTE = 1_000_000


def read(tmp_path, content, name="data.xlsx"):
    return check(tmp_path / "study", {name: content}, data=[{"file": name}])


MEASURED = """
import resource, sys
from suanli.intake import check_study
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
study, problems = check_study(sys.argv[1])
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(study is None, grown * (1 if sys.platform == "darwin" else 1024) // 1_000_000)
print(*sorted({problem.code for problem in problems if problem.severity == "error"}))
"""


def refused_in(folder):
    """Return the errors of a study that is refused, and by how many megabytes a fresh process grew to refuse it."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    first, errors = run.stdout.splitlines()
    refused, grown = first.split()
    assert refused == "True"
    return errors.split(), int(grown)


def bomb(size):
    """Return a workbook with an entry that unpacks to `size` bytes of nothing."""
    buffer = BytesIO(workbook())
    with (
        ZipFile(buffer, "a", ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("xl/media/x", "w") as entry,
    ):
        for _ in range(size // MEGABYTE):
            entry.write(bytes(MEGABYTE))
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_in_little_memory(tmp_path):
    content = bomb(400 * MEGABYTE)
    assert len(content) < MEGABYTE
    folder = write_study(tmp_path / "study", {"data.xlsx": content}, data=[{"file": "data.xlsx"}])
    errors, grown = refused_in(folder)
    assert errors == ["workbook-too-big-unpacked"]
    assert grown < 60


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path):
    content = bytearray(bomb(400 * MEGABYTE))
    honest = struct.pack("<I", 400 * MEGABYTE)
    assert content.count(honest) >= 1
    lying = bytes(content).replace(honest, struct.pack("<I", 1000))
    folder = write_study(tmp_path / "study", {"data.xlsx": lying}, data=[{"file": "data.xlsx"}])
    errors, grown = refused_in(folder)
    assert errors == ["workbook-too-big-unpacked"]
    assert grown < 60


def test_a_small_lie_about_a_size_is_damage(tmp_path):
    content = workbook()
    with ZipFile(BytesIO(content)) as archive:
        size = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    _, problems = read(tmp_path, content.replace(size, struct.pack("<I", 7)))
    assert codes(problems, Severity.ERROR) == {"workbook-damaged"}


def test_too_many_entries_are_refused(tmp_path):
    _, problems = read(tmp_path, with_parts(workbook(), {f"x{n}": b"" for n in range(1_001)}))
    assert codes(problems, Severity.ERROR) == {"workbook-too-big-unpacked"}


@pytest.mark.parametrize("dimension", ["A1:A1000000", "A1:A10"], ids=["honest", "lying"])
def test_a_sheet_of_a_million_rows_is_refused_before_it_is_loaded(tmp_path, dimension):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 1_000_003}</v></c></row>'
        for n in range(1, 1_000_001)
    )
    xml = sheet_xml(rows, before=f'<dimension ref="{dimension}"/>')
    content = with_parts(workbook(), {"xl/worksheets/sheet1.xml": xml})
    folder = write_study(tmp_path / "study", {"data.xlsx": content}, data=[{"file": "data.xlsx"}])
    errors, grown = refused_in(folder)
    assert errors == ["sheet-too-big"]
    assert grown < 100


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="BYZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="BYX1"><v>1</v></c></row><row r="9999"><c r="A9999"><v>1</v></c></row>',
    ],
    ids=["last cell of all", "too many columns", "too large a rectangle"],
)
def test_two_far_cells_do_not_make_a_huge_table(tmp_path, body):
    content = with_parts(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(body)})
    _, problems = read(tmp_path, content)
    assert codes(problems, Severity.ERROR) == {"sheet-too-big"}


def test_an_empty_formatted_last_row_is_no_data(tmp_path):
    with ZipFile(BytesIO(workbook())) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    far = xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    )
    study, problems = read(tmp_path, with_parts(workbook(), {"xl/worksheets/sheet1.xml": far}))
    assert study is not None, problems


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "prolog", [LAUGHS, '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1/x.dtd">', "<!DOCTYPE x>"]
)
def test_document_types_and_entities_are_refused(tmp_path, part, prolog):
    text = "&c;" if prolog == LAUGHS else "x"
    xml = sheet_xml(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>', prolog=prolog)
    _, problems = read(tmp_path, with_parts(workbook(), {part: xml}))
    assert codes(problems, Severity.ERROR) == {"workbook-entities"}


def test_entities_in_the_shared_texts_are_refused(tmp_path):
    texts = (
        LAUGHS
        + '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&c;</t></si></sst>'
    )
    study, problems = read(
        tmp_path, with_parts(workbook(), {"xl/sharedStrings.xml": texts.encode()})
    )
    assert study is None
    assert codes(problems, Severity.ERROR) == {"workbook-entities"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../secret.csv", "path-outside"),
        ("data/../../secret.csv", "path-outside"),
        ("/etc/passwd", "path-outside"),
        ("~/secret.csv", "path-outside"),
        ("C:\\secret.csv", "path-outside"),
        ("data\\..\\..\\secret.csv", "path-outside"),
        ("\\\\server\\share.csv", "path-outside"),
        ("a\0b.csv", "path-outside"),
        (" ", "path-outside"),
        ("absent.csv", "file-not-found"),
        ("folder.csv", "file-not-regular"),
        ("pipe.csv", "file-not-regular"),
        ("link.csv", "link-outside"),
        ("linked/secret.csv", "link-outside"),
        ("loop.csv", "file-unreadable"),
        ("data.exe", "file-type-unknown"),
    ],
)
def test_a_path_never_leads_out_of_the_study(tmp_path, path, code):
    (tmp_path / "secret.csv").write_text("地区,PUE\n北京,1.2\n", encoding="utf-8")
    folder = write_study(
        tmp_path / "study", {"data.exe": "MZ"}, data=[{"file": path}], periods=[2022]
    )
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "loop.csv").symlink_to("loop.csv")
    study, problems = check_study(folder)
    assert study is None
    assert codes(problems, Severity.ERROR) == {code}


def test_a_link_inside_the_study_is_followed(tmp_path):
    files = {"real.csv": "地区,PUE\n北京,1.2\n"}
    folder = write_study(tmp_path / "study", files, data=[{"file": "alias.csv"}], periods=[2022])
    (folder / "alias.csv").symlink_to("real.csv")
    assert check_study(folder)[0] is not None


@pytest.mark.parametrize("key", ["framework", "weights"])
def test_every_path_of_a_study_is_contained(tmp_path, key):
    (tmp_path / "outside.yaml").write_text("id: x", encoding="utf-8")
    files = {"data.csv": "地区,PUE\n北京,1.2\n"}
    study, problems = check(tmp_path / "study", files, periods=[2022], **{key: "../outside.yaml"})
    assert study is None
    assert codes(problems, Severity.ERROR) == {"path-outside"}


def test_the_file_of_regions_is_contained(tmp_path):
    files = {"data.csv": "地区,PUE\n北京,1.2\n"}
    _, problems = check(tmp_path / "study", files, regions={"file": "/etc/hosts"})
    assert codes(problems, Severity.ERROR) == {"path-outside"}


@pytest.mark.parametrize(
    "text",
    [
        "suanli: !!python/object/apply:os.system ['touch hacked']\n",
        "suanli: 1\nname: !!python/name:os.system x\n",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n"
            for n in range(9)
        ),
        "a: &a [*a]\n",
        "x: " + "[" * 2000 + "]" * 2000 + "\n",
    ],
    ids=["tag", "name", "billion laughs", "self", "deep"],
)
def test_harmful_yaml_is_refused(tmp_path, text):
    folder = write_study(tmp_path / "study", {})
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    errors, grown = refused_in(folder)
    assert any(code.startswith("framework-yaml") for code in errors)
    assert not (tmp_path / "hacked").exists()
    assert grown < 30


def test_a_huge_study_file_is_refused(tmp_path):
    folder = write_study(tmp_path / "study", {})
    (folder / "study.yaml").write_text("# " + "x" * 11 * MEGABYTE, encoding="utf-8")
    _, problems = check_study(folder)
    assert codes(problems, Severity.ERROR) == {"file-too-large"}


def test_a_file_over_the_limit_is_refused_without_reading_it_whole(tmp_path):
    folder = write_study(tmp_path / "study", {}, data=[{"file": "data.csv"}])
    with (folder / "data.csv").open("wb") as stream:
        stream.truncate(3_000 * MEGABYTE)
    errors, grown = refused_in(folder)
    assert errors == ["file-too-large"]
    assert grown < 30


def test_parquet_that_unpacks_to_very_many_cells_is_refused(tmp_path):
    buffer = BytesIO()
    pl.DataFrame({"地区": pl.repeat("北京", 6 * MEGABYTE, eager=True)}).write_parquet(buffer)
    assert len(buffer.getvalue()) < MEGABYTE
    files = {"data.parquet": buffer.getvalue()}
    errors, grown = refused_in(
        write_study(tmp_path / "study", files, data=[{"file": "data.parquet"}])
    )
    assert errors == ["table-too-big"]
    assert grown < 60


def test_a_text_file_of_very_many_empty_cells_is_refused(tmp_path):
    files = {"data.csv": "地区,PUE" + "," * 1_900 + "\n" + ("北京,1" + "," * 1_900 + "\n") * 6_000}
    errors, grown = refused_in(write_study(tmp_path / "study", files, data=[{"file": "data.csv"}]))
    assert errors == ["table-too-big"]
    assert grown < 400


def test_a_table_of_very_many_values_is_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("suanli.intake.reading.observed.MAX_VALUES", 5)
    wide = "地区,PUE,A.2\n北京,1.2,\n天津,1.3,50\n上海,1.4,60\n"
    _, problems = check(tmp_path / "s", {"d.csv": wide}, periods=[2022], data=[{"file": "d.csv"}])
    (problem,) = of_code(problems, "values-too-many")
    assert (problem.found, problem.details["limit"]) == ("6", "5")
    long = "地区,指标代码,数值\n" + "北京,A.1,1.2\n" * 6
    _, problems = check(tmp_path / "s", {"d.csv": long}, periods=[2022], data=[{"file": "d.csv"}])
    assert len(of_code(problems, "values-too-many")) == 1
    monkeypatch.setattr("suanli.intake.reading.observed.MAX_VALUES", 6)
    study, _ = check(tmp_path / "s", {"d.csv": long}, periods=[2022], data=[{"file": "d.csv"}])
    assert study is not None


HARMFUL = [
    '=HYPERLINK("http://x","y")',
    "<script>alert(1)</script>",
    "@SUM(1)",
    "-2+3",
    "\x1b[31m北京",
    "北" * 5000,
]


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_name_is_only_ever_quoted_short_and_visible(tmp_path, name):
    quoted = name.replace('"', '""')
    study, problems = check(
        tmp_path / "s", {"data.csv": f'地区,PUE\n"{quoted}",1.2\n'}, periods=[2022]
    )
    assert study is None
    (problem,) = [each for each in problems if each.code.startswith("region-")]
    assert len(problem.found) <= 61
    assert problem.found.isprintable()


def test_a_harmful_heading_is_quoted_short_and_visible(tmp_path):
    _, problems = check(
        tmp_path / "s", {"data.csv": f"地区,\x07<b>{'x' * 300}\n北京,1.2\n"}, periods=[2022]
    )
    (problem,) = of_code(problems, "name-unknown")
    assert problem.found.startswith("\\x07<b>xxx")
    assert len(problem.found) <= 60


def test_a_quoted_field_without_end_is_refused(tmp_path):
    _, problems = read(tmp_path, '地区,PUE\n"' + "x" * 200_000 + "\n", "data.csv")
    assert codes(problems, Severity.ERROR) == {"not-a-text-table"}


def test_a_text_file_with_nul_is_refused(tmp_path):
    _, problems = read(tmp_path, b"\xe5\x9c\xb0,PUE\n\0\0\n", "data.csv")
    assert codes(problems, Severity.ERROR) == {"not-a-text-table"}


def test_the_deflated_stream_of_an_entry_may_be_broken(tmp_path):
    content = workbook()
    with ZipFile(BytesIO(content)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        packed = zlib.compress(archive.read(info), 9, -15) if info.compress_type else b""
    at = content.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml") + 20
    assert packed
    _, problems = read(tmp_path, content[:at] + b"\xff" * 40 + content[at + 40 :])
    assert codes(problems, Severity.ERROR) == {"workbook-damaged"}
