"""`suanli indicators`."""

import click

from suanli.cli.engines import engine_choice, engine_options
from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def indicators(
        study: str,
        indicator: str | None,
        period: str | None,
        out: str | None,
        as_json: bool,
        **engine: str | None,
    ) -> None:
        from rich.console import Group

        from suanli import pipeline
        from suanli.cli.progress import progress
        from suanli.indicators import indicator_named
        from suanli.report import indicators as report
        from suanli.report.prose import Prose
        from suanli.report.screen import print_json, show
        from suanli.report.trouble import counts, problem_json
        from suanli.result.tracing import period_named

        with progress(language) as stage:
            found = pipeline.indicators(study, stage=stage, **engine_choice(engine, language))
            one = None if indicator is None else indicator_named(found.framework, indicator)
            named = period_named(found.periods, period)
            if out:
                stage("saving")
                found.save(out)
        if as_json:
            listed = [problem_json(problem) for problem in found.problems]
            shown = (
                report.indicator_json(found, indicator=one, period=named)
                if one
                else report.indicators_json(found, period=named)
            )
            print_json({**shown, "saved": out, "problems": listed})
            return
        table = (
            report.indicator_shown(found, language, indicator=one, period=named)
            if one
            else report.indicators_shown(found, language, period=named)
        )
        lines = [Prose(counts(found.problems, language))] if found.problems else []
        lines += [Prose(say("cli", "saved-indicators", language, folder=out))] if out else []
        show(Group(table, *lines))

    return made_command(
        "indicators",
        language,
        indicators,
        [
            argument("study", "study", language),
            option(
                *("indicators-indicator", "--indicator"), language=language, metavar="indicator"
            ),
            option("period", "--period", language=language, metavar="period"),
            option("indicators-out", "--out", language=language, metavar="folder"),
            *engine_options(language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
