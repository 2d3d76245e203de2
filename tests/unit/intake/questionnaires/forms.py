"""Forms, rules and answers that the tests of questionnaires share."""

import io
from dataclasses import dataclass

import numpy as np
import openpyxl

from suanli.intake.questionnaires import judged_groups
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
