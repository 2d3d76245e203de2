"""Why a spelling is no region of the list, as problems."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from suanli.problems import Place, Problem, Severity
from suanli.regions.region import Region

_LONGEST_QUOTE = 60


def blank(members: Sequence[Region]) -> Problem:
    """Return the problem of a cell without a region."""
    return _problem("region-blank", Severity.ERROR, "", _named("example", members[:1]))


def unknown(spelling: str, near: Sequence[Region], members: Sequence[Region]) -> Problem:
    """Return the problem of a name or code that is not known, with the closest regions if any."""
    if near:
        return _problem("region-unknown-close", Severity.ERROR, spelling, _list(near))
    return _problem("region-unknown", Severity.ERROR, spelling, _named("example", members[:1]))


def ambiguous(spelling: str, meant: Sequence[Region], example: Region) -> Problem:
    """Return the problem of a spelling that may mean several regions; `example` is one of them."""
    details = {"example_name": shown(example.name.zh), "example_code": shown(example.code)}
    return _problem("region-ambiguous", Severity.ERROR, spelling, _list(meant) | details)


def not_a_member(spelling: str, hits: Sequence[Region], level: str) -> Problem:
    """Return the problem of a known region that is of another level or left out of the list."""
    code, severity = "region-not-selected", Severity.WARNING
    if level in {"province", "prefecture"} and hits[0].level != level:
        code, severity = f"region-is-{hits[0].level}", Severity.ERROR
    return _problem(code, severity, spelling, _list(hits))


def outside(spelling: str, region: Region) -> Problem:
    """Return the problem of a region that is known but not covered."""
    details = {"region_zh": region.name.zh, "region_en": region.name.en}
    return _problem("region-not-covered", Severity.WARNING, spelling, details)


def aggregate(spelling: str) -> Problem:
    """Return the problem of a total or of an area that spans several regions."""
    return _problem("region-aggregate", Severity.WARNING, spelling, {})


def named_twice(spelling: str, region: Region) -> Problem:
    """Return the problem of a region that a list of spellings names a second time."""
    return _problem("region-named-twice", Severity.ERROR, spelling, _named("region", [region]))


def empty_list(file: str = "") -> Problem:
    """Return the problem of a list without any region."""
    return Problem("region-list-empty", Severity.ERROR, Place(file=file))


def shown(text: str) -> str:
    r"""Return a cell's text fit for a message: one line, printable, not overlong.

    >>> shown("广东\n省")
    '广东 省'
    """
    line = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def _problem(code: str, severity: Severity, spelling: str, details: Mapping[str, str]) -> Problem:
    expected = details.get("candidates", "")
    return Problem(
        code, severity, Place(), shown(spelling), expected, MappingProxyType({**details})
    )


def _list(regions: Sequence[Region]) -> dict[str, str]:
    listed = "; ".join(f"{shown(region.code)} {shown(region.name.zh)}" for region in regions)
    return {"candidates": listed, **_named("candidates", regions)}


def _named(word: str, regions: Sequence[Region]) -> dict[str, str]:
    return {
        f"{word}_zh": "、".join(f"{shown(it.name.zh)}（{shown(it.code)}）" for it in regions),
        f"{word}_en": "; ".join(f"{shown(it.name.en)} ({shown(it.code)})" for it in regions),
    }
