"""Every text that forms use is in the catalogue in both languages, and no entry is left over."""

import re
import string
from importlib.resources import files

import yaml

from suanli.language import entries

ROOM = files("suanli.intake.questionnaires")
CODES = yaml.safe_load(
    files("suanli.language")
    .joinpath("entries", "problems", "questionnaires.yaml")
    .read_text(encoding="utf-8")
)


def source():
    return "\n".join(
        entry.read_text(encoding="utf-8") for entry in ROOM.iterdir() if entry.name.endswith(".py")
    )


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_entry_is_in_both_languages_with_the_same_placeholders():
    for key, entry in entries("questionnaire").items():
        assert set(entry) == {"zh", "en"}, key
        assert placeholders(entry["zh"]) == placeholders(entry["en"]), key
        # what only joins names is the same in both but for the marks
        assert re.search(r"[\u4e00-\u9fff]", entry["zh"]) or key == "help_pair", key
        assert not re.search(r"[\u4e00-\u9fff]", entry["en"]), key


def test_no_entry_is_left_over():
    text = source()
    made = ("mode_", "rule_", "identity_", "how_", "question_", "legend_", "mean_", "paper_how_")
    made += ("summary_", "rule_words_", "paper_best", "paper_worst", "consistency_")
    unused = [
        key
        for key in entries("questionnaire")
        if not key.startswith(made) and not re.search(rf"[\"']{key}[\"']", text)
    ]
    assert not unused


def test_every_problem_has_its_texts_and_is_raised():
    text = source()
    for code, entry in CODES.items():
        assert f'"{code}"' in text
        assert set(entry) == {"zh", "en", "action_zh", "action_en"}
        for kind in ("", "action_"):
            zh, en = entry[f"{kind}zh"], entry[f"{kind}en"]
            assert placeholders(zh) == placeholders(en), code
            assert not re.search(r"[\u4e00-\u9fff]", en), code
    raised = set(re.findall(r'"((?:panel|template)-[a-z-]+)"', text))
    assert raised <= set(entries("problems"))
