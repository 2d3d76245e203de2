"""The mark on what is shown of a result whose weights were fitted to published orders."""

from typing import TYPE_CHECKING

from suanli.language import Language

if TYPE_CHECKING:
    from suanli.report.prose import Prose
    from suanli.result import Result


def fitted_lines(result: "Result", language: Language) -> "list[Prose]":
    """Return the line that says that the weights were fitted; none where they come from elsewhere."""
    from suanli.report.prose import Prose

    if not result.about.fitted:
        return []
    return [Prose(result.about.weights_note.said(language), style="yellow")]
