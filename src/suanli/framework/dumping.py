"""Frameworks as YAML text: the same framework always gives the same bytes."""

import re
from typing import Any

import yaml

from suanli.framework.schema import Declaration

_WIDTH = 110
_QUOTED = ("code", "parent", "other", "predecessor", "framework", "version", "id")
# Said even where it is the default: a reader should not have to know it.
_ALWAYS = {"missing": "method", "treatment": "method", "tiers": "method"}


class _Quoted(str):
    """Text that is always written in quotes, so that `2.10` stays what it is."""

    __slots__ = ()


class _Paragraphs(str):
    """Text of several lines, written as such."""

    __slots__ = ()


class _Line(list[Any]):
    """A list of plain values, written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented under their key, and nothing as an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002
        super().increase_indent(flow, False)  # noqa: FBT003


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
_Dumper.add_representer(
    _Paragraphs,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"),
)
_Dumper.add_representer(
    _Line,
    lambda dumper, items: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", items, flow_style=True
    ),
)


def dump(framework: Declaration) -> str:
    """Return a framework as YAML: block style, Unicode kept, defaults left out, codes quoted.

    Reading the text gives an equal framework, and the same framework always gives the same text.
    """
    content = framework.model_dump(mode="python", exclude_defaults=True)
    for section, field in _ALWAYS.items():
        content[section] = {field: getattr(getattr(framework, section), field), **content[section]}
    return yaml.dump(
        _arranged(content, ""),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_WIDTH,
    )


def _arranged(value: object, key: str) -> object:
    """Return a value with its texts and lists marked for how they are written."""
    if isinstance(value, dict):
        return {name: _arranged(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        items = [_arranged(inner, "code" if key == "predictors" else "") for inner in value]
        nested = any(isinstance(inner, (dict, list)) for inner in items)
        return items if nested else _Line(items)
    return _marked(value, key) if isinstance(value, str) else value


def _marked(text: str, key: str) -> str:
    """Return a text marked for the style in which it survives and reads best."""
    lines = text.split("\n")
    # Line breaks other than \n, and what cannot be seen, survive only in quotes.
    plain = all(line.isprintable() and line == line.strip() for line in lines)
    if key in _QUOTED or not plain or _is_number(text):
        return _Quoted(text)
    return text if len(lines) == 1 else _Paragraphs(text)


def _is_number(text: str) -> bool:
    """Return whether a reader of YAML 1.2 could take a text for a number."""
    return re.fullmatch(r"[-+.\d][-+.\deE_]*", text) is not None
