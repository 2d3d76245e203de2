"""The frameworks that come with the package."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from suanli.framework.findings import fault
from suanli.framework.framework import Framework
from suanli.framework.reading import parse
from suanli.problems import FrameworkError, Place, Problem

_SUFFIX = ".yaml"
_ALIKE = 0.6
"""How alike two ids are, from 0 to 1, for one to be offered for the other."""


@cache
def bundled_ids() -> tuple[str, ...]:
    """Return the ids of the bundled frameworks, in alphabetical order."""
    folder = files("suanli.framework").joinpath("frameworks")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def bundled(framework_id: str) -> Framework:
    """Return a bundled framework; it is read once.

    Raises
    ------
    FrameworkError
        If no bundled framework has this id; the problem names those that come nearest.
    """
    if framework_id not in bundled_ids():
        raise FrameworkError([_unknown(framework_id)])
    return _read(framework_id)


def _unknown(framework_id: str) -> Problem:
    near = get_close_matches(framework_id, bundled_ids(), n=3, cutoff=_ALIKE)
    code = "framework-id-unknown" if near else "framework-id-unlisted"
    return fault(code, Place(), framework_id, ", ".join(near or bundled_ids()))


@cache
def _read(framework_id: str) -> Framework:
    name = framework_id + _SUFFIX
    source = files("suanli.framework").joinpath("frameworks", name)
    return parse(source.read_text(encoding="utf-8"), file=name)
