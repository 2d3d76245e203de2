"""Rows of a list of regions: the headings that are understood and the region a row describes."""

import csv
import re
from collections.abc import Mapping
from importlib.resources import files

from suanli.language import Text
from suanli.regions.name_key import name_key, plain_code
from suanli.regions.region import Region

# Headings of a list of regions, in normal form, for each part of a region.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "code",
        "regioncode",
        "adcode",
        "代码",
        "编码",
        "地区代码",
        "行政区划代码",
        "区划代码",
    ),
    "name": ("namezh", "name", "region", "名称", "地区", "地区名称", "中文名", "中文名称"),
    "name_en": ("nameen", "英文名", "英文名称"),
    "short": ("shortzh", "short", "shortname", "简称"),
    "short_en": ("shorten", "英文简称"),
    "level": ("level", "级别", "层级"),
    "parent": ("parent", "parentcode", "上级", "上级代码"),
    "kind": ("kind", "type", "类型"),
    "iso": ("iso", "iso31662", "isocode"),
    "aliases": ("aliases", "alias", "别名"),
    "members": ("members", "member", "成员", "成员地区"),
}
_BETWEEN_ALIASES = re.compile(r"[|;；]")


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a bundled list of regions."""
    source = files("suanli.regions").joinpath("data", f"{name}.csv")
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def parts(row: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a region that a row states, trimmed; blank ones are left out.

    >>> parts({"代码": "156 ", "名称": "中国", "面积": "960"})
    {'code': '156', 'name': '中国'}
    """
    stated = {name_key(heading): _text(row[heading]) for heading in row if heading}
    first = {
        part: next((stated[word] for word in words if stated.get(word)), "")
        for part, words in HEADINGS.items()
    }
    return {part: text for part, text in first.items() if name_key(text)}


def region(stated: Mapping[str, str]) -> Region:
    """Return the region that the parts of a row describe, among them a code and a name."""
    name = stated.get("name") or stated["name_en"]
    name_en = stated.get("name_en") or name
    short = stated.get("short") or name
    return Region(
        code=plain_code(stated["code"]),
        name=Text(zh=name, en=name_en),
        short=Text(zh=short, en=stated.get("short_en") or name_en),
        level=stated.get("level") or "custom",
        parent=plain_code(stated.get("parent", "")) or None,
        kind=stated.get("kind") or "",
        iso=stated.get("iso"),
        aliases=_aliases(stated.get("aliases", "")),
    )


def parts_of(known: Region) -> dict[str, str]:
    """Return the row that describes a region, without its aliases."""
    stated = {
        "code": known.code,
        "name": known.name.zh,
        "name_en": known.name.en,
        "short": known.short.zh,
        "short_en": known.short.en,
        "level": known.level,
        "parent": known.parent or "",
        "kind": known.kind,
        "iso": known.iso or "",
    }
    return {part: text for part, text in stated.items() if text}


def _aliases(text: str) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in _BETWEEN_ALIASES.split(text) if name_key(alias))


def _text(cell: object) -> str:
    # csv.DictReader gives None for cells a short row lacks and a list for those beyond the headings
    return cell.strip() if isinstance(cell, str) else ""
