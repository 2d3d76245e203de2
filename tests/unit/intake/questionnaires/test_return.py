"""Forms that were written, filled in and returned are read as they were answered."""

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.panels import read_panel
from suanli.intake.questionnaires import new_panel
from suanli.intake.questionnaires.layout import ELICITATIONS
from tests.filled import filled, sheets_of
from tests.unit.intake.questionnaires.forms import answers, small_framework


@pytest.mark.parametrize("way", ELICITATIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_answers_come_back(way, language, tmp_path):
    folder = tmp_path / "p"
    declared = bundled("cpdi-2.0") if language == "zh" else small_framework()
    new_panel(
        folder,
        declared,
        experts=["张三", "E02"],
        elicitation=way,
        language=language,
        standalone=declared.id,
    )
    given = {}
    for seed, expert in enumerate(("张三", "E02")):
        form = (folder / f"questionnaires/{expert}.xlsx").read_bytes()
        # consistent to the step: the best and worst stand out in every row
        given[expert] = answers(declared, way, seed=seed, noise=0.0)
        full = filled(form, declared, given[expert])
        (folder / f"returned/{expert}.xlsx").write_bytes(full)
    sheets = sheets_of(form, declared)
    panel = read_panel(folder)
    assert [expert.id for expert in panel.experts] == ["张三", "E02"]
    for group, sheet in zip(panel.rounds[0].groups, sheets, strict=True):
        for row, expert in enumerate(("张三", "E02")):
            expected = given[expert][group.node]
            if way in ("scores", "budget"):
                assert group.scores[row].tolist() == expected.tolist()
                continue
            grades = group.grades[row]
            asked = ~np.isnan(grades)
            assert np.array_equal(asked, asked.T)
            assert grades[asked] == pytest.approx(expected[asked])
            known = (int(asked.sum()) - len(group.items)) // 2
            count = 2 * len(group.items) - 3 if way == "best-worst" else len(sheet.pairs)
            assert known == count
