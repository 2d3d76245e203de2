"""The catalogue is whole in both languages, and the code asks for nothing it lacks."""

import ast
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

from suanli.language import catalogue, entries, pair, say

SOURCE = Path(__file__).parents[3] / "src" / "suanli"
TOPICS = sorted({path.stem for path in (SOURCE / "language" / "entries").iterdir()})
ENTRIES = [(topic, key) for topic in TOPICS for key in entries(topic)]
OWN_TOPICS = ("cli", "report", "labels", "freezing")
# what stands in no source: examples and units are looked up by the keys of something else
UNITS = "units"
# Chinese takes the words "latest five years" from the fact itself
ONE_SIDED = ("fact_when_recent",)
# units as data files spell them
SPELLINGS = ("check-unit-slip", "framework-unit-unknown")
MAY_BE_EMPTY = re.compile(r"fact_unit_")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_key_is_text(topic):
    # YAML reads `no` and `on` as truth values
    assert all(isinstance(key, str) for key in entries(topic))


@pytest.mark.parametrize("topic", TOPICS)
def test_no_entry_has_parts_that_nothing_reads(topic):
    # a comma cuts an unquoted text short: its rest becomes a key
    known = {"zh", "en", "action_zh", "action_en", "canonical"}
    assert [key for key, entry in entries(topic).items() if not set(entry) <= known] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_every_entry_is_whole_in_both_languages(topic):
    missing = [
        (key, language)
        for key, entry in entries(topic).items()
        for language in ("zh", "en")
        if not isinstance(entry.get(language), str)
        or (not entry[language].strip() and not MAY_BE_EMPTY.match(key))
    ]
    assert missing == []


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic != UNITS])
def test_both_languages_have_the_same_placeholders(topic):
    different = [
        key
        for key, entry in entries(topic).items()
        for zh, en in (("zh", "en"), ("action_zh", "action_en"))
        if zh in entry
        and key not in ONE_SIDED
        and unpaired(placeholders(entry[zh]), placeholders(entry[en]))
    ]
    assert different == []


def unpaired(zh, en):
    """A detail may come in both languages, `x_zh` and `x_en`, each said in its own."""
    return {re.sub("(^|_)zh$", "", name) for name in zh} != {
        re.sub("(^|_)en$", "", name) for name in en
    }


def test_problems_say_what_to_do_in_both_languages():
    lacking = [
        key
        for key, entry in entries("problems").items()
        if not entry.get("action_zh", "").strip() or not entry.get("action_en", "").strip()
    ]
    assert lacking == []


@pytest.mark.parametrize("topic", ["cli", "report", "labels", "freezing", "problems"])
def test_english_holds_no_chinese(topic):
    found = [
        key
        for key, entry in entries(topic).items()
        if key not in SPELLINGS
        and (CHINESE.search(entry["en"]) or CHINESE.search(entry.get("action_en", "")))
    ]
    assert found == []


class Asked(ast.NodeVisitor):
    """Keys that calls of `say`, `pair` and `Problem` name, as patterns where part of a key is computed."""

    def __init__(self):
        self.keys = []

    def visit_Call(self, call):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        words = list(call.args)
        if words and isinstance(words[0], ast.Starred) and isinstance(words[0].value, ast.Tuple):
            words = [*words[0].value.elts, *words[1:]]
        if name in ("say", "pair") and len(words) > 1 and isinstance(words[0], ast.Constant):
            self.keys.append((words[0].value, pattern(words[1])))
        if name == "Problem" and words:
            self.keys.append(("problems", pattern(words[0])))
        self.generic_visit(call)


def pattern(node):
    """A regular expression for the values of a key, or None where nothing of it is literal."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.IfExp):
        sides = [pattern(node.body), pattern(node.orelse)]
        return None if None in sides else "|".join(sides)
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        ]
        return None if set(parts) == {".+"} else "".join(parts)
    return None


def asked(*, inside=SOURCE):
    found = []
    for path in sorted(inside.rglob("*.py")):
        visitor = Asked()
        visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
        found += [(path.name, *key) for key in visitor.keys]
    return found


def test_the_search_finds_calls():
    assert len(asked()) > 150


def test_every_key_that_the_code_names_exists():
    unknown = [
        (file, topic, key)
        for file, topic, key in asked()
        if key is not None and not any(re.fullmatch(key, name) for name in entries(topic))
    ]
    assert unknown == []


def literals():
    """Every text in the source, and every pattern of a text with a computed part but a literal beginning."""
    exact, patterns = set(), []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                exact.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                patterns.append(re.compile(pattern(node) or "(?!)"))
    return exact, patterns


# families of names whose keys are the identifiers of framework files: tests/unit/report/test_method_words.py has them
# one by one; helps, options and arguments of commands: tests/unit/cli/test_program.py shows every page
COMPUTED = re.compile(
    r"(normalisation|goalposts|outside|constant|transform|missing|treatment|mode|weighting|tiers|mean|side|rule)-.+"
    r"|direction-.+|level-.+|relation-.+|attribute-.+|severity-.+"
)


def test_no_entry_of_what_people_see_is_unused():
    from suanli.cli import framework, panel
    from suanli.cli.program import COMMANDS

    exact, patterns = literals()
    commands = ["suanli", *COMMANDS, *(f"framework-{part}" for part in framework.PARTS)]
    commands += [f"panel-{part}" for part in panel.PARTS]
    known = {f"{name}{suffix}" for name in commands for suffix in ("", "-summary", "-examples")}
    unused = [
        (topic, key)
        for topic in OWN_TOPICS
        for key in entries(topic)
        if key not in exact | known
        and not any(one.fullmatch(key) for one in patterns)
        and not COMPUTED.fullmatch(key)
    ]
    assert unused == []


def test_keys_that_are_the_same_in_two_files_are_refused(monkeypatch, tmp_path):
    folder = tmp_path / "entries" / "twice"
    folder.mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text("key: {zh: 甲, en: a}\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "files", lambda _: tmp_path)
    with pytest.raises(ValueError, match=r"b\.yaml defines again: key"):
        entries.__wrapped__("twice")


@pytest.mark.parametrize("topic", TOPICS)
def test_no_file_has_a_key_twice(topic):
    root = Path(str(files("suanli.language"))) / "entries"
    paths = (
        [root / f"{topic}.yaml"] if (root / f"{topic}.yaml").is_file() else (root / topic).iterdir()
    )
    for path in paths:
        with path.open(encoding="utf-8") as file:
            node = yaml.compose(file, Loader=yaml.SafeLoader)
        counted = Counter(key.value for key, _ in node.value)
        assert [key for key, count in counted.items() if count > 1] == []


def test_unknown_keys_are_errors():
    with pytest.raises(KeyError, match="nothing"):
        say("labels", "nothing", "zh")
    with pytest.raises(KeyError, match="nothing"):
        pair("labels", "nothing")


def test_details_fill_placeholders():
    assert say("report", "place-line", "zh", number=7) == "第 7 行"
    assert (
        pair("freezing", "freezing-note", period="2023").en
        == "Goalposts taken from the data of 2023."
    )
