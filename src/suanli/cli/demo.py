"""`suanli demo`."""

import shutil
from pathlib import Path

import click

from suanli.cli.program import made_command, option
from suanli.language import Language, say

_FIXED = {"normalisation/goalposts": "fixed"}
_ANNUAL, _IN_FIXED, _STUDY = "annual", "fixed", "study"


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def demo(out: str) -> None:
        from suanli import pipeline
        from suanli.cli.progress import progress
        from suanli.intake import bundled_study
        from suanli.report.demonstration import Demonstration, demonstration
        from suanli.report.screen import show

        folder, study = Path(out), bundled_study("open-1.0")
        check_demo_folder(folder)
        with progress(language) as stage:
            annual = pipeline.run(study, stage=stage)
            fixed = pipeline.run(study, with_changes=_FIXED, stage=stage)
            stage("saving")
            annual.save(folder / _ANNUAL)
            fixed.save(folder / _IN_FIXED)
            copy_study(study, folder / _STUDY)
        show(demonstration(Demonstration(annual, fixed, folder), language))
        click.echo(say("cli", "saved-demo", language, folder=folder))

    return made_command(
        "demo",
        language,
        demo,
        [
            option(
                *("demo-out", "--out"), language=language, default="suanli-demo", metavar="folder"
            )
        ],
    )


def check_demo_folder(folder: Path) -> None:
    """Refuse a folder that holds anything but a former demonstration, before anything is computed.

    Raises
    ------
    ResultError
        If it does; nothing is changed.
    """
    from suanli.problems import Place, Problem, ResultError, Severity

    if not folder.is_dir():
        return
    foreign = sorted(
        item.name
        for item in folder.iterdir()
        if item.name not in (_ANNUAL, _IN_FIXED, _STUDY) and not item.name.startswith(".")
    )
    if foreign:
        shown = ", ".join(foreign[:10]) + ("…" if len(foreign) > 10 else "")
        place = Place(file=str(folder))
        raise ResultError([Problem("result-folder-foreign", Severity.ERROR, place, found=shown)])


def copy_study(study: Path, target: Path) -> None:
    """Copy a study's folder; one that is there already, perhaps changed by its owner, is left as it is."""
    if not target.exists():
        shutil.copytree(study, target, ignore=shutil.ignore_patterns("__pycache__"))
