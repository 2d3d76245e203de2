"""Suanli (算力): regions evaluated by composite indices of computing power.

>>> import suanli
>>> suanli.bundled("ccpe-3.0").title.en
'Comprehensive Computing Power Evaluation System 3.0'

The main calls: `run` a study folder, `load_result` from a result folder, `comparison` of two results, `bundled` for a
framework that comes with the package, `parse` for one of your own, `judged` for the weights of a panel of experts.
Tables are polars frames; `.to_pandas()` is one call away.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suanli.framework import Framework, bundled, bundled_ids, difference, parse
    from suanli.intake import check_study, new_study, read_panel, read_study
    from suanli.pipeline import indicators as indicator_values
    from suanli.pipeline import judged, run, trace
    from suanli.problems import SuanliError
    from suanli.result import (
        Result,
        comparison,
        facts_beside,
        fitted_weights,
        frozen_framework,
        load_panel_result,
        load_result,
    )
    from suanli.scoring import score
    from suanli.weighting import assessment, panel_weights, weight_draws

__all__ = [
    "Framework",
    "Result",
    "SuanliError",
    "assessment",
    "bundled",
    "bundled_ids",
    "check_study",
    "comparison",
    "difference",
    "facts_beside",
    "fitted_weights",
    "frozen_framework",
    "indicator_values",
    "judged",
    "load_panel_result",
    "load_result",
    "new_study",
    "panel_weights",
    "parse",
    "read_panel",
    "read_study",
    "run",
    "score",
    "trace",
    "weight_draws",
]

# imported when asked for, so that `import suanli` and `suanli --help` cost nothing
_HOMES = {
    "Framework": ("suanli.framework", "Framework"),
    "Result": ("suanli.result", "Result"),
    "SuanliError": ("suanli.problems", "SuanliError"),
    "assessment": ("suanli.weighting", "assessment"),
    "bundled": ("suanli.framework", "bundled"),
    "bundled_ids": ("suanli.framework", "bundled_ids"),
    "check_study": ("suanli.intake", "check_study"),
    "comparison": ("suanli.result", "comparison"),
    "difference": ("suanli.framework", "difference"),
    "facts_beside": ("suanli.result", "facts_beside"),
    "fitted_weights": ("suanli.result", "fitted_weights"),
    "frozen_framework": ("suanli.result", "frozen_framework"),
    "indicator_values": ("suanli.pipeline", "indicators"),
    "judged": ("suanli.pipeline", "judged"),
    "load_panel_result": ("suanli.result", "load_panel_result"),
    "load_result": ("suanli.result", "load_result"),
    "new_study": ("suanli.intake", "new_study"),
    "panel_weights": ("suanli.weighting", "panel_weights"),
    "parse": ("suanli.framework", "parse"),
    "read_panel": ("suanli.intake", "read_panel"),
    "read_study": ("suanli.intake", "read_study"),
    "run": ("suanli.pipeline", "run"),
    "score": ("suanli.scoring", "score"),
    "trace": ("suanli.pipeline", "trace"),
    "weight_draws": ("suanli.weighting", "weight_draws"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of every type
    if name not in _HOMES:
        message = f"module 'suanli' has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
