"""Where a panel is: the folder of its panel.yaml, and the study that it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from suanli.framework import bundled_ids
from suanli.intake.declared import Declared, read_declaration
from suanli.intake.folder import STUDY_FILE, check_file, shown
from suanli.intake.questionnaires.panel_file import PANEL_FILE
from suanli.problems import Place, Problem, Severity, StudyError

PANEL_FOLDER = "panel"
"""The folder of a panel inside a study that does not say where it is."""
DEMONSTRATION = "demonstration"
"""What a study writes for the panel that comes with its framework."""


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """The folder of a panel, the name of its rules there, and the declaration of the study that it was reached by."""

    folder: Path
    file: str
    study: Path | None = None
    declared: Declared | None = None


def panel_place(place: Path | str) -> tuple[PanelPlace | None, list[Problem]]:
    """Return where a panel is, given its folder, its panel.yaml or the folder of its study."""
    path = Path(place)
    if path.is_file() and path.suffix.casefold() not in (".yaml", ".yml"):
        return None, [_problem("panel-place-is-answers", path)]
    if path.is_file():
        return PanelPlace(path.parent, path.name, _study_around(path.parent)), []
    if (path / PANEL_FILE).is_file():
        return PanelPlace(path, PANEL_FILE, _study_around(path)), []
    if (path / STUDY_FILE).is_file():
        return _of_study(path)
    return None, [_misplaced(path) or _absent(path)]


def bundled_panel(name: str) -> Path:
    """Return the folder of the simulated panel that comes with a framework.

    Raises
    ------
    KeyError
        If there is none; the message lists the frameworks that have one.
    """
    names = bundled_panels()
    if name not in names:
        message = f"no bundled panel for {name!r}; there are: {', '.join(names) or '–'}"
        raise KeyError(message)
    return _bundled() / name


def bundled_panels() -> tuple[str, ...]:
    """Return the ids of the frameworks that come with a simulated panel."""
    found = sorted(_bundled().iterdir()) if _bundled().is_dir() else []
    return tuple(folder.name for folder in found if (folder / PANEL_FILE).is_file())


def _bundled() -> Path:
    return Path(str(files("suanli.intake.panels").joinpath("bundled")))


def _of_study(folder: Path) -> tuple[PanelPlace | None, list[Problem]]:
    declared, problems = read_declaration(folder)
    if declared is None:
        return None, problems
    named = declared.declaration.panel
    if named == DEMONSTRATION:
        return _demonstration(folder, declared)
    inside = _inside(folder, named or PANEL_FOLDER)
    if isinstance(inside, Problem):
        return None, [inside]
    return PanelPlace(inside.parent, inside.name, folder, declared), []


def _demonstration(folder: Path, declared: Declared) -> tuple[PanelPlace | None, list[Problem]]:
    framework = declared.declaration.framework
    try:
        bundled = bundled_panel(framework)
    except KeyError:
        place = Place(file=STUDY_FILE, path="panel")
        expected = ", ".join(bundled_panels()) or "–"
        return None, [
            Problem("panel-not-bundled", Severity.ERROR, place, shown(framework), expected)
        ]
    return PanelPlace(bundled, PANEL_FILE, folder, declared), []


def _inside(folder: Path, named: str) -> Path | Problem:
    """Return the panel.yaml that a study names, be it by the file or by its folder."""
    name = named if named.endswith((".yaml", ".yml")) else f"{named}/{PANEL_FILE}"
    trouble = check_file(folder, name)
    if trouble is None:
        return folder / name
    return _absent(folder / named) if trouble.code == "file-not-found" else trouble


def _study_around(folder: Path) -> Path | None:
    """Return the study that a panel's folder is, or lies in."""
    around = (folder, folder.resolve().parent)
    return next((each for each in around if (each / STUDY_FILE).is_file()), None)


def _misplaced(path: Path) -> Problem | None:
    """Return why there is no panel, where a folder inside one was named, or a framework that comes without."""
    around = next((each for each in path.parents[:2] if (each / PANEL_FILE).is_file()), None)
    if around is not None:
        return _problem("panel-place-is-inside", path, shown(str(around)))
    if not path.exists() and str(path) in bundled_ids():
        return _problem("panel-not-bundled", path, ", ".join(bundled_panels()) or "–")
    return None


def _problem(code: str, path: Path, expected: str = "") -> Problem:
    name = shown(path.name or str(path))
    return Problem(code, Severity.ERROR, Place(file=name), name, expected)


def _absent(path: Path) -> Problem:
    name = shown(path.name or str(path))
    return Problem("panel-file-absent", Severity.ERROR, Place(file=name), found=name)


def panel_home(place: Path | str) -> Path:
    """Return the folder that a panel's own files are kept in.

    For a demonstration panel, which is not the user's to write into, it is a folder `panel` in the study, or a folder
    named after the framework where there is no study.

    Raises
    ------
    StudyError
        If there is no panel at the place.
    """
    path = Path(place)
    if not path.exists() and str(place) in bundled_panels():
        return Path(f"{place}-panel")
    found, problems = panel_place(path)
    if found is None:
        raise StudyError(problems)
    if found.study and found.folder.parent == _bundled():
        return found.study / PANEL_FOLDER
    return found.folder


def named_panel_place(place: Path | str) -> Path:
    """Return where a panel is; the name of a framework stands for the simulated panel that comes with it."""
    if not Path(place).exists() and str(place) in bundled_panels():
        return bundled_panel(str(place))
    return Path(place)


def weights_folder(
    place: str | Path, files: Sequence[Path] = (), number: int | None = None
) -> Path:
    """Return the folder that a panel's weights are saved in unless another is named.

    Weights of other files than the panel declares, or of a certain round, have folders of their own, lest a look at one
    questionnaire takes the place of the whole panel's weights.

    Raises
    ------
    StudyError
        If there is no panel at the place.
    """
    parts = [
        "weights",
        *([files[0].stem] if files else []),
        *([f"round-{number}"] if number else []),
    ]
    return panel_home(place) / "-".join(parts)
