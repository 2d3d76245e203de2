"""`suanli check`."""

import click

from suanli.cli.engines import engine_choice, engine_options
from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def check(study: str, as_json: bool, **engine: str | None) -> int:
        from suanli import pipeline
        from suanli.problems import errors
        from suanli.report.screen import print_json, show
        from suanli.report.stamp import stamped
        from suanli.report.trouble import findings, problem_json

        found, problems = pipeline.check(study, **engine_choice(engine, language))
        simulated = found is not None and found.simulated
        if as_json:
            listed = [problem_json(problem) for problem in problems]
            print_json({"simulated": simulated, "problems": listed})
        else:
            show(stamped(findings(problems, language), simulated=simulated))
        return 1 if errors(problems) else 0

    return made_command(
        "check",
        language,
        check,
        [
            argument("study", "study", language),
            *engine_options(language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
