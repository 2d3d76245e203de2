"""The pages keep what they promise: their examples run, their lists are complete, their links lead somewhere."""

import json
import re
import typing
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

import suanli
from suanli.cli.entrance import exit_code
from suanli.framework import Framework, bundled, bundled_ids, parse
from suanli.framework.checks import framework_problems
from suanli.framework.units import is_known
from suanli.indicators import RULES
from suanli.intake.declaration import Declaration
from suanli.intake.panels import PanelRules
from suanli.intake.reading.headers import FIELDS, heading_words
from suanli.intake.reading.numbers import MISSING_MARKS
from suanli.language import LANGUAGES, entries
from suanli.methods.pairwise import METHODS, SCALES, TABLES
from suanli.pipeline import judged, run
from suanli.result import Result, save_panel_result
from suanli.result.tables import MARKS, SCHEMAS
from suanli.scoring import score
from suanli.weighting.comparisons import NAMES as WEIGHTINGS
from tests import made

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NAMES = (
    *("framework-format", "study-format", "panel-format", "result-format"),
    *("records", "record-tables", "engines", "conventions", "python-api"),
)
FORMATS = ("framework-format", "study-format", "panel-format", "result-format", "records")
SEVERITIES = {"en": ("error", "warning", "note", "as th"), "zh": ("错误", "警告", "提示", "随所")}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what its fence says behind that, and its content."""

    language: str
    role: str
    content: str


def path_of(name: str, language: str) -> Path:
    return DOCS / (f"{name}.md" if language == "en" else f"{name}.zh-CN.md")


def page(name: str, language: str) -> str:
    return path_of(name, language).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    found = re.findall(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [Block(*parts) for parts in found]


def block(name: str, language: str, role: str, *, nth: int = 0) -> str:
    return [b.content for b in blocks(page(name, language)) if b.role == role][nth]


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def spans(text: str) -> list[str]:
    """Return what stands between single backquotes, in order."""
    return re.findall(r"`([^`\n]+)`", prose(text))


def section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of any level."""
    return re.split(
        r"^#+ ", f"\n{text}".split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE
    )[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row, headings and rulers left out."""
    tables = re.findall(r"(?:^\|.*\|$\n?)+", prose(text), re.MULTILINE)
    kept = [line for table in tables for line in table.strip().splitlines()[2:]]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in kept]


def slug(heading: str) -> str:
    """Return the anchor that a Markdown heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def write_study(folder: Path, language: str, **changes: object) -> Path:
    folder.mkdir()
    declared = yaml.safe_load(block("study-format", language, "study.yaml"))
    text = yaml.safe_dump(declared | changes, allow_unicode=True)
    files = {
        "study.yaml": text if changes else block("study-format", language, "study.yaml"),
        "data.csv": block("study-format", language, "data.csv"),
        "weights.csv": block("study-format", language, "weights.csv"),
        "framework.yaml": block("framework-format", language, "framework.yaml"),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(write_study(tmp_path_factory.mktemp("docs") / "study", "en"))


@pytest.fixture(scope="module")
def saved(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "result"
    result.save(folder)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_block_says_what_is_done_with_it(name, language):
    roles = {(b.language, b.role) for b in blocks(page(name, language))}
    assert roles <= {
        *(("yaml", role) for role in ("framework.yaml", "framework-part")),
        *(("yaml", role) for role in ("study.yaml", "data-part", "study-part")),
        ("yaml", "panel.yaml"),
        *(("csv", role) for role in ("data.csv", "weights.csv", "judgements.csv", "groups.csv")),
        *(("yaml", role) for role in ("records-study.yaml", "records-part")),
        ("python", "run"),
        ("sh", "typed"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_rule_is_chosen_as_the_page_shows(language):
    changes = yaml.safe_load(block("records", language, "records-part"))["changes"]
    changed = bundled("ccpe-3.0").with_changes(changes)
    (operations,) = [each for each in changed.indicators() if each.rule == "storage_iops_total"]
    assert (operations.code, operations.unit) == ("3.2.2.1", RULES["storage_iops_total"].unit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_study_with_records_is_declared_as_the_page_shows(language):
    declared = Declaration.model_validate(
        yaml.safe_load(block("records", language, "records-study.yaml"))
    )
    assert declared.records is not None
    assert declared.periods == ("2022", "2023")


@pytest.mark.parametrize("language", LANGUAGES)
def test_framework_examples_are_flawless(language):
    examples = [b for b in blocks(page("framework-format", language)) if b.role == "framework.yaml"]
    assert len(examples) == 2
    for example in examples:
        assert framework_problems(parse(example.content)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_of_frameworks_fit_the_example(language):
    whole = yaml.safe_load(block("framework-format", language, "framework.yaml"))
    parts = [b for b in blocks(page("framework-format", language)) if b.role == "framework-part"]
    assert len(parts) == 2
    for part in parts:
        changes = yaml.safe_load(part.content)
        replaced = {"children", "name", "variables"} if "nodes" in changes else set()
        kept = {key: value for key, value in whole.items() if key not in replaced}
        assert parse(yaml.safe_dump(kept | changes, allow_unicode=True)).indicators()


@pytest.mark.parametrize("language", LANGUAGES)
def test_second_framework_gives_the_published_index(language):
    framework = parse(block("framework-format", language, "framework.yaml", nth=1))
    codes = [indicator.code for indicator in framework.indicators()]
    found = score(framework, made.grid([[81.6, 17.5, 12.6, 64992]], codes)).scores[0, 0, 0]
    assert f"{found:.{framework.decimals}f}" == "0.944"
    assert "0.944" in page("framework-format", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_study_example_runs_and_gives_the_stated_scores(language, tmp_path):
    result = run(write_study(tmp_path / "study", language))
    assert result.problems == ()
    assert result.about.simulated
    text = section(
        page("study-format", language),
        "## A complete example" if language == "en" else "## 完整示例",
    )
    first, second = result.ranking().to_dicts()[:2]
    assert [first["region"], second["region"]] == ["广东省", "江苏省"]
    assert f"{first['score']:.2f}" in text
    assert f"{second['score']:.2f}" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["data-part", "study-part", "weights.csv"])
def test_parts_of_studies_run(role, language, tmp_path, result):
    part = (
        {"weights": role}
        if role == "weights.csv"
        else yaml.safe_load(block("study-format", language, role))
    )
    changed = run(write_study(tmp_path / "study", language, **part))
    same = changed.scores["score"].to_list() == result.scores["score"].to_list()
    assert same == (role == "data-part")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["python-api", "result-format"])
def test_python_examples_run(name, language, result, tmp_path, monkeypatch):
    write_study(tmp_path / "study", language)
    result.save(tmp_path / "result")
    monkeypatch.chdir(tmp_path)
    code = "\n".join(b.content for b in blocks(page(name, language)) if b.role == "run")
    exec(compile(code, str(path_of(name, language)), "exec"), {})


def models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Return a model and every model that its fields hold."""
    found: set[type[BaseModel]] = set()
    waiting: list[object] = [model]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel) and one not in found:
            found.add(one)
            hints = typing.get_type_hints(one, include_extras=True)
            waiting += [hints[field] for field in one.model_fields]
        waiting += typing.get_args(one)
    return found


def choices(annotation: object) -> set[str]:
    """Return every name that an annotation lists."""
    if typing.get_origin(annotation) is typing.Literal:
        return {str(one) for one in typing.get_args(annotation) if not isinstance(one, type)}
    return set().union(*(choices(one) for one in typing.get_args(annotation)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("framework-format", Framework),
        ("study-format", Declaration),
        ("panel-format", PanelRules),
    ],
)
def test_every_field_and_every_choice_is_described(name, model, language):
    beside = page("records", language) if name == "study-format" else ""
    described = set(spans(page(name, language) + beside))
    found = models(model)
    assert len(found) >= 4
    for one in found:
        hints = typing.get_type_hints(one, include_extras=True)
        assert set(one.model_fields) <= described, one.__name__
        for field in one.model_fields:
            assert choices(hints[field]) <= described, f"{one.__name__}.{field}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_example_gives_the_weights_of_the_page(language, tmp_path):
    for name, kind in (
        ("panel.yaml", "panel"),
        ("judgements.csv", "panel"),
        ("framework.yaml", "framework"),
    ):
        content = block(f"{kind}-format", language, name)
        (tmp_path / name).write_text(content, encoding="utf-8")
    weights = judged(tmp_path).weights
    told = dict(zip(weights["node"], weights["local_weight"], strict=True))
    text = page("panel-format", language).replace(" %", "%")
    assert f"{told['scale']:.2%}" in text
    assert f"{told['power']:.2%}" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("names", [SCALES, METHODS, TABLES, WEIGHTINGS])
def test_every_name_of_a_weighting_is_described(names, language):
    described = set(spans(page("panel-format", language)))
    assert set(names) - {"expert"} <= described


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_a_panel_are_those_of_the_page(language, tmp_path):
    save_panel_result(judged("cpdi-2.0"), tmp_path / "weights")
    told = rows(
        section(
            page("panel-format", language),
            "## What is saved" if language == "en" else "## 保存的内容",
        )
    )
    listed = [span for cells in told for span in spans(cells[0])]
    assert sorted(listed) == sorted(path.name for path in (tmp_path / "weights").iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_code_is_listed_and_no_other(language):
    known = set(entries("problems"))
    everything = {span for name in FORMATS for span in spans(page(name, language))}
    assert known <= everything
    # rows of the lists of codes: a code, its severity, a sentence
    listed = [
        cells
        for name in FORMATS
        for cells in rows(page(name, language))
        if len(cells) == 3 and cells[1].startswith(SEVERITIES[language])
    ]
    codes = [span for cells in listed for span in spans(f"{cells[0]} ") if "-" in span]
    assert set(codes) <= known
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [name for name in SCHEMAS if name != "goalposts"])
def test_columns_of_tables_are_those_of_the_page(table, language):
    told = [
        span
        for cells in rows(section(page("result-format", language), f"### {table}.csv"))
        for span in spans(cells[0])
    ]
    assert told == [*SCHEMAS[table], *MARKS.get(table, {})]


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_and_keys_of_a_result_are_those_of_the_page(saved, language):
    text = page("result-format", language)
    first = section(text, "# The result folder" if language == "en" else "# 结果文件夹")
    assert sorted(spans(cells[0])[0] for cells in rows(first)) == sorted(
        path.name for path in saved.iterdir()
    )
    described = rows(section(text, "## result.json"))
    keys = [span for cells in described for span in spans(cells[0])]
    document = json.loads((saved / "result.json").read_text(encoding="utf-8"))
    assert sorted(keys) == sorted(document)
    inner = {
        key for entry in (document["framework"], document["files"]["scores.csv"]) for key in entry
    }
    inner |= {key for name in ("inputs", "regions", "goalposts") for key in document[name][0]}
    assert inner <= set(spans(section(text, "## result.json")))


def keys_of(value: object) -> set[str]:
    """Return the keys of every mapping inside a JSON value, codes and file names left out."""
    if isinstance(value, dict):
        own = {key for key in value if re.fullmatch(r"[a-z_]+", key)}
        return own.union(*(keys_of(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(keys_of(inner) for inner in value))
    return set()


def written(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> typing.Any:
    assert exit_code(arguments) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_of_the_commands_has_the_keys_of_the_page(language, saved, tmp_path, capsys):
    study = str(write_study(tmp_path / "study", language))
    commands = {
        "check": ["check", study],
        "run": ["run", study],
        "show": ["show", str(saved)],
        "region": ["show", str(saved), "--region", "贵州"],
        "compare": ["compare", str(saved), str(tmp_path / "study" / "result")],
        "facts": ["facts", str(saved)],
        "frameworks": ["frameworks"],
        "diff": ["framework", "diff", "cpdi-1.0", "cpdi-2.0"],
        "regions": ["regions", "吉林"],
    }
    described = set(spans(page("result-format", language)))
    texts = {
        f"{name}_{tongue}"
        for name in ("document", "statement", "said", "remark")
        for tongue in LANGUAGES
    }
    for name, arguments in commands.items():
        said = written([*arguments, "--json"], capsys)
        found = keys_of(said) - texts - {"zh", "en"}
        # attributes of a difference are fields of an indicator, told in the framework format
        found -= {"attribute", "side", "precision"} if name == "diff" else set()
        found -= {"agrees", "differs"} if name == "facts" else set()
        assert found, name
        assert found <= described, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_frozen_goalposts_score_as_the_page_says(language, result, saved, tmp_path):
    assert "suanli freeze" in page("result-format", language)
    target = tmp_path / "fixed.yaml"
    assert exit_code(["freeze", str(saved), "--period", "2023", "--output", str(target)]) == 0
    folder = write_study(tmp_path / "study", language)
    (folder / "framework.yaml").write_bytes(target.read_bytes())
    fixed = run(folder)
    for before, after in zip(result.ranking().to_dicts(), fixed.ranking().to_dicts(), strict=True):
        assert after["region"] == before["region"]
        assert after["score"] == pytest.approx(before["score"], abs=1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_schema_command_writes_the_schema(language, capsys):
    assert "suanli framework schema" in page("result-format", language)
    assert exit_code(["framework", "schema"]) == 0
    assert "$defs" in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_marks_of_data_files_are_the_ones_read(language):
    text = page("study-format", language)
    told = {
        spans(cells[0])[0]: cells[1].replace("\\|", "|").split()
        for cells in rows(section(text, "### Headings" if language == "en" else "### 表头"))
    }
    assert told == {field: heading_words(field).split(", ") for field in FIELDS}
    for mark in MISSING_MARKS:
        assert mark in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_of_the_examples_are_known(language):
    text = section(
        page("framework-format", language), "### Units" if language == "en" else "### 单位"
    )
    named = re.findall(
        r"(?:Gbps|Tbps|Mbit/s/标准机架|元/kWh|km/km²|亿元/万人|户/百人|EiB|EFlops|亿kWh|公顷|万亿元)",
        text,
    )
    assert len(set(named)) == 12
    assert all(is_known(unit) for unit in named)
    assert is_known("EB (2^60 B)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_names_and_bundled_frameworks_are_described(language):
    text = page("python-api", language)
    assert not [name for name in suanli.__all__ if f"suanli.{name}" not in text]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert not [name for name in bundled_ids() if name not in changes]


@pytest.mark.parametrize("name", [*NAMES, "architecture"])
def test_languages_have_the_same_shape(name):
    english, chinese = (page(name, language) for language in ("en", "zh"))

    def headings(text: str) -> list[str]:
        return re.findall(r"^(#+) ", prose(text), re.MULTILINE)

    assert headings(english) == headings(chinese)
    assert len(rows(english)) == len(rows(chinese))
    assert [b.role for b in blocks(english)] == [b.role for b in blocks(chinese)]


@pytest.mark.parametrize(
    "path", [*sorted(DOCS.rglob("*.md")), ROOT / "CHANGELOG.md"], ids=lambda path: path.name
)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(text)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.is_file(), target
        if anchor:
            titles = re.findall(
                r"^#+ (.+)$", prose(there.read_text(encoding="utf-8")), re.MULTILINE
            )
            assert anchor in {slug(title) for title in titles}, target


@pytest.mark.parametrize("language", LANGUAGES)
def test_bundled_frameworks_need_no_import_of_their_own(language):
    text = page("python-api", language)
    assert "`suanli.bundled(id)`" in text
    assert "suanli.framework.bundled" not in text
