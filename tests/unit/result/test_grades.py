import pytest

from suanli.methods.pairwise.judgement_scales import SCALES, ratios
from suanli.result.grades import grade_of


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("items", [3, 7, 100])
def test_a_grade_is_found_again_from_its_ratio(scale, items):
    for grade in (1.0, 1.5, 2.0, 5.0, 9.0):
        assert grade_of(float(ratios(grade, scale, items=items)), scale, items) == grade
