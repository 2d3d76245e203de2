"""Answers put together by expert and group: each question once, whichever way round or however often answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from suanli.intake.folder import shown
from suanli.intake.panels.answers import Answer, Key, Kind
from suanli.intake.panels.items import Items
from suanli.intake.panels.judgements import same
from suanli.intake.reading.judgements import TOLERANCE
from suanli.intake.reading.tables import place_words
from suanli.problems import Place, Problem, Severity

_SLACK = 1e-9
Pair = tuple[str, str]
"""Two items, the one that the framework has first in front."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one expert answered on one group in one round, and where the first of the answers stands.

    `pairs` are grades of the first item over the second; `scores` answers with scores or points by item; `extremes`
    the items named best and worst.
    """

    round: int
    expert: str
    node: str
    place: Place
    pairs: Mapping[Pair, float]
    scores: Mapping[str, Answer]
    extremes: Mapping[Kind, str]


def judged_answers(
    answers: Sequence[Answer], items: Items
) -> tuple[Mapping[Key, Judged], list[Problem]]:
    """Return the answers by round, expert and group, and every contradiction among them.

    The same answer given twice is noted; both directions of a pair may be given, if they agree within 1 %.
    """
    gathering = _Gathering(items)
    problems = [problem for answer in answers for problem in gathering.take(answer)]
    problems += [
        Problem("panel-answers-repeated", Severity.NOTE, place, str(count))
        for place, count in gathering.repeated.items()
    ]
    return MappingProxyType(gathering.judged), problems


class _Gathering:
    """Takes answers one after another and tells what contradicts an earlier one."""

    def __init__(self, items: Items) -> None:
        self.judged: dict[Key, Judged] = {}
        self.repeated: dict[Place, int] = {}
        self._order = {
            item: position
            for members in items.groups.values()
            for position, item in enumerate(members)
        }
        self._first: dict[tuple[object, ...], Answer] = {}
        self._pairs: dict[Key, dict[Pair, float]] = {}
        self._scores: dict[Key, dict[str, Answer]] = {}
        self._extremes: dict[Key, dict[Kind, str]] = {}

    def take(self, answer: Answer) -> Iterator[Problem]:
        key = (answer.round, answer.expert, answer.node)
        if key not in self.judged:
            self._open(key, answer.place)
        if answer.kind == "pair":
            yield from self._pair(key, answer)
        elif answer.kind in ("best", "worst"):
            yield from self._single(key, answer, (answer.kind,), "panel-extreme-twice")
            self._extremes[key].setdefault(answer.kind, answer.item)
        else:
            yield from self._single(key, answer, ("score", answer.item), "panel-answers-differ")
            self._scores[key].setdefault(answer.item, answer)

    def _open(self, key: Key, place: Place) -> None:
        pairs = self._pairs.setdefault(key, {})
        scores = self._scores.setdefault(key, {})
        extremes = self._extremes.setdefault(key, {})
        views = MappingProxyType(pairs), MappingProxyType(scores), MappingProxyType(extremes)
        self.judged[key] = Judged(*key, place, *views)

    def _single(
        self, key: Key, answer: Answer, question: tuple[str, ...], code: str
    ) -> Iterator[Problem]:
        first = self._first.setdefault((*key, *question), answer)
        if first is answer:
            return
        if first.item == answer.item and (answer.text == first.text or same_value(first, answer)):
            self._repeat(answer)
        else:
            yield _contradiction(code, answer, first)

    def _pair(self, key: Key, answer: Answer) -> Iterator[Problem]:
        if not answer.item or not answer.other:
            # compared with a best or worst item that was not named, which the checks tell
            return
        forwards = self._order[answer.item] < self._order[answer.other]
        pair = (answer.item, answer.other) if forwards else (answer.other, answer.item)
        first = self._first.setdefault((*key, *pair), answer)
        self._pairs[key].setdefault(pair, answer.value if forwards else 1 / answer.value)
        if first is answer:
            return
        if first.item == answer.item:
            if same_value(first, answer):
                self._repeat(answer)
            else:
                yield _contradiction("panel-answers-differ", answer, first)
            return
        yield from check_reciprocal(first, answer)

    def _repeat(self, answer: Answer) -> None:
        place = Place(file=answer.place.file, sheet=answer.place.sheet)
        self.repeated[place] = self.repeated.get(place, 0) + 1


def check_reciprocal(first: Answer, second: Answer) -> Iterator[Problem]:
    """Yield an error if two answers, one of a over b and one of b over a, disagree by more than 1 %."""
    product = first.value * second.value
    if abs(product - 1) <= TOLERANCE + _SLACK:
        return
    both = (first.value > 1 and second.value > 1) or (first.value < 1 and second.value < 1)
    yield _contradiction("panel-contradiction" if both else "panel-not-reciprocal", second, first)


def same_value(first: Answer, second: Answer) -> bool:
    """Tell whether two answers to one question say the same number."""
    return same(first.value, second.value)


def _contradiction(code: str, answer: Answer, first: Answer) -> Problem:
    pair = f"{answer.item}/{answer.other}" if answer.other else answer.item
    before = f"{first.item}/{first.other}" if first.other else first.item
    return Problem(
        code,
        Severity.ERROR,
        answer.place,
        shown(answer.text),
        shown(first.text),
        {
            "expert": answer.expert,
            "pair": pair,
            "before": before,
            **place_words("place", first.place),
        },
    )
