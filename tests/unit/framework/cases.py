"""A fault for every check and every kind of problem that reading a framework can tell."""

from tests.unit.framework.samples import ABSENT, LISTED, indicator, words

FIRST, SECOND, THIRD = "children/0/children/0", "children/0/children/1", "children/1/children/0"
FIRST_PATH, THIRD_PATH = "children[0].children[0]", "children[1].children[0]"


def related(**fields):
    return {"correspondences": [{"framework": "other-1.0", "relation": "same", **fields}]}


# (check, problem, path in the file, changes to the sound framework)
CROSS = [
    ("check_codes", "code-unusable", f"{FIRST_PATH}.code", {f"{FIRST}/code": " 1.1"}),
    ("check_codes", "code-unusable", f"{FIRST_PATH}.code", {f"{FIRST}/code": "a/b"}),
    ("check_codes", "code-unusable", f"{FIRST_PATH}.code", {f"{FIRST}/code": "1\u200b1"}),
    ("check_code_twice", "code-twice", "children[0].children[1].code", {f"{SECOND}/code": "1.1"}),
    ("check_code_twice", "code-twice", f"{FIRST_PATH}.code", {f"{FIRST}/code": "index"}),
    ("check_code_twice", "code-twice", "variables[0].code", {"variables/0/code": "2.1"}),
    ("check_variable_codes", "variable-code", "variables[0].code", {"variables/0/code": "5g"}),
    (
        "check_aliases",
        "alias-twice",
        "children[0].children[1].aliases[0]",
        {f"{FIRST}/aliases": ["产量"], f"{SECOND}/aliases": ["产量"]},
    ),
    ("check_names", "text-empty", f"{FIRST_PATH}.name.en", {f"{FIRST}/name/en": " "}),
    (
        "check_weights_missing",
        "weight-missing",
        f"{FIRST_PATH}.weight",
        {f"{FIRST}/weight": ABSENT},
    ),
    (
        "check_weights_zero",
        "weights-zero",
        "children[0].children",
        {f"{FIRST}/weight": 0, f"{SECOND}/weight": 0},
    ),
    ("check_weights_sum", "weights-sum", "children[0].children", {f"{FIRST}/weight": 0.26}),
    ("check_weights_sum", "weights-sum", "children", {"children/0/weight": 0.6 + 1e-8}),
    ("check_weights_unused", "weights-unused", "weighting.method", {"weighting/method": "equal"}),
    (
        "check_disabled",
        "disabled-kept",
        f"{FIRST_PATH}.disabled",
        {f"{FIRST}/disabled": True, "weighting/renormalise_missing": False},
    ),
    (
        "check_disabled",
        "all-disabled",
        "children[0].children",
        {f"{FIRST}/disabled": True, f"{SECOND}/disabled": True},
    ),
    (
        "check_goalposts_cross",
        "goalposts-cross",
        f"{FIRST_PATH}.goalposts",
        {f"{FIRST}/goalposts": [3, 3]},
    ),
    (
        "check_goalposts_fixed",
        "goalposts-missing",
        f"{THIRD_PATH}.goalposts",
        {"normalisation/goalposts": "fixed"},
    ),
    (
        "check_reference_fixed",
        "reference-missing",
        f"{THIRD_PATH}.reference",
        {"normalisation": {"method": "target-ratio", "goalposts": "fixed"}},
    ),
    (
        "check_reference_fixed",
        "reference-missing",
        f"{THIRD_PATH}.reference",
        {f"{THIRD}/normalisation": {"method": "distance-to-reference", "goalposts": "fixed"}},
    ),
    (
        "check_reference_zero",
        "reference-unusable",
        f"{FIRST_PATH}.reference",
        {"normalisation/method": "target-ratio", f"{FIRST}/reference": -1},
    ),
    (
        "check_logarithm",
        "logarithm",
        f"{FIRST_PATH}.goalposts",
        {"normalisation/transform": "log", f"{FIRST}/goalposts": [0, 10]},
    ),
    (
        "check_logarithm",
        "logarithm",
        f"{FIRST_PATH}.reference",
        {"normalisation/transform": "log1p", f"{FIRST}/reference": -1},
    ),
    (
        "check_scale",
        "scale-reversed",
        "normalisation.scale",
        {"normalisation/scale": [100, 0]},
    ),
    (
        "check_target_missing",
        "target-missing",
        f"{FIRST_PATH}.target",
        {f"{FIRST}/direction": "target"},
    ),
    ("check_target_unused", "target-unused", f"{FIRST_PATH}.target", {f"{FIRST}/target": [1, 2]}),
    (
        "check_target_reversed",
        "target-reversed",
        f"{FIRST_PATH}.target",
        {f"{FIRST}/target": [2, 1], f"{FIRST}/direction": "target"},
    ),
    ("check_bounds", "bounds-reversed", f"{FIRST_PATH}.bounds", {f"{FIRST}/bounds": [1, 0]}),
    ("check_bounds", "bounds-reversed", "variables[0].bounds", {"variables/0/bounds": [1, 1]}),
    ("check_units", "unit-unknown", f"{FIRST_PATH}.unit", {f"{FIRST}/unit": "万斗"}),
    ("check_units", "unit-unknown", "variables[0].unit", {"variables/0/unit": "blorg"}),
    (
        "check_expressions",
        "expression-unread",
        f"{THIRD_PATH}.expression",
        {f"{THIRD}/expression": "__import__('os')"},
    ),
    (
        "check_expressions",
        "expression-constant",
        f"{THIRD_PATH}.expression",
        {f"{THIRD}/expression": "1 + 1"},
    ),
    (
        "check_expression_variables",
        "variable-unknown",
        f"{THIRD_PATH}.expression",
        {f"{THIRD}/expression": "users / resident"},
    ),
    (
        "check_expression_units",
        "expression-unit",
        f"{THIRD_PATH}.expression",
        {f"{THIRD}/expression": "users * residents"},
    ),
    (
        "check_expression_units",
        "expression-terms",
        f"{THIRD_PATH}.expression",
        {f"{THIRD}/expression": "users + residents"},
    ),
    (
        "check_expression_percent",
        "expression-percent",
        f"{THIRD_PATH}.expression",
        {
            f"{THIRD}/expression": "100 * users / residents",
            f"{THIRD}/unit": "%",
            "variables/1/unit": "万户",
        },
    ),
    (
        "check_variables_used",
        "variable-unused",
        "variables[0]",
        {f"{THIRD}/expression": "residents / residents", f"{THIRD}/unit": "1"},
    ),
    ("check_calibers", "caliber-missing", f"{FIRST_PATH}.caliber", {f"{FIRST}/unit": "EFlops"}),
    (
        "check_calibers",
        "caliber-differs",
        f"{FIRST_PATH}.unit",
        {
            f"{FIRST}/unit": "EFLOPS(FP32)",
            f"{FIRST}/caliber": {"side": "device", "precision": "FP16"},
        },
    ),
    (
        "check_levels",
        "level-absent",
        "aggregation.levels.2",
        {"aggregation": {"levels": {2: {"method": "arithmetic"}}}},
    ),
    (
        "check_means",
        "mean-of-negatives",
        "aggregation.levels.0",
        {
            "normalisation/method": "z-score",
            "aggregation": {"levels": {0: {"method": "geometric", "floor": 1}}},
        },
    ),
    (
        "check_means",
        "mean-of-negatives",
        "children[0].aggregation",
        {
            "normalisation/scale": [-1, 1],
            "children/0/aggregation": {"method": "harmonic", "floor": 1},
        },
    ),
    ("check_tier_cuts", "tiers-cuts-missing", "tiers.cuts", {"tiers": {"method": "ranks"}}),
    (
        "check_tier_cuts",
        "tiers-count-missing",
        "children[0].tiers.count",
        {"children/0/tiers": {"method": "natural-breaks"}},
    ),
    ("check_tier_cuts", "tiers-unused", "tiers", {"tiers": {"method": "none", "count": 3}}),
    (
        "check_tier_order",
        "tiers-not-falling",
        "tiers.cuts",
        {"tiers": {"method": "thresholds", "cuts": [20, 40]}},
    ),
    (
        "check_tier_order",
        "tiers-not-rising",
        "tiers.cuts",
        {"tiers": {"method": "ranks", "cuts": [6, 6]}},
    ),
    (
        "check_tier_range",
        "tiers-share",
        "tiers.cuts[1]",
        {"tiers": {"method": "shares", "cuts": [0.2, 1.1]}},
    ),
    (
        "check_tier_range",
        "tiers-rank",
        "tiers.cuts[0]",
        {"tiers": {"method": "ranks", "cuts": [1.5, 6]}},
    ),
    (
        "check_predictors",
        "predictor-unknown",
        "missing.predictors[1]",
        {"missing": {"method": "regression", "predictors": ["1.1", "1"]}},
    ),
    (
        "check_correspondence_codes",
        "correspondence-code",
        "correspondences[0].code",
        related(code="9.9", other="1"),
    ),
    (
        "check_correspondence_sides",
        "correspondence-sides",
        "correspondences[0]",
        related(code="1.1", other=None),
    ),
    (
        "check_correspondence_sides",
        "correspondence-sides",
        "correspondences[0]",
        related(code="1.1", other="1", relation="dropped"),
    ),
    (
        "check_correspondence_twice",
        "correspondence-twice",
        "correspondences[1]",
        {"correspondences": related(code="1.1", other="a")["correspondences"] * 2},
    ),
    ("check_predecessor", "own-relative", "predecessor", {"predecessor": "sample-1.0"}),
    (
        "check_predecessor",
        "own-relative",
        "correspondences[0].framework",
        related(code="1.1", other="a", framework="sample-1.0"),
    ),
]

# The problem, its path, and the changes to the sound framework.
FORM = [
    ("field-missing", f"{FIRST_PATH}.direction", {f"{FIRST}/direction": ABSENT}),
    ("field-missing", "normalisation.goalposts", {"normalisation": {"method": "rank"}}),
    ("field-missing", "title.en", {"title": {"zh": "样例"}}),
    ("field-unknown", "normalisation.metod", {"normalisation/metod": "rank"}),
    ("field-unknown", f"{FIRST_PATH}.name.fr", {f"{FIRST}/name/fr": "x"}),
    ("field-unknown", "surprise", {"surprise": 1}),
    ("choice-unknown", "normalisation.method", {"normalisation/method": "minmax"}),
    ("choice-unknown", f"{FIRST_PATH}.direction", {f"{FIRST}/direction": "up"}),
    ("text-unquoted", f"{FIRST_PATH}.code", {f"{FIRST}/code": 1.1}),
    ("text-unquoted", "version", {"version": 2}),
    ("text-expected", "version", {"version": ["2.0"]}),
    ("text-bilingual", f"{FIRST_PATH}.name", {f"{FIRST}/name": "算力"}),
    ("text-empty", f"{FIRST_PATH}.unit", {f"{FIRST}/unit": ""}),
    ("number-expected", f"{FIRST_PATH}.weight", {f"{FIRST}/weight": "四分之一"}),
    ("number-expected", f"{FIRST_PATH}.weight", {f"{FIRST}/weight": True}),
    ("whole-number-expected", "decimals", {"decimals": 1.5}),
    ("switch-expected", "weighting.renormalise_missing", {"weighting/renormalise_missing": "yes"}),
    ("number-range", f"{FIRST_PATH}.weight", {f"{FIRST}/weight": -0.1}),
    ("number-range", "missing.region_floor", {"missing/region_floor": 1.2}),
    ("number-range", "treatment.skewness", {"treatment/skewness": 0}),
    ("number-not-finite", f"{FIRST_PATH}.weight", {f"{FIRST}/weight": float("nan")}),
    ("number-not-finite", f"{FIRST_PATH}.goalposts[1]", {f"{FIRST}/goalposts": [0, float("inf")]}),
    ("list-expected", f"{FIRST_PATH}.goalposts", {f"{FIRST}/goalposts": 7}),
    ("list-expected", "nodes", {"children": ABSENT, "nodes": "none"}),
    ("pair-expected", f"{FIRST_PATH}.goalposts", {f"{FIRST}/goalposts": [1, 2, 3]}),
    ("pair-expected", f"{FIRST_PATH}.goalposts[1]", {f"{FIRST}/goalposts": [1]}),
    ("mapping-expected", f"{FIRST_PATH}", {FIRST: "an indicator"}),
    ("mapping-expected", "treatment", {"treatment": "none"}),
    ("mapping-expected", "nodes[0]", {"children": ABSENT, "nodes": ["a", "b"]}),
    ("id-unusable", "id", {"id": "Sample 1"}),
    ("mean-power", "aggregation.default", {"aggregation": {"default": {"method": "power"}}}),
    ("mean-floor", "aggregation.default", {"aggregation": {"default": {"method": "harmonic"}}}),
    ("group-empty", "children[0].children", {"children/0/children": []}),
    ("indicator-has-children", "children[0].unit", {"children/0/unit": "台"}),
    ("tree-twice", "nodes", {"nodes": LISTED["nodes"]}),
    ("whole-number-expected", "aggregation.levels.top", {"aggregation": {"levels": {"top": {}}}}),
]

# (problem, path, changes to the framework in list form)
LIST = [
    ("root-missing", "nodes", {"nodes/0/parent": "1"}),
    ("roots-several", "nodes[2].parent", {"nodes/2/parent": None}),
    ("root-field", "nodes[0].weight", {"nodes/0/weight": 1}),
    ("parent-unknown", "nodes[3].parent", {"nodes/3/parent": "1x"}),
    ("cycle", "nodes[1].parent", {"nodes/1/parent": "1"}),
    ("indicator-has-children", "nodes[1].unit", {"nodes/1/unit": "台"}),
    ("group-empty", "nodes[2].code", {"nodes/4/parent": "1"}),
    ("tree-twice", "nodes[1].children", {"nodes/1/children": [indicator("9")]}),
    ("text-unquoted", "nodes[3].parent", {"nodes/3/parent": 1}),
    ("text-unquoted", "nodes[5].code", {"nodes/5/code": 1.2}),
    ("field-unknown", "nodes[5].unt", {"nodes/5/unt": "台"}),
    ("field-missing", "nodes[5].unit", {"nodes/5/unit": ABSENT}),
    ("code-twice", "nodes[5].code", {"nodes/5/code": "1.1"}),
    ("weights-sum", "nodes[1].children", {"nodes/5/weight": 0.5}),
    ("text-empty", "nodes[0].name.zh", {"nodes/0/name": {"zh": "", "en": "x"}}),
]

DEEP = [
    {"code": "index", "name": words("综合指数")},
    *(
        {"code": f"g{n}", "parent": f"g{n - 1}" if n else "index", "name": words("组")}
        for n in range(15)
    ),
    indicator("leaf", parent="g14"),
]
LIST.append(("tree-deep", "nodes[12].parent", {"nodes": DEEP}))

# (problem, text of the file)
FILES = [
    ("yaml-syntax", "id: [1, 2"),
    ("yaml-syntax", "\tid: 1"),
    ("yaml-syntax", "id: \x00"),
    ("yaml-syntax", "id: *nowhere"),
    ("yaml-syntax", "id: \ud800"),
    ("yaml-large", "#" * 2_000_001),
    ("yaml-not-mapping", ""),
    ("yaml-not-mapping", "- 1"),
    ("yaml-recursive", "a: &a [*a]"),
    ("yaml-recursive", "a: &a {b: *a}"),
    (
        "yaml-unfolds",
        "\n".join(
            ["a0: &a0 [1, 1]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
        ),
    ),
    ("yaml-deep", "a: " + "[" * 45 + "]" * 45),
    ("yaml-deep", "- " * 100_000 + "a"),
    (
        "yaml-deep",
        "\n".join(["a0: &a0 [1]"] + [f"a{n}: &a{n} [[[[*a{n - 1}]]]]" for n in range(1, 30)]),
    ),
    ("yaml-documents", "a: 1\n---\nb: 2"),
    ("yaml-tag", "id: !!python/object/apply:os.system [ls]"),
    ("yaml-tag", "id: !!python/name:os.system"),
    ("yaml-tag", "id: !include /etc/passwd"),
    ("yaml-key", "? [a, b]\n: 1"),
    ("yaml-key", "a" * 100 + ": 1"),
    ("yaml-key", "<<: 7"),
    ("key-twice", "id: a\nid: b"),
]

# (problem, path, changes of `with_changes`)
CHANGES = [
    ("change-unknown", "normalisation/metod", {"normalisation/metod": "rank"}),
    ("change-unknown", "nodes/1.1/wait", {"nodes/1.1/wait": 1}),
    ("change-unknown", "surprise", {"surprise": 1}),
    ("change-path", "nodes/1.1", {"nodes/1.1": {}}),
    ("change-path", "nodes", {"nodes": []}),
    ("change-path", "nodes/1.1/goalposts/0", {"nodes/1.1/goalposts/0": 1}),
    ("change-path", "tiers/cuts//0", {"tiers/cuts//0": 1}),
    ("change-path", "tiers/method", {"tiers": {"method": "none"}, "tiers/method": "none"}),
    ("change-path", "tiers", {"tiers/method": "none", "tiers": {"method": "none"}}),
    ("node-unknown", "nodes/1.9", {"nodes/1.9/weight": 1}),
    ("choice-unknown", "normalisation/method", {"normalisation/method": "minmax"}),
    ("number-range", "nodes/1.1/weight", {"nodes/1.1/weight": -1}),
    ("weight-unread", "nodes/1.1/weight", {"weighting/method": "equal", "nodes/1.1/weight": 0.3}),
    ("choice-unknown", "nodes/1.1/normalisation/method", {"nodes/1.1/normalisation/method": "x"}),
    ("mean-floor", "aggregation/levels/0", {"aggregation/levels/0/method": "geometric"}),
    ("weights-sum", "nodes/1/children", {"nodes/1.1/weight": 0.5}),
    ("level-absent", "aggregation/levels/7", {"aggregation/levels/7/method": "arithmetic"}),
    ("goalposts-missing", "nodes/2.1/goalposts", {"normalisation/goalposts": "fixed"}),
    (
        "whole-number-expected",
        "aggregation/levels/top",
        {"aggregation/levels/top/method": "copeland"},
    ),
]
