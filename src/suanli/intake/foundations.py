"""What a study stands on besides its data: the framework, with the study's changes, and the regions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from suanli.framework import Framework, bundled, bundled_ids
from suanli.framework.reading import checked
from suanli.intake.declaration import Declaration, RegionChoice
from suanli.intake.folder import MAX_TEXT_BYTES, STUDY_FILE, InputFile, file_content
from suanli.intake.reading.textfiles import decoded, read_text_table
from suanli.problems import FrameworkError, Place, Problem, RegionError, Severity
from suanli.regions import (
    Region,
    Regions,
    custom,
    everything,
    grouped,
    grouping,
    prefectures,
    provinces,
)

_LEVELS = {"provinces": provinces, "prefectures": prefectures}


@dataclass(frozen=True, slots=True)
class Found:
    """A framework or a list of regions with the file it was read from, if it was."""

    framework: Framework | None = None
    regions: Regions | None = None
    inputs: tuple[InputFile, ...] = ()


def read_framework(folder: Path, declaration: Declaration) -> tuple[Found, list[Problem]]:
    """Return the framework that a study names, the study's changes made, and what is wrong with it."""
    name = declaration.framework
    try:
        if name.endswith((".yaml", ".yml")):
            content = file_content(folder, name, limit=MAX_TEXT_BYTES)
            if isinstance(content, Problem):
                return Found(), [content]
            text, problems = decoded(content)
            if text is None:
                return Found(), problems
            framework, more = checked(text, file=name)
            found, problems = Found(framework, inputs=(content.file,)), [*problems, *more]
        elif name in bundled_ids():
            found, problems = Found(bundled(name)), []
        else:
            place = Place(file=STUDY_FILE, path="framework")
            expected = ", ".join(bundled_ids())
            return Found(), [
                Problem("study-framework-unknown", Severity.ERROR, place, name[:60], expected)
            ]
    except FrameworkError as trouble:
        return Found(), list(trouble.problems)
    return _changed(found, declaration, problems)


def _changed(
    found: Found, declaration: Declaration, problems: list[Problem]
) -> tuple[Found, list[Problem]]:
    if not declaration.changes or found.framework is None:
        return found, problems
    try:
        framework = found.framework.with_changes(declaration.changes)
    except FrameworkError as trouble:
        return replace(found, framework=None), [*problems, *_placed(trouble.problems, "changes")]
    return replace(found, framework=framework), problems


def read_regions(folder: Path, declaration: Declaration) -> tuple[Found, list[Problem]]:
    """Return the regions that a study evaluates, and what is wrong with their list."""
    choice = declaration.regions
    try:
        if choice.file is not None:
            return _region_file(folder, choice.file, declaration)
        if choice.grouping is not None:
            return Found(regions=grouped_regions(choice.grouping)), []
        return Found(regions=_listed(choice)), []
    except RegionError as trouble:
        return Found(), list(_placed(trouble.problems, "regions"))


def grouped_regions(code: str) -> Regions:
    """Return the groups of a bundled grouping of provinces as regions.

    Raises
    ------
    RegionError
        If there is no such grouping, or a province is in two of its groups, so that no sum would be right.

    >>> grouped_regions('economic-belts').codes[0]
    'east'
    """
    groups = grouping(code).groups
    held = [member for group in groups for member in group.members]
    if twice := sorted({member for member in held if held.count(member) > 1}):
        names = ", ".join(provinces().by_code[member].name.zh for member in twice)
        place = Place(path="grouping")
        raise RegionError([Problem("grouping-overlaps", Severity.ERROR, place, code, names)])
    members = (
        Region(group.code, group.name, group.name, "custom", None, "", None) for group in groups
    )
    return grouped(members, groups)


def _listed(choice: RegionChoice) -> Regions:
    if choice.all is not None:
        return _LEVELS[choice.all]()
    spellings = choice.only or ()
    # the list is of the one level in which every spelling has its place, provinces first
    for regions in (provinces(), prefectures()):
        if all(not isinstance(regions.find(spelling), Problem) for spelling in spellings):
            return regions.only(spellings)
    return everything().only(spellings)


def _region_file(folder: Path, path: str, declaration: Declaration) -> tuple[Found, list[Problem]]:
    content = file_content(folder, path, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem):
        return Found(), [content]
    table, problems = read_text_table(content)
    if table is None:
        return Found(), problems
    headings = [text or "" for text in table.texts.row(0)]
    rows = (
        {heading: text or "" for heading, text in zip(headings, row, strict=True)}
        for row in table.texts[1:].iter_rows()
    )
    try:
        regions = custom(rows, file=path)
    except RegionError as trouble:
        return Found(), [*problems, *trouble.problems]
    if regions.groups and declaration.records is None:
        place = Place(file=path)
        problems.append(Problem("grouping-without-records", Severity.ERROR, place, path))
    return Found(regions=regions, inputs=(content.file,)), problems


def check_region_level(framework: Framework, regions: Regions) -> list[Problem]:
    """Return a warning if the regions are of another level than the framework evaluates."""
    level = framework.region_level
    if level == "any" or regions.level in (level, "custom"):
        return []
    place = Place(file=STUDY_FILE, path="regions")
    code = "regions-not-provinces" if level == "province" else "regions-not-prefectures"
    return [Problem(code, Severity.WARNING, place, found=framework.id)]


def _placed(problems: tuple[Problem, ...], path: str) -> Iterator[Problem]:
    """Yield problems at their place below a key of study.yaml."""
    for problem in problems:
        inner = problem.place.path
        at = f"{path}.{inner}" if inner else path
        place = replace(problem.place, file=STUDY_FILE, path=at)
        yield (
            problem if problem.place.file and problem.place.cell else replace(problem, place=place)
        )
