"""`suanli panel new | read | feedback`."""

from collections.abc import Mapping

import click

from suanli.cli.program import Commands
from suanli.language import Language

PARTS: Mapping[str, str] = {
    "new": "suanli.cli.panel_new",
    "read": "suanli.cli.panel_read",
    "feedback": "suanli.cli.panel_feedback",
}


def command(language: Language) -> click.Command:
    """Return the group of commands in a language."""
    return Commands("panel", language, PARTS)
