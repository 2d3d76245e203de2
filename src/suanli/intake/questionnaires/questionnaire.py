"""One expert's questionnaire, as an Excel workbook."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, Unpack

from suanli.framework import Framework
from suanli.intake.questionnaires.best_worst_sheet import best_worst_sheet
from suanli.intake.questionnaires.facts import facts_sheet
from suanli.intake.questionnaires.guide import write_guide
from suanli.intake.questionnaires.layout import GroupSheet, guide_name
from suanli.intake.questionnaires.pair_sheet import pair_sheet
from suanli.intake.questionnaires.score_sheet import score_sheet
from suanli.intake.questionnaires.state import Shown
from suanli.intake.questionnaires.stationery import Stationery
from suanli.intake.questionnaires.survey import FormChoices, Rules, Survey, survey_of
from suanli.intake.template.paper import HEADING

_Writer: TypeAlias = Callable[[Stationery, Survey, GroupSheet], Shown]
_WRITERS: Mapping[str, _Writer] = {
    "pairwise": pair_sheet,
    "incomplete": pair_sheet,
    "best-worst": best_worst_sheet,
    "scores": score_sheet,
    "budget": score_sheet,
}


def questionnaire(
    framework: Framework, expert: str, *, rules: Rules, **choices: Unpack[FormChoices]
) -> bytes:
    """Return the workbook that an expert fills in; the same arguments give the same bytes.

    A guide with the progress of all sheets, a sheet a group of siblings, and a hidden one that says what the form was
    made for. Only answer cells can be changed; there is no password. Everything is in both languages.

    Parameters
    ----------
    framework, expert, rules
        What is judged, the expert's id, and how it is asked; a panel's rules fit.
    **choices
        `round`, `language` (that stands first), `feedback` by group, `asked` by group: see `FormChoices`. With
        feedback the answer cells hold the expert's earlier answers, so that whatever is left unchanged stands;
        earlier answers between the steps of the scale leave their cells empty.

    Raises
    ------
    ValueError
        If a group that is asked or fed back is not judged, a mask or an answer fed back has another shape than the
        group, or the pairs asked do not connect a group's items.
    """
    survey = survey_of(framework, rules, expert, choices)
    title = f"{framework.title.said(survey.language)} {expert}"
    stationery = Stationery(survey.language, title)
    guide = stationery.sheet(guide_name(survey.language), colour=HEADING)
    write = _WRITERS[rules.elicitation]
    states = [write(stationery, survey, group) for group in survey.sheets]
    write_guide(guide, survey, states)
    facts_sheet(stationery, survey)
    return stationery.content()
