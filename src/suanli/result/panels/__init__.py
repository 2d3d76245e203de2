"""What is kept of a panel: its weights with all they rest on, as a folder; may import weighting and below."""

from suanli.result.panels.assembling import panel_result
from suanli.result.panels.contents import PanelAbout, PanelResult
from suanli.result.panels.lines import panel_lines
from suanli.result.panels.loading import load_panel_result
from suanli.result.panels.manifest import influential_entry
from suanli.result.panels.saving import save_panel_result

__all__ = [
    "PanelAbout",
    "PanelResult",
    "influential_entry",
    "load_panel_result",
    "panel_lines",
    "panel_result",
    "save_panel_result",
]
