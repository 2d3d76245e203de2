"""A small sound framework as plain values, and copies of it with faults put in by path."""

import copy

import yaml


def words(zh):
    return {"zh": zh, "en": f"{zh} (en)"}


def indicator(code, **fields):
    return {
        "code": code,
        "name": words(f"指标{code}"),
        "unit": "万台",
        "direction": "higher",
        "kind": "extensive",
        "definition": words("定义"),
        "formula": words("算法"),
        "source": words("来源"),
        **fields,
    }


SOUND = {
    "id": "sample-1.0",
    "family": "sample",
    "version": "1.0",
    "title": words("样例"),
    "description": words("样例说明"),
    "source": words("样例来源"),
    "region_level": "province",
    "name": words("综合指数"),
    "variables": [
        {"code": "users", "name": words("用户"), "unit": "万户"},
        {"code": "residents", "name": words("人口"), "unit": "万人", "bounds": [0, None]},
    ],
    "missing": {"method": "none"},
    "treatment": {"method": "none"},
    "normalisation": {"method": "min-max", "goalposts": "annual"},
    "weighting": {"method": "given", "renormalise_missing": True},
    "aggregation": {},
    "tiers": {"method": "none"},
    "children": [
        {
            "code": "1",
            "name": words("规模"),
            "weight": 0.6,
            "children": [
                indicator("1.1", weight=0.25, goalposts=[1, 10], reference=8.0),
                indicator("1.2", weight=0.75),
            ],
        },
        {
            "code": "2",
            "name": words("应用"),
            "weight": 0.4,
            "children": [
                indicator(
                    "2.1",
                    weight=1,
                    unit="户/百人",
                    kind="intensive",
                    expression="users / residents",
                )
            ],
        },
    ],
}

LISTED = {
    **{key: value for key, value in SOUND.items() if key not in ("children", "name")},
    "nodes": [
        {"code": "index", "name": words("综合指数")},
        {"code": "1", "parent": "index", "name": words("规模"), "weight": 0.6},
        {"code": "2", "parent": "index", "name": words("应用"), "weight": 0.4},
        {**SOUND["children"][0]["children"][0], "parent": "1"},
        {**SOUND["children"][1]["children"][0], "parent": "2"},
        {**SOUND["children"][0]["children"][1], "parent": "1"},
    ],
}

ABSENT = object()


def content(changes=None, base=None):
    """The base with values put in (or taken out) by paths such as `children/0/weight`."""
    made = copy.deepcopy(base or SOUND)
    for path, value in (changes or {}).items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        here = made
        for step in way:
            here = here.setdefault(step, {}) if isinstance(here, dict) else here[step]
        if value is ABSENT:
            del here[last]
        else:
            here[last] = value
    return made


def text(changes=None, base=None):
    return yaml.safe_dump(content(changes, base), allow_unicode=True, sort_keys=False)
