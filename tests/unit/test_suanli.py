"""The package's calls are imported when they are asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

import suanli

HEAVY = ("polars", "numpy", "pydantic", "pint", "rich", "openpyxl", "scipy", "yaml", "click")


@pytest.mark.parametrize("name", suanli.__all__)
def test_every_name_leads_somewhere(name):
    assert callable(getattr(suanli, name))


def test_no_call_is_named_like_a_room():
    # importing a room would put the module in the place of the call
    rooms = {path.stem for path in Path(suanli.__file__).parent.iterdir()}
    assert rooms.isdisjoint(suanli.__all__)


def test_names_are_listed():
    assert dir(suanli) == sorted(suanli.__all__)
    assert suanli.__all__ == sorted(suanli.__all__)


def test_other_names_are_errors():
    with pytest.raises(AttributeError, match="'nothing'"):
        suanli.nothing  # noqa: B018


def test_importing_the_package_imports_nothing_heavy():
    code = f"import sys, suanli; sys.exit(', '.join(n for n in {HEAVY!r} if n in sys.modules) or 0)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_the_calls_of_the_docstring():
    assert (
        suanli.bundled("ccpe-3.0").title.en == "Comprehensive Computing Power Evaluation System 3.0"
    )
    assert "open-1.0" in suanli.bundled_ids()
