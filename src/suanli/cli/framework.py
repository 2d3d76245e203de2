"""`suanli framework show | diff | schema`."""

from collections.abc import Mapping

import click

from suanli.cli.program import Commands
from suanli.language import Language

PARTS: Mapping[str, str] = {
    "show": "suanli.cli.framework_show",
    "diff": "suanli.cli.framework_diff",
    "schema": "suanli.cli.framework_schema",
}


def command(language: Language) -> click.Command:
    """Return the group of commands in a language."""
    return Commands("framework", language, PARTS)
