"""Every method that a message may name has its words."""

import pytest

from suanli.framework import MissingData, Normalisation, Treatment
from suanli.scoring.domain import _MEASURES_DISTANCE
from suanli.scoring.method_words import method_words


def names(model, field):
    return model.model_fields[field].annotation.__args__


@pytest.mark.parametrize(
    "method",
    [
        *sorted(set(names(MissingData, "method")) - {"none"}),
        *sorted(set(names(Treatment, "method")) - {"none"}),
        *names(Normalisation, "constant"),
        *sorted(set(names(Normalisation, "method")) - _MEASURES_DISTANCE),
    ],
)
def test_method_has_words_in_both_languages(method):
    words = method_words(method)
    assert words["method_zh"]
    assert words["method_en"]
