import pytest

from suanli.intake.panels import PanelRules, check_panel
from suanli.problems import Severity
from tests.unit.intake.panels.panels import check_table, codes, lines, rules


def test_the_defaults_are_those_of_the_format():
    plain = rules()
    assert (plain.elicitation, plain.scale, plain.method) == ("pairwise", "saaty", "eigenvector")
    assert (plain.random_index, plain.aggregation) == ("alonso-lamata", "judgements")
    assert (plain.expert_weights, plain.trim, plain.exclude) == ("equal", 0.0, None)
    assert (plain.uncertainty.draws, plain.uncertainty.interval) == (1000, 0.9)
    assert (plain.stop.consensus, plain.stop.change) == (0.75, 0.05)


def test_every_rule_can_be_declared(tmp_path):
    declared = {
        "title": {"zh": "专家组", "en": "Panel"},
        "simulated": True,
        "elicitation": "incomplete",
        "scale": "balanced-n",
        "method": "geometric",
        "random_index": "Saaty1980",
        "aggregation": "priorities-arithmetic",
        "expert_weights": "entered",
        "trim": 0.1,
        "exclude": {"consistency_ratio": 0.2},
        "score_rule": "difference",
        "uncertainty": {"draws": 0, "interval": 0.8, "experts": False, "half_step": False},
        "stop": {"consensus": None, "change": 0.01},
        "seed": 7,
        "experts": [{"id": "E01", "name": "张三", "affiliation": "某所", "weight": 2}],
    }
    panel, problems = check_table(tmp_path, lines(), **declared)
    assert codes(problems) == []
    assert panel.rules.random_index == "saaty-1980"
    assert panel.title.en == "Panel"
    assert panel.simulated
    assert panel.experts[0].affiliation == "某所"
    assert panel.rules.stop.consensus is None


@pytest.mark.parametrize(
    ("declared", "code", "path"),
    [
        ({"aggregations": "judgements"}, "framework-field-unknown", "aggregations"),
        ({"elicitation": "dice"}, "framework-choice-unknown", "elicitation"),
        ({"scale": "saatie"}, "framework-choice-unknown", "scale"),
        ({"method": "magic"}, "framework-choice-unknown", "method"),
        ({"random_index": "saaty-1999"}, "framework-choice-unknown", "random_index"),
        ({"trim": 0.5}, "framework-number-range", "trim"),
        ({"trim": "0.1"}, "framework-number-expected", "trim"),
        ({"simulated": "yes"}, "framework-switch-expected", "simulated"),
        ({"exclude": {"cr": 0.2}}, "framework-field-unknown", "exclude.cr"),
        ({"uncertainty": {"draws": 1e6}}, "framework-whole-number-expected", "uncertainty.draws"),
        ({"uncertainty": {"interval": 1}}, "framework-number-range", "uncertainty.interval"),
        ({"experts": [{"name": "张三"}]}, "framework-field-missing", "experts[0].id"),
        ({"experts": [{"id": "../a"}]}, "panel-expert-id", "experts[0].id"),
        ({"experts": [{"id": "a" * 61}]}, "panel-expert-id", "experts[0].id"),
        ({"experts": [{"id": "Printable"}]}, "panel-expert-id", "experts[0].id"),
        (
            {"experts": [{"id": "E1", "affiliation": "a" * 201}]},
            "declaration-too-long",
            "experts[0].affiliation",
        ),
        ({"experts": [{"id": "E1", "weight": -1}]}, "framework-number-range", "experts[0].weight"),
        ({"experts": [{"id": "E1"}, {"id": "e1"}]}, "panel-expert-twice", "experts[1].id"),
        ({"expert_weights": "entered"}, "panel-weights-not-entered", "expert_weights"),
        ({"suanli": 2}, "panel-format-unknown", "suanli"),
    ],
)
def test_what_is_misdeclared_is_told_at_its_line(tmp_path, declared, code, path):
    panel, problems = check_table(tmp_path, lines(), **declared)
    assert panel is None
    (problem,) = problems
    assert (problem.code, problem.place.file, problem.place.path) == (code, "panel.yaml", path)
    assert problem.severity is Severity.ERROR
    assert problem.place.cell.startswith("line ")
    assert problem.message("zh")
    assert problem.action("en")


def test_all_that_is_misdeclared_is_told_together(tmp_path):
    _, problems = check_table(tmp_path, lines(), trim=2, scale="x", seed=-1)
    assert [each.place.path for each in problems] == ["scale", "trim", "seed"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("suanli: 1\ntitle: !!python/object/apply:os.system [ls]\n", "framework-yaml-tag"),
        ("suanli: 1\nsuanli: 1\n", "framework-key-twice"),
        ("[", "framework-yaml-syntax"),
        ("- 1\n", "framework-yaml-not-mapping"),
        ("a: &a [*a]\n", "framework-yaml-recursive"),
        ("", "file-empty"),
        (b"suanli: 1\n\xff\xff\xff", "encoding-unknown"),
    ],
)
def test_yaml_that_is_none_or_means_harm_is_refused(tmp_path, content, code):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "panel.yaml").write_bytes(data)
    panel, problems = check_panel(tmp_path)
    assert panel is None
    assert code in codes(problems)


def test_rules_do_not_change():
    with pytest.raises(ValueError, match="frozen"):
        PanelRules(suanli=1).trim = 0.2


def test_nothing_said_is_no_rule_or_what_is_usual():
    rules = PanelRules.model_validate(
        {"suanli": 1, "stop": None, "exclude": None, "uncertainty": None}
    )
    assert (rules.stop.consensus, rules.stop.change) == (None, None)
    assert rules.exclude is None
    assert rules.uncertainty == PanelRules(suanli=1).uncertainty
