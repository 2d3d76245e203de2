"""Properties of frameworks and units that hold whatever is declared."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.framework import Framework, dump, parse, parse_expression, units
from suanli.framework.expression_units import written
from suanli.framework.reading import checked
from suanli.language import Text, entries
from suanli.problems import FrameworkError
from tests.unit.framework.samples import content

said = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30
).filter(str.strip)
words = st.builds(Text, said, said)
codes = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "Pd"], include_characters=".~"),
    min_size=1,
    max_size=6,
)
numbers = st.floats(-1e12, 1e12, allow_nan=False)
pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1])


def leaves(code):
    return st.fixed_dictionaries(
        {
            "code": st.just(code),
            "name": words,
            "unit": st.sampled_from(["万台", "%", "EB (2^60 B)", "/", "1"]),
            "direction": st.sampled_from(["higher", "lower"]),
            "kind": st.sampled_from(["extensive", "intensive", "ready-made"]),
            "definition": words,
            "formula": words,
            "source": words,
        },
        optional={
            "notes": st.lists(words, max_size=2),
            "bounds": pairs,
            "goalposts": pairs,
            "reference": numbers,
            "aliases": st.just([f"{code} alias", f"{code}: #"]),
            "normalisation": st.fixed_dictionaries({"method": st.sampled_from(["rank", "borda"])}),
        },
    )


@st.composite
def frameworks(draw):
    names = draw(st.lists(codes, min_size=3, max_size=9, unique=True))
    index, *rest = names
    shares = draw(st.integers(1, len(rest) - 1))
    groups, indicators = rest[:shares], rest[shares:]
    children = [
        {"code": group, "name": draw(words), "children": []} for group in groups[: len(indicators)]
    ]
    for place, code in enumerate(indicators):
        children[place % len(children)]["children"].append(draw(leaves(code)))
    made = content(
        {
            "children": children,
            "code": index,
            "name": draw(words),
            "title": draw(words),
            "version": draw(said),
            "variables": [],
            "weighting": {"method": "equal", "renormalise_missing": draw(st.booleans())},
            "aggregation": draw(
                st.sampled_from([{}, {"levels": {1: {"method": "geometric", "floor": 1e-7}}}])
            ),
            "tiers": draw(
                st.sampled_from([{"method": "none"}, {"method": "ranks", "cuts": [6, 15]}])
            ),
            "decimals": draw(st.integers(0, 6)),
        }
    )
    return Framework.model_validate(made)


@given(frameworks())
@settings(max_examples=60, deadline=None)
def test_a_framework_survives_being_written_and_read(framework):
    text = dump(framework)
    assert parse(text) == framework
    assert dump(parse(text)) == text


@given(frameworks(), st.sampled_from(["rank", "borda", "z-score", "min-max"]))
@settings(max_examples=30, deadline=None)
def test_a_change_and_its_reverse_give_the_framework_back(framework, method):
    if framework.aggregation.levels and method == "z-score":
        return
    there = framework.with_changes({"normalisation/method": method})
    assert there.normalisation.method == method
    assert there.with_changes({"normalisation/method": "min-max"}) == framework


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader(text):
    framework, problems = checked(text)
    assert framework is None
    assert problems
    assert all(one.message("zh") and one.message("en") for one in problems)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_value_in_any_place_breaks_the_reader(data):
    """Whatever stands in whatever field, the reader answers with a framework or with problems."""
    import yaml

    made = content()
    places = [
        *((made, key) for key in made),
        *((made["normalisation"], key) for key in ("method", "goalposts")),
        *((made["children"][0], key) for key in made["children"][0]),
        *((made["children"][1]["children"][0], k) for k in made["children"][1]["children"][0]),
    ]
    owner, key = data.draw(st.sampled_from(places))
    owner[key] = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=5), inner, max_size=3)
            ),
            max_leaves=6,
        )
    )
    framework, problems = checked(yaml.safe_dump(made, allow_unicode=True))
    assert (framework is None) == any(one.severity == "error" for one in problems)


SPELLINGS = sorted(entries("units"))
ALIKE = [
    (one, other)
    for one in SPELLINGS
    for other in SPELLINGS
    if units.measure(one).powers == units.measure(other).powers
    and len({units.measure(one).precision, units.measure(other).precision} - {""}) < 2
]


@given(st.sampled_from(ALIKE), st.floats(-1e15, 1e15, allow_subnormal=False))
@settings(deadline=None)
def test_converting_there_and_back_returns_the_value(pair, value):
    there = units.converted(value, *pair)
    assert units.converted(there, pair[1], pair[0]) == pytest.approx(value, rel=1e-12, abs=1e-290)


@given(st.sampled_from(ALIKE), st.sampled_from(ALIKE))
@settings(deadline=None)
def test_conversion_is_the_exact_ratio_of_measures(pair, other):
    for one, to in (pair, other):
        exact = units.measure(one).factor / units.measure(to).factor
        assert Fraction(units.converted(1.0, one, to)) == pytest.approx(exact, rel=1e-15)


terms = st.recursive(
    st.sampled_from(["a", "b", "人口"]) | st.integers(0, 99).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda text: f"-{text}"),
    ),
    max_leaves=12,
)


@given(terms)
def test_an_expression_survives_being_written(text):
    values = {"a": 1.5, "b": -2.0, "人口": 7.0}
    expression = parse_expression(text)
    again = parse_expression(written(expression.tree))
    assert again.evaluate(values) == pytest.approx(expression.evaluate(values), nan_ok=True)


@given(st.text(max_size=40))
def test_no_unit_breaks_the_reader(unit):
    assert units.is_known(unit) in (True, False)
    assert units.label(unit, "en") or unit == ""


@given(frameworks(), codes)
@settings(max_examples=20, deadline=None)
def test_a_code_taken_twice_is_always_refused(framework, code):
    changes = {f"nodes/{framework.indicators()[0].code}/code": framework.code}
    with pytest.raises(FrameworkError, match="is taken by"):
        framework.with_changes(changes)
