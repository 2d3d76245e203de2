"""A panel's files to validated answers, or every reason why not; imports framework, the rest of intake and methods."""

from suanli.intake.panels.panel import Expert, GroupAnswers, Panel, Revision, Round
from suanli.intake.panels.place import (
    DEMONSTRATION,
    bundled_panel,
    bundled_panels,
    named_panel_place,
    panel_home,
    weights_folder,
)
from suanli.intake.panels.reading import check_panel, read_panel
from suanli.intake.panels.rules import (
    Exclusion,
    ExpertEntry,
    PanelRules,
    StopRule,
    Uncertainty,
)
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.questionnaires.layout import COMPARING, SCORED, Elicitation

__all__ = [
    "COMPARING",
    "DEMONSTRATION",
    "SCORED",
    "Elicitation",
    "Exclusion",
    "Expert",
    "ExpertEntry",
    "GroupAnswers",
    "Panel",
    "PanelRules",
    "Revision",
    "Round",
    "StopRule",
    "Uncertainty",
    "bundled_panel",
    "bundled_panels",
    "check_panel",
    "judged_groups",
    "named_panel_place",
    "panel_home",
    "read_panel",
    "weights_folder",
]
