"""The result: tables saved, loaded, compared, held against facts; may import scoring and below."""

from suanli.indicators import Computation
from suanli.indicators.traced_items import ItemLine
from suanli.result.assembling import assembled
from suanli.result.comparison import Comparison, comparison
from suanli.result.contents import About, RegionName
from suanli.result.fact_fitting import FittedWeights, OrderCount, fitted_weights
from suanli.result.facts import FactTable, FactVerdict, facts_beside
from suanli.result.freezing import frozen_framework
from suanli.result.indicator_values import IndicatorValues, indicator_values
from suanli.result.loading import load_result
from suanli.result.panels import PanelResult, load_panel_result, panel_result, save_panel_result
from suanli.result.rescoring import rescored, verified
from suanli.result.result import Result
from suanli.result.standing import Profile, TopChange
from suanli.result.tracing import Cell, GivenValue, Trace, VariableValue, cell_named, traced

__all__ = [
    "About",
    "Cell",
    "Comparison",
    "Computation",
    "FactTable",
    "FactVerdict",
    "FittedWeights",
    "GivenValue",
    "IndicatorValues",
    "ItemLine",
    "OrderCount",
    "PanelResult",
    "Profile",
    "RegionName",
    "Result",
    "TopChange",
    "Trace",
    "VariableValue",
    "assembled",
    "cell_named",
    "comparison",
    "facts_beside",
    "fitted_weights",
    "frozen_framework",
    "indicator_values",
    "load_panel_result",
    "load_result",
    "panel_result",
    "rescored",
    "save_panel_result",
    "traced",
    "verified",
]
