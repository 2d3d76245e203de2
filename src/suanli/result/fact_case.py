"""A fact beside the numbers of a result, and what a check of one of its parts finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from suanli.framework import Indicator
from suanli.framework.units import label
from suanli.language import Text, pair, say
from suanli.result.fact_bench import Bench, Numbers
from suanli.result.fact_catalogue import Fact, Metric


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one part of a fact holds (None: not testable) and what the result says.

    `agreeing` of the `pairs` of regions tried stand in the fact's order.
    """

    held: bool | None
    said: Text
    agreeing: int = 0
    pairs: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A fact beside the numbers of a result: those of its period, and of the regions it names."""

    fact: Fact
    metric: Metric
    bench: Bench
    numbers: Numbers
    named: tuple[tuple[str, float | None], ...]

    @property
    def present(self) -> list[tuple[str, float]]:
        """Regions named, in the fact's order, that have a number."""
        return [(name, number) for name, number in self.named if number is not None]

    @property
    def unit(self) -> str:
        """Unit of the indicator; empty for the score of a group."""
        node = self.bench.nodes[self.metric.node]
        return node.unit if isinstance(node, Indicator) else ""


def untested(key: str, **details: object) -> Finding:
    """Return the finding that a part cannot be tested, for the reason of that name."""
    return Finding(None, pair("result", key, **details))


def found(case: Case, key: str, rows: Sequence[tuple[str, str]], **details: object) -> Text:
    """Return what the result says in both languages; `listed` becomes the rows, a name and a number each."""
    english = {name: case.bench.english(name) for name, _ in rows}
    zh = "，".join(f"{name} {number}" for name, number in rows)
    en = ", ".join(f"{english[name]} {number}" for name, number in rows)
    names = {"zh": label(case.unit, "zh"), "en": label(case.unit, "en")}
    if names["en"][:1].isdigit():
        names["en"] = f"× {names['en']}"
    units = pair("result", "found_unit", **names)
    unit = units if case.unit not in ("", "1") else Text("", "")
    return Text(
        zh=say("result", key, "zh", listed=zh, unit=unit.zh, **details),
        en=say("result", key, "en", listed=en, unit=unit.en, **details),
    )
