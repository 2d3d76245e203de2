"""`suanli trace`."""

import click

from suanli.cli.engines import engine_choice, engine_options
from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def trace(
        study: str,
        region: str,
        indicator: str,
        period: str | None,
        top: int,
        as_json: bool,
        **engine: str | None,
    ) -> None:
        from suanli import pipeline
        from suanli.report.screen import print_json, show
        from suanli.report.trace import trace_json, trace_shown

        found = pipeline.trace(
            study, region, indicator, period, top=top, **engine_choice(engine, language)
        )
        if as_json:
            print_json(trace_json(found))
        else:
            show(trace_shown(found, language))

    return made_command(
        "trace",
        language,
        trace,
        [
            argument("study", "study", language),
            option(
                *("trace-region", "--region"), language=language, required=True, metavar="region"
            ),
            option(
                *("trace-indicator", "--indicator"),
                language=language,
                required=True,
                metavar="indicator",
            ),
            option("period", "--period", language=language, metavar="period"),
            option(
                *("trace-top", "--top"),
                language=language,
                type=click.IntRange(min=1, max=1000),
                default=10,
                metavar="count",
            ),
            *engine_options(language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
