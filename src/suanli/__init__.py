"""Suanli (算力): regions evaluated by composite indices of computing power.

>>> import suanli
>>> suanli.bundled("ccpe-3.0").title.en
'Comprehensive Computing Power Evaluation System 3.0'

The main calls: `run` a study folder, `load_result` from a result folder, `comparison` of two results, `bundled` for a
framework that comes with the package, `parse` for one of your own. Tables are polars frames; `.to_pandas()` is one call
away.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suanli.framework import Framework, bundled, bundled_ids, difference, parse
    from suanli.intake import check_study, new_study, read_study
    from suanli.pipeline import run
    from suanli.problems import SuanliError
    from suanli.result import Result, comparison, facts_beside, frozen_framework, load_result
    from suanli.scoring import score

__all__ = [
    "Framework",
    "Result",
    "SuanliError",
    "bundled",
    "bundled_ids",
    "check_study",
    "comparison",
    "difference",
    "facts_beside",
    "frozen_framework",
    "load_result",
    "new_study",
    "parse",
    "read_study",
    "run",
    "score",
]

# imported when asked for, so that `import suanli` and `suanli --help` cost nothing
_HOMES = {
    "Framework": ("suanli.framework", "Framework"),
    "Result": ("suanli.result", "Result"),
    "SuanliError": ("suanli.problems", "SuanliError"),
    "bundled": ("suanli.framework", "bundled"),
    "bundled_ids": ("suanli.framework", "bundled_ids"),
    "check_study": ("suanli.intake", "check_study"),
    "comparison": ("suanli.result", "comparison"),
    "difference": ("suanli.framework", "difference"),
    "facts_beside": ("suanli.result", "facts_beside"),
    "frozen_framework": ("suanli.result", "frozen_framework"),
    "load_result": ("suanli.result", "load_result"),
    "new_study": ("suanli.intake", "new_study"),
    "parse": ("suanli.framework", "parse"),
    "read_study": ("suanli.intake", "read_study"),
    "run": ("suanli.pipeline", "run"),
    "score": ("suanli.scoring", "score"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of every type
    if name not in _HOMES:
        message = f"module 'suanli' has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
