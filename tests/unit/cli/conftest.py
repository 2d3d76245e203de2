import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from suanli.cli.entrance import exit_code


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def suanli(capsys, monkeypatch) -> Callable[..., Answer]:
    """A command line run in this process, 100 columns wide, in English unless `language` says otherwise."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SUANLI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def answer(*arguments: str | os.PathLike[str], language: str = "en") -> Answer:
        monkeypatch.setenv("SUANLI_LANG", language)
        capsys.readouterr()
        code = exit_code([os.fspath(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return answer
