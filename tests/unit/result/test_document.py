"""JSON documents of saved folders: laid out line by line, and read with suspicion."""

import json

import pytest

from suanli.language import Text
from suanli.result import document

WRONG = [
    (document.mapping, [], "not a mapping"),
    (document.listing, {}, "not a list"),
    (document.string, 1, "not a text: 1"),
    (document.whole, 1.0, "not a whole number"),
    (document.whole, True, "not a whole number"),
    (document.flag, 1, "not true or false"),
    (document.number, "1", "not a number"),
    (document.number, True, "not a number"),
    (document.text, "张三", "not a mapping"),
]


@pytest.mark.parametrize(("part", "value", "message"), WRONG)
def test_a_part_of_another_type_is_refused(part, value, message):
    with pytest.raises(TypeError, match=message):
        part(value)


def test_a_text_needs_both_languages():
    assert document.text({"zh": "甲", "en": "a"}) == Text("甲", "a")
    with pytest.raises(KeyError, match="en"):
        document.text({"zh": "甲"})


def test_the_layout_is_that_of_the_same_json():
    told = {
        "name": "算力",
        "rows": [{"a": 1}, {"a": 2}],
        "files": {"x.csv": {"rows": 1}},
        "none": [],
    }
    text = document.text_of(told)
    assert json.loads(text) == told
    assert text.splitlines()[1:5] == [' "name": "算力",', ' "rows": [', '  {"a": 1},', '  {"a": 2}']


def test_the_digest_is_of_what_is_said_not_of_how():
    told = {"name": "算力", "rows": [{"a": 1}]}
    again = document.document_in(document.text_of(told).encode())
    assert again is not None
    assert document.own_digest(again) == document.own_digest(told)
    assert document.own_digest(told | {"name": "存力"}) != document.own_digest(told)


def test_details_come_back_as_they_were():
    told = {"names": ("甲", "乙"), "share": 0.25, "odd": float("nan"), "text": Text("甲", "a")}
    plain = document.plain(told)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["text"] == {"zh": "甲", "en": "a"}
    assert document.details(plain) == told | {"odd": "nan"}


@pytest.mark.parametrize("data", [b"[" * 200_000, b"\xff\xfe", b'"text"', b"NaN", b"", b"[1]"])
def test_what_is_no_object_is_none(data):
    assert document.document_in(data) is None
