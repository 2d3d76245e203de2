"""The framework format as a JSON Schema, for editors and for programs in other languages."""

from copy import deepcopy
from typing import Any

from suanli.framework.framework import Framework

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NODES = (
    "The tree as a list: each node with the code of its `parent`. Exactly one node has no parent: "
    "the index, with its code and name. In place of `children` and `name`."
)
_AGGREGATION = "How scores rise through the tree."
_ROOT_CODE = "Code of the root node in every table of the result."
_PARENT = {
    "title": "Parent",
    "type": "string",
    "minLength": 1,
    "description": "Code of the node above; only the index has none.",
}


def json_schema() -> dict[str, Any]:
    """Return the format of a framework file as a JSON Schema (Draft 2020-12).

    Both forms of the tree are described: nested `children`, and the list `nodes`.
    """
    schema = Framework.model_json_schema(mode="validation")
    definitions = schema["$defs"]
    # what pydantic leaves without the words of its docstring: a dataclass, and a bare reference
    for language, name in (("zh", "Chinese"), ("en", "English")):
        definitions["Text"]["properties"][language]["description"] = f"The text in {name}."
    schema["properties"]["aggregation"]["description"] = _AGGREGATION
    definitions["ListedGroup"] = _listed(definitions["Group"], "ListedGroup", "A group in a list.")
    definitions["ListedIndicator"] = _listed(
        definitions["Indicator"], "ListedIndicator", "An indicator in a list."
    )
    definitions["ListedIndex"] = {
        "title": "ListedIndex",
        "description": "The index itself in a list: the one node without a parent.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "code": {"title": "Code", "type": "string", "minLength": 1, "description": _ROOT_CODE},
            "name": {"$ref": "#/$defs/Text", "description": "Short name of the composite score."},
            "parent": {"title": "Parent", "type": "null", "description": "The index has none."},
        },
        "required": ["code", "name"],
    }
    forms = ("ListedIndex", "ListedGroup", "ListedIndicator")
    schema["properties"]["nodes"] = {
        "title": "Nodes",
        "description": _NODES,
        "type": "array",
        "minItems": 2,
        "items": {"anyOf": [{"$ref": f"#/$defs/{form}"} for form in forms]},
    }
    schema["required"] = [n for n in schema["required"] if n not in ("children", "name")]
    schema["oneOf"] = [
        {"title": "Nested tree", "required": ["name", "children"]},
        {"title": "Listed tree", "required": ["nodes"]},
    ]
    return {"$schema": DIALECT, **schema}


def _listed(node: dict[str, Any], title: str, description: str) -> dict[str, Any]:
    """Return the schema of a node as it stands in a list: with a parent, without children."""
    listed = deepcopy(node)
    listed["properties"].pop("children", None)
    listed["properties"]["parent"] = dict(_PARENT)
    required = [name for name in listed["required"] if name != "children"]
    return {
        **listed,
        "title": title,
        "description": description,
        "required": [*required, "parent"],
    }
