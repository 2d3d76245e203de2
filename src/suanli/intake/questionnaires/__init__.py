"""Questionnaires for a panel of experts; imports framework, methods and the intake's template, not the panels."""

from suanli.intake.questionnaires.burden import Burden, judgement_count
from suanli.intake.questionnaires.design import design, designs
from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.groups import codes_digest, judged_groups
from suanli.intake.questionnaires.layout import GroupSheet, group_sheets
from suanli.intake.questionnaires.panel_folder import PanelChoices, new_panel
from suanli.intake.questionnaires.printable import printable
from suanli.intake.questionnaires.questionnaire import questionnaire
from suanli.intake.questionnaires.round_folder import new_round
from suanli.intake.questionnaires.survey import FormChoices

__all__ = [
    "Burden",
    "Feedback",
    "FormChoices",
    "GroupSheet",
    "PanelChoices",
    "codes_digest",
    "design",
    "designs",
    "group_sheets",
    "judged_groups",
    "judgement_count",
    "new_panel",
    "new_round",
    "printable",
    "questionnaire",
]
