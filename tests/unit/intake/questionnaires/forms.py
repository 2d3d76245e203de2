"""Forms, rules and answers that the tests of questionnaires share."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import numpy as np
import openpyxl

from suanli.framework import bundled
from suanli.intake.questionnaires import Feedback
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.questionnaires.questionnaire import questionnaire
from tests.made import framework, group, indicator


@dataclass(frozen=True)
class Rules:
    elicitation: str = "pairwise"
    random_index: str = "alonso-lamata"
    score_rule: str = "ratio"
    simulated: bool = False


def small_framework():
    """Three groups of 3, 2 and 4 members."""
    return framework(
        group("A", indicator("A1"), indicator("A2")),
        group("B", *(indicator(f"B{n}") for n in range(1, 5))),
        indicator("C"),
    )


def framework_of_sizes():
    """Groups of 5, 3, 4, 7 and 11 members."""
    groups = (group(f"G{n}", *(indicator(f"G{n}.{k}") for k in range(n))) for n in (3, 4, 7, 11))
    return framework(*groups, indicator("alone"))


def hostile_framework():
    """Names that would be formulas, links, markup or wildcards if they were not written as text."""
    name = {"zh": '=HYPERLINK("http://x","点")', "en": "@SUM(1+1)*cmd|' /C calc'!A0"}
    return framework(
        group("=1+1", indicator("+2", name=name), indicator("-3", definition=name), name=name),
        group("b&c", indicator("x"), indicator("~*?")),
        title={"zh": '=1+1&"页眉"', "en": "&P &[Tab] <b>"},
        name=name,
    )


def opened(form):
    return openpyxl.load_workbook(io.BytesIO(form))


def shown(form):
    return openpyxl.load_workbook(io.BytesIO(form), data_only=True)


def parts(form, tag):
    """Texts of all elements `f`, or the attributes of all elements of another kind, by sheet, without a workbook."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(form)) as packed:
        names = [
            sheet.get("name")
            for sheet in ElementTree.parse(packed.open("xl/workbook.xml")).iter(f"{main}sheet")
        ]
        found = {}
        for number, name in enumerate(names, start=1):
            root = ElementTree.parse(packed.open(f"xl/worksheets/sheet{number}.xml"))
            found[name] = [
                (each.text or "") if tag == "f" else dict(each.attrib)
                for each in root.iter(f"{main}{tag}")
            ]
    return found


@cache
def whole_form(way, framework_id):
    """A form of a framework that comes with the program, made once."""
    return questionnaire(bundled(framework_id), "E07", rules=Rules(way))


def answers(declared, way, seed=1, noise=0.3):
    """Answers on the scale of the form, consistent but for the noise."""
    random = np.random.default_rng(seed)
    given = {}
    for node, items in judged_groups(declared):
        count = len(items)
        strength = random.normal(0, 0.6, count)
        if way == "scores":
            given[node] = random.integers(2, 10, count).astype(float)
        elif way == "budget":
            points = np.ones(count) + random.multinomial(100 - count, np.ones(count) / count)
            given[node] = points
        else:
            given[node] = matrix(strength, random.normal(0, noise, (count, count)))
    return given


def matrix(strength, noise):
    """The matrix of grades on 1–9 nearest to differences of strength with noise."""
    count = len(strength)
    grades = np.ones((count, count))
    for i in range(count):
        for j in range(i + 1, count):
            step = np.exp(strength[i] - strength[j] + noise[i, j])
            grade = min(9.0, max(1.0, float(np.round(max(step, 1 / step)))))
            grades[i, j] = grade if step > 1 else 1 / grade
            grades[j, i] = 1 / grades[i, j]
    return grades


def best_worst(grades):
    """The matrix with its best row and worst column from 1 up, as that way of asking has it."""
    strength = np.log(grades).sum(axis=1)
    best, worst = int(strength.argmax()), int(strength.argmin())
    changed = grades.copy()
    changed[best] = np.maximum(grades[best], 1)
    changed[:, worst] = np.maximum(changed[:, worst], 1)
    return changed, best, worst


def feedback(way="pairwise", **fields):
    """Feedback on group B from five experts."""
    panel = np.stack([answers(small_framework(), way, seed)["B"] for seed in range(5)])
    own = panel[0]
    extremes = None
    if way == "best-worst":
        own, *extremes = best_worst(panel[0])
        panel[0] = own
    logs = np.log(panel) if panel.ndim == 3 else panel
    quarters = np.quantile(logs, (0.25, 0.5, 0.75), axis=0)
    lower, median, upper = np.exp(quarters) if panel.ndim == 3 else quarters
    told = {"own": own, "median": median, "lower": lower, "upper": upper, **fields}
    return Feedback(**told, extremes=tuple(extremes) if extremes else None)


def form_with_feedback(way="pairwise", told=None, **choices):
    told = told or feedback(way)
    return questionnaire(
        small_framework(), "E07", rules=Rules(way), round=2, feedback={"B": told}, **choices
    )
