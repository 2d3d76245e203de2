"""The result: tables saved, loaded, compared, held against facts; may import scoring and below."""

from suanli.result.assembling import assembled
from suanli.result.comparison import Comparison, comparison
from suanli.result.contents import About, RegionName
from suanli.result.facts import FactTable, FactVerdict, facts_beside
from suanli.result.freezing import frozen_framework
from suanli.result.loading import load_result
from suanli.result.panels import PanelResult, load_panel_result, panel_result, save_panel_result
from suanli.result.rescoring import rescored, verified
from suanli.result.result import Result
from suanli.result.standing import Profile, TopChange

__all__ = [
    "About",
    "Comparison",
    "FactTable",
    "FactVerdict",
    "PanelResult",
    "Profile",
    "RegionName",
    "Result",
    "TopChange",
    "assembled",
    "comparison",
    "facts_beside",
    "frozen_framework",
    "load_panel_result",
    "load_result",
    "panel_result",
    "rescored",
    "save_panel_result",
    "verified",
]
