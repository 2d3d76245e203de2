"""Every problem that reading a panel can raise has its text in both languages, and no entry is left over."""

import re
import string
from importlib.resources import files

import yaml

from suanli.language import entries

ENTRIES = yaml.safe_load(
    files("suanli.language")
    .joinpath("entries", "problems", "panels.yaml")
    .read_text(encoding="utf-8")
)
NOT_PROBLEMS = {
    "alonso-lamata",
    "best-to-others",
    "best-worst",
    "priorities-arithmetic",
    "priorities-geometric",
    "2024-01-03",
}


def used():
    room = files("suanli.intake.panels")
    texts = [
        each.read_text(encoding="utf-8") for each in room.iterdir() if each.name.endswith(".py")
    ]
    found = {code for text in texts for code in re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)}
    found |= {code for text in texts for code in re.findall(r"'(panel-[a-z-]+)'", text)}
    return found - NOT_PROBLEMS


def test_every_code_is_in_the_catalogue_and_the_other_way_round():
    assert used() - set(entries("problems")) == set()
    assert set(ENTRIES) - used() == set()


def names(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_entry_has_four_texts_with_the_same_placeholders():
    for code, entry in ENTRIES.items():
        assert set(entry) == {"zh", "en", "action_zh", "action_en"}, code
        for kind in ("", "action_"):
            chinese = {name.removesuffix("_zh") for name in names(entry[f"{kind}zh"])}
            english = {name.removesuffix("_en") for name in names(entry[f"{kind}en"])}
            assert chinese == english, code
