"""Tables in the one look of the report: no frame, bold heads, a title above."""

from collections.abc import Iterable

from rich.console import Group, JustifyMethod, RenderableType
from rich.table import Table

from suanli.report.prose import Prose


def plain_table(heads: Iterable[tuple[str, JustifyMethod]]) -> Table:
    """Return an empty table with columns of these heads, each `left` or `right`.

    Numbers, names and marks keep to one line; cells made of `Prose` wrap.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head, justify in heads:
        table.add_column(head, justify=justify)
    return table


def titled(title: str, *below: RenderableType) -> Group:
    """Return something with a bold title above it."""
    return Group(Prose(title, style="bold"), *below)
