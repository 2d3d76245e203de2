"""`suanli records`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from suanli.cli.program import argument, made_command, option
from suanli.cli.usage import WrongUsage
from suanli.language import Language, say

if TYPE_CHECKING:  # schemas are read when asked for
    from suanli.intake.records.schema import TableSchema


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def records(tables: tuple[str, ...], template: str | None, as_json: bool) -> None:
        from suanli.intake.records.templates import write_templates
        from suanli.report import records as report
        from suanli.report.screen import print_json, show
        from suanli.report.words import as_typed

        found = tables_named(tables, language)
        if template is not None:
            guide = write_templates(template, found, language)
            if not as_json:
                words = {"count": len(found), "guide": guide, "folder": as_typed(template)}
                click.echo(say("cli", "made-records", language, **words))
                return
        if as_json:
            print_json(report.tables_json(found))
        elif tables:
            show(report.table_columns(found, language))
        else:
            show(report.table_list(found, language))

    return made_command(
        "records",
        language,
        records,
        [
            argument("record-tables", "tables", language, nargs=-1),
            option(*("records-template", "--template"), language=language, metavar="folder"),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def tables_named(names: Sequence[str], language: Language) -> "list[TableSchema]":
    """Return the tables of records by name, each once and in the order of their documentation; all where none is named.

    Raises
    ------
    WrongUsage
        If there is no table of a name; the message says which is close.
    """
    from difflib import get_close_matches

    from suanli.intake.records.schema import table_schemas

    known = table_schemas()
    for name in names:
        if name not in known:
            sentence = say("cli", "usage-no-such-table", language, name=name)
            if close := get_close_matches(name, list(known)):
                sentence += say("cli", "usage-closest", language, names=", ".join(close))
            raise WrongUsage(sentence, click.get_current_context(silent=True))
    return [table for table in known.values() if not names or table.name in names]
