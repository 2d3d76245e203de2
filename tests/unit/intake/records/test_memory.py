"""How much memory records may take."""

import os

import pytest

from suanli.intake.records.memory import MEMORY, memory_for_records
from suanli.language import LANGUAGES
from suanli.problems import StudyError

GIB = 1 << 30


@pytest.mark.parametrize(("pages", "wanted"), [(64 * GIB, GIB), (GIB, GIB // 2), (0, GIB // 4)])
def test_one_gibibyte_or_half_of_a_small_machine(monkeypatch, pages, wanted):
    monkeypatch.delenv(MEMORY, raising=False)
    monkeypatch.setattr("suanli.intake.records.memory._CONTAINER_LIMITS", ())
    sizes = {"SC_PHYS_PAGES": pages // 4096, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
    assert memory_for_records() == wanted


def test_a_container_allows_less_than_its_machine(monkeypatch, tmp_path):
    monkeypatch.delenv(MEMORY, raising=False)
    limit = tmp_path / "memory.max"
    limit.write_text(f"{GIB}\n", encoding="ascii")
    monkeypatch.setattr(
        "suanli.intake.records.memory._CONTAINER_LIMITS", (str(limit), str(tmp_path / "none"))
    )
    assert memory_for_records() <= GIB // 2


@pytest.mark.parametrize(
    ("stated", "wanted"), [("8GiB", 8 * GIB), ("900 MB", 900_000_000), ("1mib", GIB // 4)]
)
def test_what_the_user_says_counts(monkeypatch, stated, wanted):
    monkeypatch.setenv(MEMORY, stated)
    assert memory_for_records() == wanted


@pytest.mark.parametrize("stated", ["much", "8", "-1GB", "1e9GB"])
def test_what_is_no_amount_is_told(monkeypatch, stated):
    monkeypatch.setenv(MEMORY, stated)
    with pytest.raises(StudyError, match=MEMORY) as refusal:
        memory_for_records()
    (problem,) = refusal.value.problems
    assert all(stated in problem.message(language) for language in LANGUAGES)
