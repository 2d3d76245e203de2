"""The bundled frameworks."""

import pytest

from suanli.framework import bundled, bundled_ids, dump, framework_problems, parse
from suanli.problems import FrameworkError, errors


def test_the_bundled_frameworks():
    assert bundled_ids() == ("ccpe-3.0", "ccpe-3.0-city", "cpdi-1.0", "cpdi-2.0", "open-1.0")


@pytest.mark.parametrize("framework_id", bundled_ids())
def test_a_bundled_framework_is_sound_and_read_once(framework_id):
    framework = bundled(framework_id)
    assert framework.id == framework_id
    assert not errors(framework_problems(framework))
    assert bundled(framework_id) is framework


@pytest.mark.parametrize("framework_id", bundled_ids())
def test_a_bundled_framework_survives_being_written(framework_id):
    text = dump(bundled(framework_id))
    assert parse(text) == bundled(framework_id)
    assert dump(parse(text)) == text


@pytest.mark.parametrize("name", ["cpdi-2", "cpdi-2.0.yaml"])
def test_an_unknown_id_is_told_with_those_that_are_known(name):
    with pytest.raises(FrameworkError, match=r"no bundled framework.*cpdi-"):
        bundled(name)


@pytest.mark.parametrize("name", ["../rules", "gdp", ""])
def test_an_id_that_resembles_nothing_is_told_with_all_there_are(name):
    with pytest.raises(FrameworkError, match=r"Available: ccpe-3\.0, .*open-1\.0") as caught:
        bundled(name)
    assert "Did you mean" not in str(caught.value)
