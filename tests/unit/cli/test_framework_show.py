import json

import pytest


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "极差标准化（min-max）"), ("en", "min–max rescaling (min-max)")]
)
def test_bundled(suanli, language, words):
    answer = suanli("framework", "show", "ccpe-3.0", language=language)
    assert answer.code == 0
    assert words in answer.out


def test_json_is_the_framework(suanli):
    from suanli.framework import Framework, bundled

    found = json.loads(suanli("framework", "show", "cpdi-2.0", "--json").out)
    assert Framework.model_validate(found) == bundled("cpdi-2.0")


def test_unknown(suanli):
    answer = suanli("framework", "show", "nope", language="zh")
    assert answer.code == 1
    assert "ccpe-3.0" in answer.err
