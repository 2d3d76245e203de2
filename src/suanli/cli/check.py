"""`suanli check`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def check(study: str, as_json: bool) -> int:
        from suanli.intake import check_study
        from suanli.problems import errors
        from suanli.report.screen import print_json, screen
        from suanli.report.trouble import as_json as problem_json
        from suanli.report.trouble import trouble

        _, problems = check_study(study)
        if as_json:
            print_json({"problems": [problem_json(problem) for problem in problems]})
        else:
            screen().print(trouble(problems, language))
        return 1 if errors(problems) else 0

    return made_command(
        "check",
        language,
        check,
        [
            argument("study", "study", language),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )
