"""Numbers and names as the report shows them."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text as Styled

from suanli.framework import Framework, Group, Indicator, units
from suanli.language import Language, entries, say

if TYPE_CHECKING:  # lists of regions and frameworks need no tables
    from suanli.result import RegionName, Result

BAR_WIDTH = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"
TIER_STYLES = ("bold green", "green", "yellow", "default")


def number(value: float | None, decimals: int) -> str:
    """Return a number with a fixed count of decimals, without a minus before zero; a dash for a missing one.

    >>> number(12.345, 2), number(None, 2), number(-0.0001, 2)
    ('12.35', '–', '0.00')
    """
    if value is None or math.isnan(value):
        return "–"
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"


def signed(value: float | None, decimals: int) -> str:
    """Return a number with its sign.

    >>> signed(1.5, 1), signed(-2.25, 1), signed(0.001, 1)
    ('+1.5', '-2.2', '0.0')
    """
    if value is None or math.isnan(value):
        return "–"
    rounded = round(value, decimals) + 0.0
    return f"{rounded:+.{decimals}f}" if rounded else f"{rounded:.{decimals}f}"


def figure(value: float | None) -> str:
    """Return an indicator's value at six significant digits, thousands separated.

    >>> figure(23912.0), figure(1.4812345), figure(None)
    ('23,912', '1.48123', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    magnitude = 0 if value == 0 else math.floor(math.log10(abs(value)))
    text = f"{value:,.{max(0, 5 - magnitude)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: float | None, unit: str, language: Language) -> str:
    """Return an indicator's value with its unit as a sentence has them; ratios and indices have none.

    >>> amount(3120.0, "万台", "zh"), amount(3120.0, "万台", "en"), amount(61.2, "%", "en")
    ('3,120万台', '3,120 × 10,000 units', '61.2%')
    >>> amount(26.4738, "ms", "en"), amount(1.48121, "1", "zh"), amount(41.0, "个", "en")
    ('26.4738 ms', '1.48121', '41')
    """
    text = figure(value)
    if value is None or unit in ("", "1", "/"):
        return text
    label = units.label(unit, language).removesuffix("(count)").removesuffix("count").rstrip()
    if label[:1].isdigit():
        return f"{text} × {label}"
    closed = label[:1] in ("%", "‰") or "\u4e00" <= label[:1] <= "\u9fff"
    return f"{text}{label}" if closed else f"{text} {label}".rstrip()


def bar(value: float | None, highest: float, style: str = "cyan") -> Styled:
    """Return a bar as long as the value's share of the highest; nothing for what is missing or not above 0."""
    if value is None or math.isnan(value) or value <= 0 or highest <= 0:
        return Styled("")
    eighths = round(min(value / highest, 1.0) * BAR_WIDTH * 8)
    return Styled(
        ("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()).ljust(BAR_WIDTH), style=style
    )


def rank_change(change: int | None, language: Language, *, first: bool) -> Styled:
    """Return ▲ and ▼ with the places, – for no change; a word for a region that had no rank."""
    if change is None and first:
        return Styled("")
    if change is None:
        return Styled(say("report", "rank-new", language), style="dim")
    if change == 0:
        return Styled("–", style="dim")
    return Styled(f"▲{change}", style="green") if change > 0 else Styled(f"▼{-change}", style="red")


def tier(place: int | None, language: Language) -> Styled:
    """Return a tier's name in its colour."""
    if not place:
        return Styled("")
    style = TIER_STYLES[min(place, len(TIER_STYLES)) - 1]
    key = f"tier-{place}"
    if key not in entries("report"):  # numerals beyond nine are written as digits
        return Styled(say("report", "tier-name", language, tier=place), style=style)
    return Styled(say("report", key, language), style=style)


def node_names(framework: Framework, language: Language) -> dict[str, str]:
    """Return the name of every node by code, the index included."""
    nodes: list[Framework | Group | Indicator] = [framework]
    nodes.extend(placed.node for placed in framework.walk())
    return {node.code: node.name.said(language) for node in nodes}


def listed(names: Sequence[str], language: Language) -> str:
    """Join names as a sentence does.

    >>> listed(["广东", "江苏"], "zh")
    '广东、江苏'
    """
    return ("、" if language == "zh" else ", ").join(names)


def region_name(region: "RegionName", language: Language) -> str:
    """Return the name of a region as tables have it: short in Chinese, English otherwise."""
    return region.short if language == "zh" else region.en


def region_names(result: "Result", full: Sequence[str], language: Language) -> str:
    """Return the names, as tables have them, of regions given by their full names."""
    known = {region.zh: region_name(region, language) for region in result.regions}
    return listed([known.get(name, name) for name in full], language)


def is_first(result: "Result", period: str) -> bool:
    """Return whether no period of the result comes before this one."""
    return period == result.about.periods[0]


def as_typed(path: object) -> str:
    """Return a path as it is typed on a command line: quoted where it holds a space.

    >>> as_typed("my study"), as_typed("study")
    ('"my study"', 'study')
    """
    return f'"{path}"' if any(mark.isspace() for mark in str(path)) else str(path)


def origin(name: str | None, language: Language) -> str:
    """Return where a value comes from, in a word; `missing` where there is none."""
    return say("report", f"origin-{name or 'missing'}", language)
