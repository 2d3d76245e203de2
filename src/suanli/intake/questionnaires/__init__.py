"""Questionnaires for a panel of experts; imports framework, methods and the intake's template, not the panels."""

from suanli.intake.questionnaires.burden import judgement_count
from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.panel_folder import new_panel
from suanli.intake.questionnaires.round_folder import new_round

__all__ = ["Feedback", "judgement_count", "new_panel", "new_round"]
