"""Which groups are judged."""

from suanli.intake.questionnaires.groups import codes_digest, judged_groups
from tests.made import framework, group, indicator
from tests.unit.intake.questionnaires.forms import small_framework


def test_groups_with_two_members_or_more_in_tree_order():
    assert judged_groups(small_framework()) == (
        ("index", ("A", "B", "C")),
        ("A", ("A1", "A2")),
        ("B", ("B1", "B2", "B3", "B4")),
    )


def test_an_only_child_and_what_is_disabled_are_not_judged():
    declared = framework(
        group("A", indicator("A1"), indicator("A2", disabled=True)),
        group("B", indicator("B1"), indicator("B2"), disabled=True),
        group("C", indicator("C1"), indicator("C2")),
        weighting={"method": "equal", "renormalise_missing": True},
    )
    assert judged_groups(declared) == (("index", ("A", "C")), ("C", ("C1", "C2")))


def test_the_digest_follows_codes_and_not_names():
    renamed = framework(
        group("A", indicator("A1"), indicator("A2"), name={"zh": "甲", "en": "A"}),
        group("B", *(indicator(f"B{n}") for n in range(1, 5))),
        indicator("C"),
    )
    fewer = framework(group("A", indicator("A1"), indicator("A2")), indicator("C"))
    assert codes_digest(renamed) == codes_digest(small_framework())
    assert codes_digest(fewer) != codes_digest(small_framework())
