"""The catalogue of everything the program says: a YAML file (or a folder of them) a topic, both languages."""

from functools import cache
from importlib.resources import files

import yaml

from suanli.language.text import Language, Text

# The C loader reads the same safe subset of YAML several times faster.
_SAFE_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def entries(topic: str) -> dict[str, dict[str, str]]:
    """Return the entries of one topic (`problems`, `labels`, `cli`, …), keyed by name.

    An entry maps `zh` and `en` (and, for problems, `action_zh` and `action_en`) to text with `{placeholders}`.

    Raises
    ------
    ValueError
        If two files of the topic define the same entry.

    >>> entries("labels")["rank"]["en"]
    'Rank'
    """
    root = files("suanli.language").joinpath("entries")
    folder = root.joinpath(topic)
    sources = (
        sorted(folder.iterdir(), key=lambda source: source.name)
        if folder.is_dir()
        else [root.joinpath(f"{topic}.yaml")]
    )
    merged: dict[str, dict[str, str]] = {}
    for source in sources:
        read: dict[str, dict[str, str]] = (
            yaml.load(source.read_text(encoding="utf-8"), Loader=_SAFE_LOADER) or {}  # noqa: S506, TID251
        )
        if twice := merged.keys() & read.keys():
            message = f"{source.name} defines again: {', '.join(sorted(twice))}"
            raise ValueError(message)
        merged.update(read)
    return merged


def pair(topic: str, key: str, **details: object) -> Text:
    """Return an entry in both languages, its placeholders filled.

    Raises
    ------
    KeyError
        If the topic has no such entry: every message must be in the catalogue.

    >>> pair("labels", "rank")
    Text(zh='位次', en='Rank')
    """
    entry = entries(topic)[key]
    return Text(zh=entry["zh"].format_map(details), en=entry["en"].format_map(details))


def say(topic: str, key: str, language: Language, **details: object) -> str:
    """Return an entry in one language, its placeholders filled.

    >>> say("labels", "rank", "zh")
    '位次'
    """
    return entries(topic)[key][language].format_map(details)
