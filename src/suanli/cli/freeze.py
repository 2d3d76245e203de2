"""`suanli freeze`."""

import click

from suanli.cli.files import result_folder, write_new
from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def freeze(folder: str, period: str | None, output: str) -> None:
        from suanli.framework import dump
        from suanli.report.prose import Prose
        from suanli.report.screen import show
        from suanli.report.stamp import stamped
        from suanli.report.words import as_typed
        from suanli.result import load_result
        from suanli.result.freezing import frozen_framework

        result = load_result(result_folder(folder))
        used = period or result.about.periods[-1]
        framework = frozen_framework(result, used)
        write_new(output, dump(framework))
        words = say(
            *("cli", "frozen", language),
            file=as_typed(output),
            framework=framework.id,
            period=used,
        )
        show(stamped(Prose(words), simulated=result.about.simulated))

    return made_command(
        "freeze",
        language,
        freeze,
        [
            argument("result", "folder", language),
            option("freeze-period", "--period", language=language, metavar="period"),
            option(
                *("freeze-output", "--output"), language=language, required=True, metavar="file"
            ),
        ],
    )
