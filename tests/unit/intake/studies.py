"""A small study written to a folder, for tests that change one thing of it."""

from pathlib import Path

import yaml

from suanli.intake import Study, check_study
from suanli.problems import Problem, Severity

DATA = Path(__file__).parent / "data"


def declaration(**changed: object) -> dict[str, object]:
    """Return the declaration of the small study with some keys changed; None leaves a key out."""
    declared = {
        "suanli": 1,
        "framework": "framework.yaml",
        "regions": ["北京", "天津", "上海"],
        "periods": [2022, 2023],
        "data": [{"file": "data.csv"}],
        **changed,
    }
    return {key: value for key, value in declared.items() if value is not None}


def write_study(folder: Path, files: dict[str, bytes | str], **changed: object) -> Path:
    """Write the small study with the given files (by path inside it) and return its folder."""
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(declaration(**changed), allow_unicode=True, sort_keys=False)
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    (folder / "framework.yaml").write_bytes((DATA / "framework.yaml").read_bytes())
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def check(
    folder: Path, files: dict[str, bytes | str], **changed: object
) -> tuple[Study | None, tuple[Problem, ...]]:
    """Write the small study and return what checking it gives."""
    return check_study(write_study(folder, files, **changed))


def of_code(problems: tuple[Problem, ...], code: str) -> list[Problem]:
    """Return the problems of one code."""
    return [problem for problem in problems if problem.code == code]


def codes(problems: tuple[Problem, ...], severity: Severity) -> set[str]:
    """Return the codes of the problems of one severity."""
    return {problem.code for problem in problems if problem.severity is severity}


def value(study: Study | None, region: str, period: str, code: str) -> float:
    """Return one value of a study's grid."""
    assert study is not None
    grid = study.grid
    at = (grid.periods.index(period), grid.regions.index(region), grid.codes.index(code))
    return float(grid.values[at])
