"""`suanli demo`."""

from pathlib import Path

import click

from suanli.cli.program import made_command, option
from suanli.cli.usage import wrong_usage
from suanli.language import Language, say

_FIXED = {"normalisation/goalposts": "fixed"}
_ANNUAL, _IN_FIXED, _STUDY = "annual", "fixed", "study"
_FIRST, _FOLDER = "open-1.0", "suanli-demo"


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def demo(study: str, out: str | None) -> None:
        from suanli import pipeline
        from suanli.cli.progress import progress
        from suanli.report.demonstration import Demonstration, demonstration
        from suanli.report.demonstration_simulated import (
            SimulatedDemonstration,
            simulated_demonstration,
        )
        from suanli.report.screen import show

        source = named_study(study, language)
        folder = Path(out or demo_folder(study))
        check_demo_folder(folder)
        check_demo_study(folder, study, language)
        with progress(language) as stage:
            annual = pipeline.run(source, stage=stage)
            # what is simulated has no jumps and moves to explain, and stands beside published facts instead
            fixed = None
            if not annual.about.simulated:
                fixed = pipeline.run(source, with_changes=_FIXED, stage=stage)
            stage("saving")
            annual.save(folder / _ANNUAL)
            if fixed is not None:
                fixed.save(folder / _IN_FIXED)
            copy_study(source, folder / _STUDY)
        if fixed is not None:
            show(demonstration(Demonstration(annual, fixed, folder), language))
        else:
            show(simulated_demonstration(SimulatedDemonstration(annual, folder), language))
        click.echo(say("cli", "saved-demo", language, folder=folder))

    return made_command(
        "demo",
        language,
        demo,
        [
            option(
                *("demo-study", "--study"), language=language, default=_FIRST, metavar="study-name"
            ),
            option("demo-out", "--out", language=language, metavar="folder"),
        ],
    )


def named_study(name: str, language: Language) -> Path:
    """Return the folder of the bundled study of that name; names are told where there is none."""
    from suanli.intake import bundled_studies, bundled_study

    known = bundled_studies()
    if name not in known:
        raise wrong_usage("demo-study", language, name=name, known=", ".join(known))
    return bundled_study(name)


def demo_folder(study: str) -> str:
    """Return the folder of a study's demonstration where none is named.

    >>> demo_folder("open-1.0"), demo_folder("ccpe-3.0")
    ('suanli-demo', 'suanli-demo-ccpe-3.0')
    """
    return _FOLDER if study == _FIRST else f"{_FOLDER}-{study}"


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


def check_demo_study(folder: Path, study: str, language: Language) -> None:
    """Refuse a folder with the demonstration of another bundled study, whose copy would stay beside this result."""
    from suanli.intake import bundled_studies, bundled_study

    copied = _declared_name(folder / _STUDY)
    for other in bundled_studies():
        if other != study and copied == _declared_name(bundled_study(other)):
            raise wrong_usage("demo-other", language, folder=folder, name=other)


def copy_study(study: Path, target: Path) -> None:
    """Copy a study's folder, whole or not at all; one that is there already, perhaps changed, is left as it is.

    Raises
    ------
    StudyError
        If it cannot be written.
    """
    from suanli.intake.new_folder import write_folder

    if target.exists():
        return
    parts = [path for path in sorted(study.rglob("*")) if "__pycache__" not in path.parts]
    names = {path: path.relative_to(study).as_posix() for path in parts}
    files = {name: path.read_bytes() for path, name in names.items() if path.is_file()}
    write_folder(target, files, inside=[name for path, name in names.items() if path.is_dir()])


def _declared_name(folder: Path) -> str | None:
    """Return the name that a study declares; None where there is no study that can be read."""
    from suanli.intake.declared import read_declaration

    declared, _ = read_declaration(folder)
    return declared.declaration.name if declared else None
