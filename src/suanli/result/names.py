"""Regions, nodes and periods of a result, found by what people call them."""

from difflib import get_close_matches

from suanli.framework import Framework, Group, Indicator
from suanli.problems import Place, Problem, ResultError, Severity
from suanli.regions import provinces
from suanli.result.contents import Contents, RegionName

_NOT_COVERED = "region-not-covered"


def region_named(contents: Contents, spelling: str) -> RegionName:
    """Return the region with this code, full name, short name or English name.

    Raises
    ------
    ResultError
        If the result has no such region (the nearest names are given, if any are near), or several;
        for Hong Kong, Macao and Taiwan of China, that they are not covered.
    """
    wanted = spelling.strip().casefold()
    found = [region for region in contents.regions if wanted in _spellings(region)]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(f"{region.zh} ({region.code})" for region in found)
        raise _error("result-region-ambiguous", spelling, listed)
    if getattr(provinces().find(spelling), "code", "") == _NOT_COVERED:
        raise _error("result-region-not-covered", spelling, "")
    known = {name: region for region in contents.regions for name in _spellings(region)}
    near = [known[name] for name in get_close_matches(wanted, known, n=5, cutoff=0.5)]
    listed = "、".join(dict.fromkeys(region.zh for region in near))
    code = "result-region-unknown" if listed else "result-region-unlisted"
    raise _error(code, spelling, listed)


def node_code(contents: Contents, name: str) -> str:
    """Return the code of a node by its code or by its name in either language.

    `index` is the composite score whatever code its framework gives it.

    Raises
    ------
    ResultError
        If the framework has no such node.
    """
    nodes = nodes_by_code(contents.framework)
    if name in nodes:
        return name
    if name == "index":
        return contents.framework.code
    wanted = name.strip().casefold()
    named = [
        code
        for code, node in nodes.items()
        if wanted in (node.name.zh.casefold(), node.name.en.casefold())
    ]
    if named:
        # a pillar may be called like its dimension: the one nearer the index is meant
        return named[0]
    near = get_close_matches(name, nodes, n=5, cutoff=0.4) or list(nodes)[:8]
    raise _error("result-node-unknown", name, ", ".join(near))


def period_or_latest(contents: Contents, period: str | None) -> str:
    """Return the period, or the result's last when none is named.

    Raises
    ------
    ResultError
        If the result does not cover the period.
    """
    periods = contents.about.periods
    if period is None:
        return periods[-1]
    if period not in periods:
        raise _error("result-period-unknown", period, ", ".join(periods))
    return period


def period_before(contents: Contents, period: str) -> str | None:
    """Return the period before this one in the result, if there is one."""
    position = contents.about.periods.index(period)
    return contents.about.periods[position - 1] if position else None


def nodes_by_code(framework: Framework) -> dict[str, Framework | Group | Indicator]:
    """Return every node of the tree by its code, the index first, then parents before children."""
    below = {placed.node.code: placed.node for placed in framework.walk()}
    return {framework.code: framework, **below}


def _spellings(region: RegionName) -> tuple[str, ...]:
    return tuple(
        name.casefold() for name in (region.code, region.zh, region.short, region.en) if name
    )


def _error(code: str, found: str, expected: str) -> ResultError:
    return ResultError([Problem(code, Severity.ERROR, Place(), found=found, expected=expected)])
