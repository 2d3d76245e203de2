"""The format as a JSON Schema."""

import json

import jsonschema
import pytest

from suanli.framework import json_schema
from tests.unit.framework.samples import ABSENT, LISTED, content

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_it_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("base", [None, LISTED], ids=["nested", "listed"])
def test_it_admits_both_forms_of_the_tree(base):
    assert list(VALIDATOR.iter_errors(content(base=base))) == []


@pytest.mark.parametrize(
    ("changes", "base"),
    [
        ({"normalisation/metod": "rank"}, None),
        ({"children/0/children/0/direction": "up"}, None),
        ({"children/0/children/0/unit": ABSENT}, None),
        ({"children/0/weight": -1}, None),
        ({"children": ABSENT}, None),
        ({"nodes": LISTED["nodes"]}, None),
        ({"nodes/3/unit": ABSENT}, LISTED),
        ({"nodes/3/parent": 1}, LISTED),
        ({"nodes/0/weight": 1}, LISTED),
    ],
)
def test_it_refuses_faults(changes, base):
    assert list(VALIDATOR.iter_errors(content(changes, base)))


def test_every_property_is_described():
    schema = json_schema()
    for owner in (schema, *schema["$defs"].values()):
        for name, field in owner["properties"].items():
            assert field.get("description"), (owner["title"], name)


def test_it_is_the_same_every_time():
    assert json.dumps(json_schema()) == json.dumps(json_schema())
