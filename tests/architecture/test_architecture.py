"""The import contracts hold, see every file, and go red on a bad import."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "suanli"
LONGEST_MODULE = 350

# contract id -> (module that gets the line, the bad line)
BAD_IMPORTS = {
    "flow": ("scoring/rank.py", "from suanli.result import Result"),
    "acyclic": ("scoring/tree.py", "def late():\n    from suanli.scoring.score import score"),
    "pure-methods": ("methods/means.py", "import polars"),
    "compute-does-not-show": ("scoring/rank.py", "import rich"),
    "show-does-not-compute": ("report/ranking.py", "from suanli.scoring import score"),
    "no-hidden-io": ("scoring/rank.py", "from pathlib import Path"),
}


def contracts() -> list[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in config["tool"]["importlinter"]["contracts"]]


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()",
         "--no-cache", "--config", str(folder / "pyproject.toml"), "--contract", contract],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder / "src")}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(SOURCE, folder / "src" / "suanli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_has_a_bad_import():
    assert sorted(BAD_IMPORTS) == sorted(contracts())


@pytest.mark.parametrize("contract", contracts())
def test_contract_holds_and_goes_red(contract, copy):
    kept = lint(copy, contract)
    assert kept.returncode == 0, kept.stdout
    module, line = BAD_IMPORTS[contract]
    path = copy / "src" / "suanli" / module
    original = path.read_text(encoding="utf-8")
    path.write_text(f"{original}\n{line}\n", encoding="utf-8")
    try:
        broken = lint(copy, contract)
    finally:
        path.write_text(original, encoding="utf-8")
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "BROKEN" in broken.stdout


def test_new_room_must_take_its_place(copy):
    room = copy / "src" / "suanli" / "utils.py"
    room.write_text('"""Odds and ends."""\n', encoding="utf-8")
    try:
        refused = lint(copy, "flow")
    finally:
        room.unlink()
    assert refused.returncode == 1
    assert "utils" in refused.stdout


def test_import_graph_saw_every_file():
    on_disk = {
        ".".join(("suanli", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for path in SOURCE.rglob("*.py")
    }
    assert grimp.build_graph("suanli", cache_dir=None).modules == on_disk


def test_modules_stay_small():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert not long


def test_every_room_has_unit_tests():
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    tested = {
        path.name for path in (ROOT / "tests" / "unit").iterdir() if list(path.rglob("test_*.py"))
    }
    assert rooms <= tested


def test_no_import_contract_is_ignored():
    assert not re.search(r"ignore_imports", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
