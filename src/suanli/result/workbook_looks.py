"""How cells of the workbook look: fonts, fills, and numbers shown with sensible decimals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

FONT = "Microsoft YaHei"
"""On every Chinese Windows, in Office for Mac and in WPS; the charset leads others to a Chinese font of their own."""
BASE_FORMAT: dict[str, object] = {
    "font_name": FONT,
    "font_size": 10,
    "font_charset": 134,
    "font_scheme": "none",  # or the theme's font takes its place
    "valign": "vcenter",
}
RED = "#C00000"

_LOOKS: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True},
    "centred": {"text_wrap": True, "align": "center"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "digest": {"text_wrap": True, "valign": "top", "font_size": 8},
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3864"},
    "stamp": {"bold": True, "font_size": 14, "font_color": "#FFFFFF", "bg_color": RED},
    "stamped": {"bold": True, "font_color": RED, "text_wrap": True, "valign": "top"},
    "note": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "header": {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "border": 1,
        "bg_color": "#DCE6F1",
        "border_color": "#B8C4D6",
    },
    "label": {"bold": True, "bg_color": "#F2F5FA", "valign": "top", "text_wrap": True},
    "whole": {"num_format": "0", "align": "center"},
    "change": {"num_format": '"▲"0;"▼"0;0', "align": "center"},
    "weight": {"num_format": "0.0000"},
    "grade": {"num_format": "# ?/?", "align": "center"},
    "bytes": {"num_format": "#,##0", "valign": "top"},
    "missing": {"bg_color": "#E4E4E4"},
}
_ORIGIN_LOOKS: dict[str, dict[str, str]] = {
    "official": {},
    "reported": {"bg_color": "#EAF3E6"},
    "estimated": {"bg_color": "#FFF4CC"},
    "imputed": {"bg_color": "#FCE4D6"},
    "simulated": {"bg_color": "#EADCF4"},
}
ORIGIN_MARKS: dict[str, str] = {"estimated": " e", "imputed": " i", "simulated": " s"}
"""What follows a number in its cell, so that origins are told apart without colour; the number itself is unchanged."""

DATA_BAR: dict[str, object] = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#9DC3E6",
    "bar_border_color": "#9DC3E6",
    "min_type": "num",
    "min_value": 0,
}
"""Bars behind numbers, from zero."""
_MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of a workbook, each made once, by name: `number:2`, `number:2:imputed`, `amount:2`, `indent:3`."""

    book: Any
    made: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, look: str) -> Any:  # noqa: ANN401 - a format of xlsxwriter, which is untyped
        """Return the format of this name."""
        if look not in self.made:
            self.made[look] = self.book.add_format({**BASE_FORMAT, **_properties(look)})
        return self.made[look]


def number_look(values: Sequence[float | None]) -> str:
    """Return the look that shows these numbers with sensible decimals; the cells keep all digits.

    Large numbers need few decimals, but no number other than zero is shown as zero unless it is below 0.00005.

    >>> number_look([1234.5, None]), number_look([0.012]), number_look([1234.5, 0.21])
    ('number:0', 'number:4', 'number:1')
    """
    sizes = [abs(value) for value in values if value]
    largest, smallest = max(sizes, default=0), min(sizes, default=1)
    enough = next((places for least, places in ((1000, 0), (10, 2)) if largest >= least), 4)
    while enough < _MOST_DECIMALS and round(smallest, enough) == 0:
        enough += 1
    return f"number:{enough}"


def _properties(look: str) -> dict[str, object]:
    kind, *rest = look.split(":")
    if kind == "number":
        decimals, *origin = rest
        form = "#,##0" + _fraction(decimals)
        if not origin:
            return {"num_format": form}
        mark = ORIGIN_MARKS.get(origin[0])
        return {"num_format": f'{form}"{mark}"' if mark else form, **_ORIGIN_LOOKS[origin[0]]}
    if kind == "count":
        fill = _LOOKS["missing"] if rest[0] == "missing" else _properties(f"number:0:{rest[0]}")
        return {"num_format": "#,##0", **fill, "align": "left"}
    if kind == "amount":
        form = "0" + _fraction(rest[0])
        return {"num_format": f"+{form};-{form};0"}
    if kind == "indent":
        return {"indent": int(rest[0]), "bold": rest[0] == "0", "text_wrap": True}
    return _LOOKS[kind]


def _fraction(decimals: str) -> str:
    return "." + "0" * int(decimals) if int(decimals) else ""
