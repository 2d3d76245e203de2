"""Outlines of regions from a GeoJSON file, and the region in whose outline a point lies; needs `suanli[geo]`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from suanli.intake.folder import FileContent, InputFile, shown
from suanli.intake.records.places import located
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

COORDINATES = ("longitude", "latitude")
"""Columns that say where a row is, in degrees."""
MAX_OUTLINE_BYTES = 200_000_000
"""Largest file of outlines."""
_NAMES = ("region_code", "adcode", "code", "name")
_SHAPES = ("Polygon", "MultiPolygon")
_MOST_FEATURES = 100_000
_LISTED = 5
_MOST_DEGREES = (180, 90)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas of regions: `codes` names the study's region of each shape; several shapes may be of one region."""

    file: InputFile
    codes: tuple[str, ...]
    shapes: "tuple[BaseGeometry, ...]" = field(repr=False)

    def regions_at(
        self, longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]
    ) -> tuple[str | None, ...]:
        """Return the region's code of each point; None in no outline, and in outlines of several regions.

        Points on an outline are in it. Degrees of WGS 84; a coordinate that is not finite is nowhere.
        """
        from shapely import STRtree, points

        sound = np.isfinite(longitudes) & np.isfinite(latitudes)
        places = np.flatnonzero(sound)
        at, shape = STRtree(self.shapes).query(
            points(longitudes[sound], latitudes[sound]), predicate="intersects"
        )
        found: dict[int, set[str]] = {}
        for point, code in zip(
            places[at].tolist(), (self.codes[one] for one in shape), strict=True
        ):
            found.setdefault(point, set()).add(code)
        return tuple(
            next(iter(found[point])) if len(found.get(point, ())) == 1 else None
            for point in range(len(longitudes))
        )


def read_outlines(content: FileContent, regions: Regions) -> tuple[Outlines | None, list[Problem]]:
    """Return the outlines in a GeoJSON file, and what is wrong with it.

    A feature's region is named by its property `region_code`, `adcode`, `code` or `name`, in this order; a feature of
    no region of the study is passed over with a warning.
    """
    place = Place(file=content.file.path)
    if find_spec("shapely") is None:
        return None, [Problem("outlines-need-shapely", Severity.ERROR, place)]
    features = _features(content)
    if isinstance(features, Problem):
        return None, [features]
    problems: list[Problem] = []
    codes: list[str] = []
    shapes: list[BaseGeometry] = []
    strange: list[str] = []
    for position, feature in enumerate(features):
        code = _region(feature, regions)
        if isinstance(code, str):
            shape = _shape(feature, f"features[{position}]", place)
            if isinstance(shape, Problem):
                problems.append(shape)
            else:
                codes.append(code)
                shapes.append(shape)
        else:
            strange.append(code[0])
    problems += _passed_over(strange, place)
    if not codes and not problems:
        problems.append(Problem("outlines-empty", Severity.ERROR, place))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    return Outlines(content.file, tuple(codes), tuple(shapes)), problems


def _features(content: FileContent) -> Sequence[Mapping[str, Any]] | Problem:
    place = Place(file=content.file.path)
    try:
        read = json.loads(content.content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as trouble:
        reason = shown(str(trouble), 100)
        return Problem("outlines-not-json", Severity.ERROR, place, found=reason)
    features = read.get("features") if isinstance(read, Mapping) else None
    if not isinstance(features, list) or len(features) > _MOST_FEATURES:
        return Problem("outlines-not-features", Severity.ERROR, place)
    if not all(isinstance(one, Mapping) for one in features):
        return Problem("outlines-not-features", Severity.ERROR, place)
    return features


def _region(feature: Mapping[str, Any], regions: Regions) -> str | tuple[str]:
    """Return the code of a feature's region, or by what it is called if it has none in the study."""
    properties = feature.get("properties")
    named = properties if isinstance(properties, Mapping) else {}
    said = [str(named[name]) for name in _NAMES if isinstance(named.get(name), (str, int))]
    for spelling in said:
        if not isinstance(found := located(spelling, regions), Problem):
            return found
    return (said[0] if said else "–",)


def _shape(feature: Mapping[str, Any], path: str, place: Place) -> "BaseGeometry | Problem":
    from shapely import GEOSException, from_geojson, is_valid_reason, prepare

    at = Place(file=place.file, path=f"{path}.geometry")
    stated = feature.get("geometry")
    geometry: Mapping[str, object] = stated if isinstance(stated, Mapping) else {}
    if geometry.get("type") not in _SHAPES:
        found = shown(str(geometry.get("type", "–")))
        return Problem("outline-no-area", Severity.ERROR, at, found=found)
    if not all(_is_on_earth(pair) for pair in _positions(geometry.get("coordinates"), 0)):
        return Problem("outline-off-earth", Severity.ERROR, at)
    try:
        shape = from_geojson(json.dumps(geometry))
    except (GEOSException, ValueError) as trouble:
        return Problem("outline-invalid", Severity.ERROR, at, found=shown(str(trouble), 100))
    reason = is_valid_reason(shape)
    if reason != "Valid Geometry":
        return Problem("outline-invalid", Severity.ERROR, at, found=shown(reason, 100))
    prepare(shape)
    return shape


def _positions(coordinates: object, depth: int) -> Iterator[object]:
    """Yield the positions in a geometry's coordinates, or None for what is none."""
    if not isinstance(coordinates, list) or depth > len(_SHAPES) + 1:
        yield None
    elif coordinates and all(isinstance(one, (int, float)) for one in coordinates):
        yield coordinates
    else:
        for one in coordinates:
            yield from _positions(one, depth + 1)


def _is_on_earth(position: object) -> bool:
    if not isinstance(position, list) or len(position) < len(_MOST_DEGREES):
        return False
    # what is not finite is not within bounds
    return all(abs(own) <= most for own, most in zip(position, _MOST_DEGREES, strict=False))


def _passed_over(names: Sequence[str], place: Place) -> Iterator[Problem]:
    if names:
        listed = ", ".join(shown(name) for name in names[:_LISTED])
        details = {"count": len(names)}
        yield Problem("outlines-passed-over", Severity.WARNING, place, listed, details=details)
