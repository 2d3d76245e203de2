"""An indicator by what people call it: its code, a name in either language, or an alias."""

from collections.abc import Iterator
from difflib import get_close_matches

from suanli.framework import Framework, Indicator
from suanli.problems import Place, Problem, Severity, StudyError

_MOST = 5


def indicator_named(framework: Framework, spelling: str) -> Indicator:
    """Return the indicator of a framework that a spelling names; a code comes before names.

    Raises
    ------
    StudyError
        If it names none, with the closest codes and names, or several, with their codes.
    """
    wanted = _key(spelling)
    known = framework.indicators()
    found = [indicator for indicator in known if _key(indicator.code) == wanted]
    found = found or [indicator for indicator in known if wanted in map(_key, _names(indicator))]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(f"{each.code} {each.name.zh}" for each in found)
        raise _refusal("indicator-ambiguous", spelling, listed, framework)
    spelt = {_key(name): each for each in known for name in (*_names(each), each.code)}
    near = [spelt[key] for key in get_close_matches(wanted, spelt, n=_MOST, cutoff=0.4)]
    near += [each for each in known if wanted and wanted in _key(each.name.zh)]
    closest = list(dict.fromkeys(f"{each.code} {each.name.zh}" for each in near or known[:_MOST]))
    raise _refusal("indicator-unknown", spelling, "; ".join(closest[:_MOST]), framework)


def _names(indicator: Indicator) -> Iterator[str]:
    yield from (indicator.name.zh, indicator.name.en, *indicator.aliases)


def _key(spelling: str) -> str:
    return "".join(spelling.split()).casefold()


def _refusal(code: str, found: str, expected: str, framework: Framework) -> StudyError:
    details = {"framework": framework.id}
    problem = Problem(code, Severity.ERROR, Place(), found[:80], expected, details)
    return StudyError([problem])
