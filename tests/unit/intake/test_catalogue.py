"""Every problem that the reading can raise has its text in both languages, and no entry is left over."""

import re
import string
from importlib.resources import files

import yaml

from suanli.language import entries

ROOM = files("suanli.intake")
ENTRIES = yaml.safe_load(
    files("suanli.language")
    .joinpath("entries", "problems", "intake.yaml")
    .read_text(encoding="utf-8")
)
NOT_PROBLEMS = {"utf-8", "utf-8-sig", "utf-16", "utf-16-le"}


def sources(folder, below=("reading",)):
    for entry in folder.iterdir():
        if entry.name.endswith(".py"):
            yield entry.read_text(encoding="utf-8")
        elif entry.name in below:
            yield from sources(entry)


def test_every_code_in_the_source_is_in_the_catalogue_and_the_other_way_round():
    used = {
        code for text in sources(ROOM) for code in re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)
    } - NOT_PROBLEMS
    assert used - set(entries("problems")) == set()
    assert set(ENTRIES) - used == set()


def test_every_problem_of_the_room_and_of_the_rooms_in_it_has_its_text():
    every = list(sources(ROOM, below=("reading", "checks", "template")))
    raised = {code for text in every for code in re.findall(r'\bProblem\(\s*"([^"]*)"', text)}
    raised |= {code for text in every for code in re.findall(r'"(check-[a-z-]+)"', text)}
    assert {"percent-or-fraction", "units-many", "check-caliber-mixed"} <= raised
    assert raised - set(entries("problems")) == set()


def test_every_entry_has_four_texts_with_the_same_placeholders_in_both_languages():
    for code, entry in ENTRIES.items():
        assert set(entry) == {"zh", "en", "action_zh", "action_en"}, code
        for kind in ("", "action_"):
            names = [
                {
                    name
                    for _, name, _, _ in string.Formatter().parse(entry[f"{kind}{language}"])
                    if name
                }
                for language in ("zh", "en")
            ]
            assert {name.removesuffix("_zh") for name in names[0]} == {
                name.removesuffix("_en") for name in names[1]
            }, code
            assert re.search(r"[\u4e00-\u9fff]", entry[f"{kind}zh"]), code
            assert not re.search(r"[\u4e00-\u9fff]", entry[f"{kind}en"]), code
