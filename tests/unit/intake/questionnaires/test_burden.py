"""How many judgements an expert faces."""

import pytest

from suanli.framework import bundled
from suanli.intake.questionnaires import judgement_count


@pytest.mark.parametrize(
    ("framework_id", "way", "judgements", "minutes"),
    [
        ("cpdi-2.0", "pairwise", 24, 8),
        ("ccpe-3.0", "pairwise", 176, 59),
        ("ccpe-3.0", "incomplete", 82, 28),
        ("ccpe-3.0", "best-worst", 90, 30),
        ("ccpe-3.0", "scores", 66, 11),
        ("ccpe-3.0", "budget", 66, 17),
    ],
)
def test_counts_and_minutes(framework_id, way, judgements, minutes):
    burden = judgement_count(bundled(framework_id), way)
    assert (burden.judgements, burden.minutes) == (judgements, minutes)
