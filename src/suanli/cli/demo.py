"""`suanli demo`."""

from pathlib import Path

import click

from suanli.cli.program import made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def demo(out: str) -> None:
        from suanli import pipeline
        from suanli.cli.run import progress
        from suanli.intake import bundled_study
        from suanli.report.demonstration import demonstration
        from suanli.report.screen import screen

        folder = Path(out)
        study = bundled_study("open-1.0")
        with progress(language) as stage:
            annual = pipeline.run(study, stage=stage)
            fixed = pipeline.run(
                study, with_changes={"normalisation/goalposts": "fixed"}, stage=stage
            )
            stage("saving")
            folder.mkdir(parents=True, exist_ok=True)
            annual.save(folder / "annual")
            fixed.save(folder / "fixed")
        console = screen()
        console.print(demonstration(annual, fixed, language, folder=str(folder / "annual")))
        console.print(say("cli", "saved-result", language, folder=folder))

    return made_command(
        "demo",
        language,
        demo,
        [
            option(
                "out", "--out", language=language, default="suanli-demo", show_default=True, metavar="DIR"
            )
        ],
    )
