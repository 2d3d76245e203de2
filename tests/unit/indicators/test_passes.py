"""Passes over large tables are begun first, and only those that somebody waits for."""

from collections.abc import Sequence

import narwhals as nw
import pytest

from suanli.indicators.families import metered, probe_pairs
from suanli.indicators.passes import in_turn
from suanli.indicators.rule import Rule
from suanli.indicators.rules import RULES
from suanli.intake.records import Span
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.records import Records
from suanli.regions import provinces

PASSES = {metered._COUNTED: "meters", probe_pairs._ROUTES: "probes"}
EVERY = {
    **RULES,
    **{name: each for rule in RULES.values() for name, each in rule.beside.items()},
}


class Begun:
    """Records that remember what was begun."""

    def __init__(self):
        self.names = []

    def begin(self, name, frames):
        self.names.append(PASSES[name])


class Waiting(Records):
    """Records that remember which passes were waited for."""

    def __init__(self, *of):
        super().__init__(*of)
        self.waited: set[str] = set()

    def stacked(self, name, frames):
        self.waited.add(PASSES.get(name, name))
        return super().stacked(name, frames)


def rules(*waits: str) -> dict[str, Rule]:
    return {
        f"{number}": Rule(
            f"r{number}", lambda _: pytest.fail("computed"), "sum", "1", (), awaits=wait
        )
        for number, wait in enumerate(waits)
    }


@pytest.mark.parametrize(
    ("waits", "begun", "turns"),
    [
        (("meters", "none", "probes", "none"), ["probes", "meters"], [["1", "3"], ["2"], ["0"]]),
        (("meters", "meters"), ["meters"], [["0", "1"]]),
        (("probes", "none"), ["probes"], [["1"], ["0"]]),
        (("none", "none"), [], [["0", "1"]]),
        ((), [], []),
    ],
)
def test_rules_come_in_turn(waits: Sequence[str], begun: list[str], turns: list[list[str]]) -> None:
    records, given = Begun(), rules(*waits)
    found = []
    for group in in_turn(records, given):
        # whatever is waited for has been begun before the first rule is computed
        assert records.names == begun
        assert all(rule is given[key] for key, rule in group.items())
        found.append(list(group))
    assert found == turns
    assert records.names == begun


@pytest.fixture(scope="module")
def engine():
    started = DuckDBEngine(threads=1)
    yield started
    started.close()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_each_rule_says_what_it_waits_for(engine, name):
    records = Waiting(engine, {}, Span(provinces(), ("2023",)))
    assert isinstance(EVERY[name].items(records), nw.LazyFrame)
    assert records.waited == {EVERY[name].awaits} - {"none"}
