"""`suanli framework schema`."""

import click

from suanli.cli.files import write_new
from suanli.cli.program import made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def schema(output: str | None) -> None:
        import json

        from suanli.framework import json_schema

        text = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
        if output is None:
            click.echo(text, nl=False)
            return
        write_new(output, text)
        click.echo(say("cli", "saved-file", language, file=output))

    return made_command(
        "framework-schema",
        language,
        schema,
        [option("output", "--output", language=language, metavar="file")],
    )
