"""The frameworks that come with the package."""

from functools import cache
from importlib.resources import files

from suanli.framework.findings import fault, nearest
from suanli.framework.framework import Framework
from suanli.framework.reading import parse
from suanli.problems import FrameworkError, Place

_SUFFIX = ".yaml"


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
        near = nearest(framework_id, bundled_ids())
        raise FrameworkError([fault("framework-id-unknown", Place(), framework_id, near)])
    return _read(framework_id)


@cache
def _read(framework_id: str) -> Framework:
    name = framework_id + _SUFFIX
    source = files("suanli.framework").joinpath("frameworks", name)
    return parse(source.read_text(encoding="utf-8"), file=name)
