"""What is kept of a panel: its weights with all they rest on, as a folder; may import weighting and below."""

from suanli.result.panels.assembling import panel_result
from suanli.result.panels.contents import PanelAbout, PanelResult
from suanli.result.panels.limits import agreement_word, consistency_limits
from suanli.result.panels.loading import load_panel_result
from suanli.result.panels.people import visible
from suanli.result.panels.saving import save_panel_result

__all__ = [
    "PanelAbout",
    "PanelResult",
    "agreement_word",
    "consistency_limits",
    "load_panel_result",
    "panel_result",
    "save_panel_result",
    "visible",
]
