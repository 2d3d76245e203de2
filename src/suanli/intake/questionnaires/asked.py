"""Which pairs an incomplete questionnaire asks, as its hidden sheet says it."""

from collections.abc import Iterator, Mapping

from suanli.intake.questionnaires.layout import Pair

ASKED = "asked "
"""Before a group's code, a key of the hidden sheet: the pairs asked, such as `1-2 1-3`. Incomplete designs only."""


def asked_facts(asked: Mapping[str, tuple[Pair, ...]]) -> Iterator[tuple[str, str]]:
    """Yield keys and values of the hidden sheet that say which pairs are asked.

    >>> list(asked_facts({"2.1": ((0, 1), (1, 2))}))
    [('asked 2.1', '1-2 2-3')]
    """
    for node, pairs in asked.items():
        yield f"{ASKED}{node}", " ".join(f"{i + 1}-{j + 1}" for i, j in pairs)


def asked_pairs(facts: Mapping[str, str]) -> dict[str, tuple[Pair, ...]]:
    """Return the pairs asked by group, from what the hidden sheet says.

    Raises ValueError if an entry does not name pairs; whether the group has such members is not looked at.

    >>> asked_pairs({"kind": "questionnaire", "asked 2.1": "1-2 2-3"})
    {'2.1': ((0, 1), (1, 2))}
    """
    return {
        key.removeprefix(ASKED): tuple(map(_pair, text.split()))
        for key, text in facts.items()
        if key.startswith(ASKED)
    }


def _pair(text: str) -> Pair:
    first, _, second = text.partition("-")
    i, j = int(first) - 1, int(second) - 1
    if not 0 <= i < j:
        message = f"not a pair of positions in order: {text!r}"
        raise ValueError(message)
    return i, j
